"""Before a report is published, and after it was withdrawn, its words are nowhere for strangers."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.utils import timezone

from members.models import Member
from reports.models import Edition, Highlight, Publication
from reports.services.publishing import withdraw
from tests.reports.conftest import MARKER

PUBLIC = [
    "/",
    "/reports/",
    "/reports/2025/",
    "/work-plan/",
    "/work-plan/WP-01/",
    "/documents/",
    "/agencies/dlr/",
]
FILES = ["report.pdf", "edition-1.pdf", "edition-1/cover/"]
Browser = Callable[[Member | None], Client]


@pytest.fixture(params=["stranger", "former", "head_b"])
def outsider(request: pytest.FixtureRequest, sign_in: Browser) -> Client:
    who = request.param
    return sign_in(None if who == "stranger" else request.getfixturevalue(who))


def words(client: Client) -> Iterator[str]:
    for address in PUBLIC:
        yield client.get(address).content.decode()


def test_an_unpublished_report_is_no_page(edition: Edition, outsider: Client) -> None:
    assert outsider.get("/reports/2025/").status_code == 404
    assert "Page not found" in outsider.get("/reports/2025/").content.decode()


def test_an_unpublished_report_s_words_are_nowhere(
    edition: Edition, outsider: Client, editor: Member
) -> None:
    assert MARKER in edition.snapshot.content["report"]["foreword"], "there must be something to leak"
    assert not [page for page in words(outsider) if MARKER in page]


def test_an_unpublished_report_is_not_in_the_library(edition: Edition, outsider: Client) -> None:
    assert "Annual report 2025" not in outsider.get("/reports/").content.decode()


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("file", FILES)
def test_an_unpublished_report_s_files(edition: Edition, outsider: Client, file: str, method: str) -> None:
    assert getattr(outsider, method)(f"/reports/2025/{file}").status_code == 404


def test_the_secretariat_reads_what_is_not_public(edition: Edition, editor: Member, sign_in: Browser) -> None:
    page = sign_in(editor).get("/reports/2025/").content.decode()
    assert MARKER in page
    assert "This report is not public" in page


def test_a_published_report_is_read_by_everybody(published: Publication, outsider: Client) -> None:
    page = outsider.get("/reports/2025/").content.decode()
    assert f"A word before: {MARKER}." in page
    assert f"It landed, {MARKER}." in page
    assert "Agree on the common vocabulary." in page
    assert published.edition.main.sha256 in page


def test_a_published_report_shows_its_edition_and_not_the_records(
    published: Publication, highlight: Highlight, outsider: Client
) -> None:
    Highlight.objects.filter(pk=highlight.pk).update(title="Changed since")
    page = outsider.get("/reports/2025/").content.decode()
    assert f"Landing {MARKER}" in page
    assert "Changed since" not in page


def test_a_newer_edition_stays_inside_until_it_is_published(
    published: Publication, remake: Callable[[str], Edition], outsider: Client
) -> None:
    remake("These words are not public.")
    assert "These words are not public." not in outsider.get("/reports/2025/").content.decode()
    assert outsider.get("/reports/2025/edition-2.pdf").status_code == 404
    assert outsider.get("/reports/2025/edition-1.pdf").status_code == 200


def test_a_withdrawn_report_says_that_and_why(
    published: Publication, administrator: Member, outsider: Client
) -> None:
    withdraw(published.report, by=administrator, reason="Wrong figures.", now=timezone.now())
    answer = outsider.get("/reports/2025/")
    assert answer.status_code == 410
    assert "Wrong figures." in answer.content.decode()


def test_a_withdrawn_report_s_words_and_files_are_gone(
    published: Publication, administrator: Member, outsider: Client
) -> None:
    withdraw(published.report, by=administrator, reason="Wrong figures.", now=timezone.now())
    assert not [page for page in words(outsider) if MARKER in page]
    answers = {file: outsider.get(f"/reports/2025/{file}") for file in FILES}
    assert [answer.status_code for answer in answers.values()] == [410, 410, 404]
    assert "Wrong figures." in answers["report.pdf"].text
    assert "Annual report 2025" not in outsider.get("/reports/").content.decode()


def test_a_withdrawn_report_is_still_read_by_the_secretariat(
    published: Publication, administrator: Member, sign_in: Browser
) -> None:
    withdraw(published.report, by=administrator, reason="Wrong figures.", now=timezone.now())
    page = sign_in(administrator).get("/reports/2025/").content.decode()
    assert "This report was withdrawn" in page
    assert MARKER in page


def test_a_highlight_is_read_by_its_agency(
    highlight: Highlight, observer_a: Member, sign_in: Browser
) -> None:
    page = sign_in(observer_a).get(f"/highlights/{highlight.pk}/").content.decode()
    assert MARKER in page


def test_a_highlight_is_no_page_for_other_agencies(highlight: Highlight, outsider: Client) -> None:
    answer = outsider.get(f"/highlights/{highlight.pk}/")
    assert MARKER not in answer.content.decode()
    assert answer.status_code in (302, 404)


def test_a_photograph_is_its_agency_s_until_it_is_printed(
    pictured: Highlight, delegate_a: Member, outsider: Client, sign_in: Browser
) -> None:
    assert pictured.photograph is not None
    address = f"/photographs/{pictured.photograph.sha256}-480.jpg"
    assert sign_in(delegate_a).get(address).headers["Content-Type"] == "image/jpeg"
    assert outsider.get(address).status_code == 404


def test_a_photograph_in_a_published_edition_is_everybody_s(
    pictured: Highlight, published: Publication, outsider: Client
) -> None:
    assert pictured.photograph is not None
    answer = outsider.get(f"/photographs/{pictured.photograph.sha256}-960.jpg")
    assert b"".join(answer).startswith(b"\xff\xd8")
    assert pictured.photograph.sha256 in outsider.get("/reports/2025/").content.decode()


def test_a_photograph_at_another_width(pictured: Highlight, editor: Member, sign_in: Browser) -> None:
    assert pictured.photograph is not None
    address = f"/photographs/{pictured.photograph.sha256}-9000.jpg"
    assert sign_in(editor).get(address).status_code == 404
