"""Checking a copy: genuine and current, superseded, withdrawn, or unknown; the same for file and code."""

from collections.abc import Callable

import pytest
from django.test import Client

from members.models import Member
from reports.models import Edition, Publication
from reports.services import publishing
from tests.reports.conftest import AT_ONCE

CURRENT = "Genuine and current"
SUPERSEDED = "Genuine, but no longer current"
WITHDRAWN = "Genuine, but withdrawn"
DRAFT = "Genuine, but never published"
UNKNOWN = "Not known here"


def told(client: Client, **asked: str) -> str:
    answer = client.get("/check/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_check_the_current_copy_by_its_file(client: Client, published: Publication) -> None:
    page = told(client, sha256=published.edition.main.sha256)
    assert CURRENT in page
    assert "whole, to the last byte" in page


def test_check_by_code_says_that_the_file_is_not_checked(client: Client, published: Publication) -> None:
    page = told(client, code=published.edition.code.lower().replace("-", " "))
    assert CURRENT in page
    assert "only the file itself can show" in page


def test_check_a_checksum_in_capitals(client: Client, published: Publication) -> None:
    assert CURRENT in told(client, sha256=published.edition.main.sha256.upper())


def test_check_a_superseded_copy_leads_to_the_difference(
    client: Client, published: Publication, remake: Callable[[str], Edition], editor: Member
) -> None:
    publishing.correct(
        published.report, by=editor, edition=remake("Other words."), note="A number.", hold=AT_ONCE
    )
    page = told(client, sha256=published.edition.main.sha256)
    assert SUPERSEDED in page
    assert "compare/?from=1&amp;to=2" in page


def test_check_a_withdrawn_copy_says_why(
    client: Client, published: Publication, administrator: Member
) -> None:
    publishing.withdraw(published.report, by=administrator, reason="A wrong number.")
    page = told(client, sha256=published.edition.main.sha256)
    assert WITHDRAWN in page
    assert "A wrong number." in page


def test_check_says_nothing_of_a_draft_to_strangers(client: Client, edition: Edition) -> None:
    assert UNKNOWN in told(client, sha256=edition.main.sha256)
    assert UNKNOWN in told(client, code=edition.code)


def test_check_tells_the_secretariat_of_a_draft(client: Client, edition: Edition, editor: Member) -> None:
    client.force_login(editor)
    assert DRAFT in told(client, sha256=edition.main.sha256)


def test_check_by_qr_of_an_unknown_code_is_404_with_the_page(client: Client, db: None) -> None:
    answer = client.get("/check/2025-1-00000000/")
    assert answer.status_code == 404
    assert UNKNOWN in answer.content.decode()


@pytest.mark.parametrize(
    "asked", [{"code": "hello"}, {"sha256": "12"}, {"code": "2025\0"}, {"sha256": "g" * 64}]
)
def test_check_what_can_be_no_code_is_refused_with_a_sentence(
    client: Client, db: None, asked: dict[str, str]
) -> None:
    answer = client.get("/check/", asked)
    assert answer.status_code == 422
    assert UNKNOWN not in answer.content.decode()
    assert 'aria-invalid="true"' in answer.content.decode()


def test_check_needs_no_session(client: Client, published: Publication) -> None:
    answer = client.get("/check/", {"code": published.edition.code})
    assert not answer.cookies


def test_citations_name_exactly_this_edition(client: Client, published: Publication) -> None:
    page = client.get("/reports/2025/cite/").content.decode()
    assert page.count("/reports/2025/edition-1.pdf") >= 4
    assert client.get("/reports/2025/cite.bib")["Content-Type"].startswith("application/x-bibtex")


def test_citation_of_a_draft_is_unknown(client: Client, edition: Edition) -> None:
    assert client.get("/reports/2025/cite/").status_code == 404


def test_withdrawn_covers_every_file(client: Client, published: Publication, administrator: Member) -> None:
    publishing.withdraw(published.report, by=administrator, reason="A wrong number.")
    for address in ("report.pdf", "edition-1.pdf", "edition-1-en-a4.pdf", ""):
        answer = client.get(f"/reports/2025/{address}")
        assert (address, answer.status_code) == (address, 410)
        assert "A wrong number." in answer.content.decode()


def test_superseded_file_says_where_the_newest_is(
    client: Client, published: Publication, remake: Callable[[str], Edition], editor: Member
) -> None:
    publishing.correct(
        published.report, by=editor, edition=remake("Other words."), note="A number.", hold=AT_ONCE
    )
    answer = client.get("/reports/2025/edition-1.pdf")
    assert 'rel="latest-version"' in answer["Link"]


def test_replaced_edition_says_so_at_its_top(
    client: Client, published: Publication, remake: Callable[[str], Edition], editor: Member
) -> None:
    publishing.correct(
        published.report, by=editor, edition=remake("Other words."), note="A number.", hold=AT_ONCE
    )
    page = client.get("/reports/2025/edition-1/").content.decode()
    assert "Edition 1 is no longer current" in page
    assert "Other words." not in page
    assert "What changed: A number." in page
    assert "Edition 2 is no longer current" not in client.get("/reports/2025/edition-2/").content.decode()
