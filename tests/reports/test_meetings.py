"""The list of meetings: read by everybody, kept by the secretariat; what is not known is said."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from agencies.models import Agency
from isecg.audit.models import Event
from isecg.dated import span
from members.models import Member
from reports.models import Meeting
from reports.queries.meetings import by_year

TOKEN = "6f3c2a7e-3d0e-4f0e-9a45-0d6a8f1d2b33"


@pytest.fixture
def meeting(dlr: Agency) -> Meeting:
    return Meeting.objects.create(
        slug="2024-12-cologne",
        title="Senior managers in Cologne",
        kind="senior_managers",
        day=dt.date(2024, 12, 10),
        last_day=dt.date(2024, 12, 11),
        place="Cologne",
        host=dlr,
        source="News",
    )


@pytest.fixture
def desk(editor: Member, sign_in: Callable[..., Client]) -> Client:
    return sign_in(editor)


def sent(**fields: Any) -> dict[str, Any]:
    good = {"token": TOKEN, "slug": "2025-05", "title": "Plenary", "kind": "plenary", "day": "2025-05-06"}
    return {**good, "day_precision": "day", **fields}


def test_list_says_when_where_and_who_hosted(meeting: Meeting, client: Client) -> None:
    page = client.get("/meetings/").content.decode()
    assert "10–11 December 2024" in page
    assert 'href="/agencies/dlr/"' in page
    assert "Source: News" in page


def test_list_puts_the_newest_year_first_and_what_has_no_day_last(meeting: Meeting) -> None:
    Meeting.objects.create(slug="a", title="a", kind="plenary", day=dt.date(2025, 1, 1))
    Meeting.objects.create(slug="b", title="b", kind="plenary")
    assert [year.year for year in by_year(dt.date(2026, 1, 1))] == [2025, 2024, None]


def test_list_of_one_kind(meeting: Meeting, client: Client) -> None:
    assert "Senior managers in Cologne" in client.get("/meetings/?kind=senior_managers").content.decode()
    assert "None of this kind is recorded yet." in client.get("/meetings/?kind=plenary").content.decode()
    assert client.get("/meetings/?kind=dinner").status_code == 404


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ((2024, 12, 7), (2024, 12, 8), "7–8 December 2024"),
        ((2021, 11, 30), (2021, 12, 2), "30 November – 2 December 2021"),
        ((2023, 12, 30), (2024, 1, 2), "30 December 2023 – 2 January 2024"),
        ((2024, 12, 7), (2024, 12, 7), "7 December 2024"),
    ],
)
def test_days_of_a_meeting_say_once_what_they_share(
    first: tuple[int, int, int], last: tuple[int, int, int], words: str
) -> None:
    assert span(dt.date(*first), dt.date(*last)) == words


def test_add_edit_and_remove_are_told_in_the_log(dlr: Agency, desk: Client) -> None:
    for _twice in range(2):
        desk.post("/meetings/add/", sent())
    made = Meeting.objects.get()
    desk.post("/meetings/2025-05/edit/", {**sent(title="Plenary of May"), "version": 1})
    desk.post("/meetings/2025-05/remove/", {"version": 2, "why": "It was called off."})
    assert not Meeting.objects.exists()
    told = Event.objects.filter(record_type="reports.meeting", record_id=str(made.pk)).order_by("pk")
    assert [event.verb for event in told] == ["add_meeting", "edit_meeting", "remove_meeting"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"last_day": "2025-05-05"}, "A meeting cannot end before it begins."),
        ({"slug": "2024-12-cologne"}, "already exists"),
        ({"slug": "a/b"}, "Enter a valid"),
        ({"title": "x\0"}, "Null characters are not allowed."),
        ({"title": "x" * 201}, "at most 200 characters"),
        ({"day": "0001-01-01"}, "Ensure this value is greater than"),
        ({"kind": "dinner"}, "Select a valid choice."),
        ({"host": "999999"}, "Select a valid choice."),
        ({"link": "javascript:alert(1)"}, "Enter a valid URL."),
    ],
)
def test_add_refuses_bad_input_with_a_sentence(
    meeting: Meeting, desk: Client, fields: dict[str, str], words: str
) -> None:
    answer = desk.post("/meetings/add/", sent(**fields))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Meeting.objects.count() == 1


def test_edit_of_an_older_version_shows_both_texts(meeting: Meeting, desk: Client) -> None:
    Meeting.objects.update(version=2, title="Theirs")
    answer = desk.post("/meetings/2024-12-cologne/edit/", {**sent(title="Mine"), "version": 1})
    assert answer.status_code == 409
    assert "Theirs" in answer.content.decode()
    assert "Mine" in answer.content.decode()


@pytest.mark.parametrize("address", ["add/", "2024-12-cologne/edit/", "2024-12-cologne/remove/"])
def test_editing_is_the_secretariats(
    meeting: Meeting, head_a: Member, sign_in: Callable[..., Client], address: str
) -> None:
    answer = sign_in(head_a).get(f"/meetings/{address}")
    assert answer.status_code == 403
    assert "Only the secretariat keeps the list of meetings." in answer.content.decode()


def test_list_asks_the_same_number_of_questions_for_more_meetings(
    meeting: Meeting, dlr: Agency, django_assert_num_queries: Any
) -> None:
    for number in range(20):
        Meeting.objects.create(
            slug=f"m{number}", title="x", kind="plenary", day=dt.date(2025, 1, 1), host=dlr
        )
    with django_assert_num_queries(2):
        by_year(dt.date(2026, 1, 1))
