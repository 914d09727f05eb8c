"""What nobody means to send: answered with a sentence, never with a broken page."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from agencies.models import Agency
from members.models import Member
from reports.models import AnnualReport, Highlight, WorkItem

Browser = Callable[[Member | None], Client]


@pytest.fixture
def desk(editor: Member, sign_in: Browser) -> Client:
    return sign_in(editor)


@pytest.mark.parametrize(
    "address",
    [
        "/reports/99999/",
        "/reports/0000/",
        "/reports/-1/",
        "/reports/2025%00/",
        "/reports/2025/edition-99999999999999999999.pdf",
        "/reports/2025/edition-0.pdf",
        "/work-plan/%00/",
        "/work-plan/WP-01%00/",
        "/work-plan/..%2Fetc/",
        "/work-plan/" + "A" * 21 + "/",
        "/highlights/99999999999999999999999/",
        "/photographs/" + "0" * 64 + "-480.jpg",
        "/photographs/..%2f..%2fsecret-480.jpg",
        "/documents/nothing/edit/",
        "/goals/99999999999999999999999/edit/",
    ],
)
def test_an_address_of_nothing(address: str, report: AnnualReport, desk: Client) -> None:
    answer = desk.get(address)
    assert answer.status_code == 404
    assert b"Page not found" in answer.content


@pytest.mark.parametrize(
    "on", ["99999-01-01", "0001-01-01", "9999-12-31", "2025-02-30", "x", "\x00", "1" * 5000]
)
def test_a_day_that_is_none(on: str, item: WorkItem, client: Client) -> None:
    answer = client.get("/work-plan/", {"on": on})
    assert answer.status_code == 422
    assert b"Roadmap update" in answer.content


@pytest.mark.parametrize("query", ["year=99999", "year=x", "year=%00", "year=²⁰²⁵", "year="])
def test_a_year_to_begin_with_that_is_none(query: str, desk: Client) -> None:
    assert b"Add a goal" in desk.get(f"/goals/add/?{query}").content


@pytest.mark.parametrize("query", ["agency=%00", "agency=999999999999999999999", "day=%00", "day=x"])
def test_a_start_of_a_highlight_that_is_none(query: str, desk: Client) -> None:
    assert b"Add a highlight" in desk.get(f"/highlights/add/?{query}").content


def a_highlight(by: Agency, **fields: Any) -> dict[str, Any]:
    told = {
        "agency": by.pk,
        "title": "A landing",
        "day": "2025-03-02",
        "day_precision": "day",
        "text": "It landed.",
    }
    return {"token": uuid.uuid4(), **told, **fields}


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "nul \x00 in it"},
        {"text": "nul \x00 in it"},
        {"title": "x" * 201},
        {"text": "x" * 1_000_000},
        {"agency": "99999999999999999999"},
        {"agency": "x\x00"},
        {"day": "99999-01-01"},
        {"day": "0000-00-00"},
        {"day_precision": "century"},
        {"source": "x" * 2_001},
    ],
    ids=lambda fields: "-".join(f"{name}-{str(value)[:8]}" for name, value in fields.items()),
)
def test_a_field_that_cannot_be(fields: dict[str, Any], dlr: Agency, desk: Client) -> None:
    answer = desk.post("/highlights/add/", a_highlight(dlr, **fields))
    assert answer.status_code == 422
    assert b"error-summary" in answer.content
    assert not Highlight.objects.exists()


def test_more_than_a_form_may_hold(dlr: Agency, desk: Client) -> None:
    answer = desk.post("/highlights/add/", a_highlight(dlr, text="x" * 3_000_000))
    assert answer.status_code in (400, 413)
    assert not Highlight.objects.exists()


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999999999999", "\x00"])
def test_a_version_that_is_none(version: str, highlight: Highlight, desk: Client) -> None:
    form = a_highlight(highlight.agency, version=version)
    answer = desk.post(f"/highlights/{highlight.pk}/edit/", form)
    assert answer.status_code in (409, 422)
    highlight.refresh_from_db()
    assert highlight.version == 1


def test_markup_in_words_is_shown_and_not_run(dlr: Agency, report: AnnualReport, desk: Client) -> None:
    desk.post("/highlights/add/", a_highlight(dlr, title="<script>alert(1)</script>"))
    page = desk.get("/reports/2025/workshop/").content
    assert b"&lt;script&gt;alert(1)" in page
    assert b"<script>alert" not in page


def test_a_text_full_of_marks_is_previewed(dlr: Agency, desk: Client) -> None:
    form = a_highlight(dlr, text="[" * 20_000, preview="1")
    assert desk.post("/highlights/add/", form).status_code == 200
