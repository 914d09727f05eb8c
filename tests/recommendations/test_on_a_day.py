"""A recommendation as of a day: which text was in force then."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from agencies.models import Agency
from members.models import Member
from recommendations.models import Recommendation
from tests.recommendations import world

SENTENCE = "Participating agencies share a list of the events they plan together."


@pytest.fixture
def on(client: Any) -> Any:
    """`on(recommendation, "2026-05-01")`: (status code, words) of the page of that day for a stranger."""

    def look(recommendation: Recommendation, day: str | dt.date) -> tuple[int, str]:
        response = client.get(f"/recommendations/{recommendation.number}/on/{day}/")
        return response.status_code, " ".join(response.content.decode().split())

    return look


def test_before_it_was_issued_there_was_no_text(on: Any, issued: Recommendation) -> None:
    code, page = on(issued, "2026-03-01")
    assert code == 200
    assert "It was not issued yet on that day." in page
    assert SENTENCE not in page


@pytest.mark.parametrize("day", ["2026-03-02", "2026-05-01"])
def test_from_the_day_it_was_issued_it_was_in_force(on: Any, issued: Recommendation, day: str) -> None:
    _code, page = on(issued, day)
    assert "It was in force on that day." in page
    assert SENTENCE in page
    assert "This recommendation is legally non-binding." in page


def test_once_superseded_it_says_so(on: Any, editor: Member, asked: list[Agency], chair: Member) -> None:
    old = world.superseded(editor, asked, chair)
    assert "It was in force on that day." in on(old, "2026-03-01")[1]
    assert "It was superseded by then." in on(old, "2026-03-02")[1]


def test_once_withdrawn_it_says_so(
    on: Any, editor: Member, asked: list[Agency], chair: Member, administrator: Member
) -> None:
    gone = world.withdrawn(editor, asked, chair, administrator)
    assert "It was in force on that day." in on(gone, "2026-03-01")[1]
    assert "It was withdrawn by then." in on(gone, "2026-03-02")[1]


def test_of_a_day_to_come_nothing_is_known(on: Any, issued: Recommendation) -> None:
    code, page = on(issued, timezone.now().date() + dt.timedelta(days=1))
    assert code == 200
    assert "That day has not come yet." in page
    assert SENTENCE not in page


@pytest.mark.parametrize("day", ["2026-02-30", "2026-13-01", "0026-01-01", "yesterday"])
def test_a_day_that_is_none_is_no_address(on: Any, issued: Recommendation, day: str) -> None:
    assert on(issued, day)[0] == 404


def test_a_draft_has_no_days_for_strangers(on: Any, revised: Recommendation) -> None:
    assert on(revised, "2026-05-01")[0] == 404


def test_a_draft_was_not_issued_on_any_day(sign_in: Any, editor: Member, revised: Recommendation) -> None:
    page = sign_in(editor).get(f"/recommendations/{revised.number}/on/2026-05-01/").content.decode()
    assert "It was not issued yet on that day." in page


def test_the_day_is_chosen_on_the_page(client: Any, issued: Recommendation) -> None:
    answer = client.get(issued.get_absolute_url(), {"as_of": "2026-05-01"})
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/recommendations/{issued.number}/on/2026-05-01/"


@pytest.mark.parametrize("day", ["2026-02-30", "x", "0001-01-01", "9999-01-01", "\x00"])
def test_a_day_that_cannot_be_is_refused_on_the_page(client: Any, issued: Recommendation, day: str) -> None:
    answer = client.get(issued.get_absolute_url(), {"as_of": day})
    assert answer.status_code == 422
    assert "field__errors" in answer.content.decode()
