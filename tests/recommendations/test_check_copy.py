"""Checking a copy of a recommendation: by its file, by its code; and what a stranger is not told."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.conf import settings
from django.test import Client

from agencies.models import Agency
from isecg import jobs
from isecg.pdf.check import plain
from members.models import Member
from recommendations.models import Print, Recommendation
from recommendations.queries import prints as queries
from recommendations.services import issues
from recommendations.services.prints import want
from tests.recommendations import world

PRINTS: Any = Print.objects  # typed as jobs in general
SHA = "5" * 64
UNKNOWN = "Not known here"


def told(client: Client, **asked: str) -> str:
    answer = client.get("/check/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def made(recommendation: Recommendation, sha256: str = SHA) -> None:
    """As if a worker had made the English PDF."""
    wanted = PRINTS.filter(recommendation=recommendation, language="en", reader=None)
    wanted.update(state="ready", sha256=sha256, pages=2, file="prints/x.pdf")


def made_draft(recommendation: Recommendation, reader: Member) -> None:
    content = queries.draft_text(recommendation.revisions.get(), world.START)
    want(recommendation, Print.What.TEXT, content, reader=reader, language="en")
    PRINTS.filter(reader=reader).update(state="ready", sha256=SHA, pages=2, file="prints/x.pdf")


def test_an_issued_file_is_genuine_and_current(issued: Recommendation, client: Client) -> None:
    made(issued)
    page = told(client, sha256=SHA.upper())
    assert "Genuine and current" in page
    assert "as it was issued on 2 March 2026" in page
    assert "whole, to the last byte" in page
    assert "This recommendation is legally non-binding." in page


def test_a_code_finds_it_however_it_is_typed(issued: Recommendation, client: Client) -> None:
    code = world.issue_of(issued).code
    assert code.startswith(f"{issued.number}-")
    for typed in (code, code.lower().replace("-", " "), code.replace("-0", "-", 1)):
        page = told(client, code=typed)
        assert "Genuine and current" in page
        assert "only the file itself can show" in page


def test_another_code_of_the_same_number_is_unknown(issued: Recommendation, client: Client) -> None:
    assert UNKNOWN in told(client, code=f"{issued.number}-00000000")
    assert client.get(f"/check/{issued.number}-00000000/").status_code == 404


def test_a_superseded_one_says_why_and_by_what(
    editor: Member, asked: list[Agency], chair: Member, client: Client
) -> None:
    old = world.superseded(editor, asked, chair)
    newer = old.superseded_by
    assert newer is not None
    page = told(client, code=world.issue_of(old).code)
    assert "Genuine, but no longer current" in page
    assert "Reason: A later text." in page
    assert f'href="/recommendations/{newer.number}/"' in page


def test_a_withdrawn_one_says_why(issued: Recommendation, administrator: Member, client: Client) -> None:
    made(issued)
    issues.withdraw(issued, by=administrator, reason="A mistake.")
    page = told(client, sha256=SHA)
    assert "Genuine, but withdrawn" in page
    assert "Reason: A mistake." in page


def test_what_is_issued_but_held_is_unknown(
    editor: Member, asked: list[Agency], chair: Member, client: Client
) -> None:
    held = world.issued(editor, asked, chair, hold=1000 * world.DAY)
    made(held)
    assert UNKNOWN in told(client, sha256=SHA)
    assert UNKNOWN in told(client, code=world.issue_of(held).code)


def test_a_file_of_an_issue_that_was_recalled_is_unknown(issued: Recommendation, client: Client) -> None:
    made(issued)
    wanted = PRINTS.get(sha256=SHA)
    PRINTS.filter(pk=wanted.pk).update(content={**wanted.content, "sha256": "0" * 64})
    assert UNKNOWN in told(client, sha256=SHA)


def test_a_draft_is_known_to_those_who_may_read_it(
    revised: Recommendation,
    editor: Member,
    head_a: Member,
    client: Client,
    sign_in: Callable[[Member | None], Client],
) -> None:
    made_draft(revised, editor)
    page = told(sign_in(editor), sha256=SHA)
    assert "Genuine, but only a draft" in page
    assert "This is revision 1 of" in page
    for stranger in (client, sign_in(head_a)):
        page = told(stranger, sha256=SHA)
        assert UNKNOWN in page
        assert revised.title not in page


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_pdf_carries_its_code_and_where_to_check_it(issued: Recommendation, language: str) -> None:
    wanted = PRINTS.get(recommendation=issued, language=language)
    jobs.run("recommendations.print", wanted.pk)
    wanted.refresh_from_db()
    pages = pypdf.PdfReader(io.BytesIO(Path(wanted.file.path).read_bytes())).pages
    said = plain("".join(page.extract_text() for page in pages))
    code = world.issue_of(issued).code
    assert plain(f"{settings.SITE_URL}/check/{code}/") in said
    assert [row["check"] for row in wanted.checks if row["passed"] is False] == []


def test_a_draft_carries_no_code(revised: Recommendation) -> None:
    content = queries.draft_text(revised.revisions.get(), world.START)
    assert not {"code", "check"} & set(content)
