"""The list of recommendations: who sees what in it, what is open for whom, filters, and its queries."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.models import Agency
from members.models import Member
from recommendations.models import Recommendation
from tests.recommendations import world

ADDRESS = "/recommendations/"
CAST = ["editor", "administrator", "chair", "head_a", "delegate_a", "observer_a", "delegate_b", "former"]


@pytest.fixture
def reading(sign_in: Any, request: Any) -> Any:
    """`reading("delegate_a", "?q=moon")`: the list as that person reads it; None is a stranger."""

    def read(who: str | None, query: str = "") -> str:
        browser = sign_in(request.getfixturevalue(who) if who else None)
        return " ".join(browser.get(ADDRESS + query).content.decode().split())

    return read


@pytest.fixture
def open_one(editor: Member, dlr: Agency) -> Recommendation:
    """In consultation now, with DLR alone."""
    return world.in_consultation(editor, [dlr], now=timezone.now()).recommendation


def test_list_without_anything_says_what_will_stand_there(reading: Any, db: None) -> None:
    assert "No recommendation has been issued here yet" in reading(None)


@pytest.mark.parametrize("who", [None, *CAST])
def test_list_shows_issued_ones_to_everybody(reading: Any, issued: Recommendation, who: str | None) -> None:
    found = reading(who)
    assert issued.title in found
    assert "to all participating agencies" in found
    assert "legally non-binding" in found


@pytest.mark.parametrize(("who", "sees"), [(None, False), *((who, who in CAST[:3]) for who in CAST)])
def test_list_shows_drafts_to_the_secretariat_and_the_chair(
    reading: Any, draft: Recommendation, chair: Member, who: str | None, sees: bool
) -> None:
    assert (draft.title in reading(who)) is sees
    assert ("In the making" in reading(who)) is sees


@pytest.mark.parametrize(("who", "sees"), [(None, False), *((who, who not in CAST[-3:]) for who in CAST)])
def test_list_shows_what_was_circulated_to_who_was_asked(
    reading: Any, open_one: Recommendation, who: str | None, sees: bool
) -> None:
    assert (open_one.title in reading(who)) is sees


@pytest.mark.parametrize("who", ["head_a", "delegate_a"])
def test_list_says_what_is_open_for_ones_agency(reading: Any, open_one: Recommendation, who: str) -> None:
    found = reading(who)
    assert "Open for you" in found
    assert "20 days left" in found
    assert "Read and comment" in found


@pytest.mark.parametrize("who", ["editor", "chair"])
def test_list_calls_nobody_who_is_not_asked(reading: Any, open_one: Recommendation, who: str) -> None:
    assert "Open for you" not in reading(who)


def test_list_calls_nobody_once_the_consultation_is_over(
    reading: Any, closed: Any, delegate_a: Member
) -> None:
    found = reading("delegate_a")
    assert "Open for you" not in found
    assert "consultation over" in found


def test_list_says_that_silence_runs(reading: Any, editor: Member, dlr: Agency, head_a: Member) -> None:
    world.under_silence(editor, [dlr], now=timezone.now())
    found = reading("head_a")
    assert "Read or object" in found
    assert "9 days left" in found


def test_list_keeps_a_held_step_to_itself(reading: Any, editor: Member, dlr: Agency, head_a: Member) -> None:
    now = timezone.now()
    closed = world.closed(editor, [dlr], now=now - world.DAY)
    world.under_silence(
        editor, [dlr], now=now, recommendation=closed.recommendation, hold=dt.timedelta(minutes=5)
    )
    assert "silence about to start" in reading("editor")
    assert "about to" not in reading("head_a")
    assert "being drafted" in reading("head_a")


def test_list_marks_superseded_ones_with_what_stands_in_their_place(
    reading: Any, editor: Member, asked: list[Agency], chair: Member
) -> None:
    old = world.superseded(editor, asked, chair)
    found = reading(None)
    assert "superseded" in found
    assert old.superseded_by
    assert f'In its place: <a href="/recommendations/{old.superseded_by.number}/">' in found


def test_list_marks_withdrawn_ones_with_the_reason(
    reading: Any, editor: Member, asked: list[Agency], chair: Member, administrator: Member
) -> None:
    world.withdrawn(editor, asked, chair, administrator)
    assert "Reason: A mistake." in reading(None)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=cislunar", True),
        ("?q=plans+share", True),
        ("?q=Venus", False),
        ("?q=2026-", True),
        ("?kind=standard", True),
        ("?kind=event", False),
        ("?state=issued", True),
        ("?state=withdrawn", False),
    ],
)
def test_list_is_filtered(reading: Any, issued: Recommendation, query: str, found: bool) -> None:
    assert (issued.title in reading(None, query)) is found
    assert ("Nothing fits" in reading(None, query)) is not found


def test_list_finds_nothing_in_texts_that_are_not_issued(
    reading: Any, draft: Recommendation, editor: Any
) -> None:
    assert draft.title not in reading("editor", "?q=cislunar")
    assert draft.title in reading("editor", "?q=common+events")


@pytest.mark.parametrize("query", ["?kind=moon", "?state=drafting", "?q=%00", "?q=" + 300 * "x"])
def test_list_refuses_filters_that_are_none(client: Any, db: None, query: str) -> None:
    response = client.get(ADDRESS + query)
    assert response.status_code == 422
    assert "error-summary" in response.content.decode() or "field__errors" in response.content.decode()


def test_list_takes_odd_pages(client: Any, issued: Recommendation) -> None:
    for page in ("0", "-1", "999", "x", "%00"):
        assert issued.title in client.get(f"{ADDRESS}?page={page}").content.decode()


@pytest.mark.parametrize("who", [None, "delegate_a", "editor"])
def test_list_asks_the_database_as_often_for_one_as_for_thirty(
    sign_in: Any, request: Any, editor: Member, asked: list[Agency], chair: Member, who: str | None
) -> None:
    browser = sign_in(request.getfixturevalue(who) if who else None)

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            browser.get(ADDRESS)
        return len(caught)

    now = timezone.now()
    make(editor, asked, chair, now, 1)
    one = queries()
    make(editor, asked, chair, now, 9)
    assert queries() == one
    assert one < 25


def make(editor: Member, asked: list[Agency], chair: Member, now: dt.datetime, count: int) -> None:
    """Three recommendations `count` times: issued, in consultation, under silence."""
    for _each in range(count):
        world.issued(editor, asked, chair)
        world.in_consultation(editor, asked, now=now)
        world.under_silence(editor, asked, now=now)
