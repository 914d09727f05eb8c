"""The end of a year: unfinished items and goals settled on one page, all at once or not at all."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from isecg.access import WrongMoment
from isecg.audit.models import Event
from isecg.versions import Stale
from members.models import Member
from reports.models import AnnualReport, Goal, PlanChange, ProgressEntry, Publication, WorkItem
from reports.services.roll_forward import Decide, Drop, Forward, Step, roll_forward

DAY, NEW = dt.date(2026, 1, 20), dt.date(2026, 12, 31)
ADDRESS = "/reports/2025/roll-forward/"


@pytest.fixture
def late(item: WorkItem) -> WorkItem:
    """Due in the period, and 40 % done."""
    WorkItem.objects.update(due=dt.date(2025, 6, 30))
    item.refresh_from_db()
    return item


@pytest.fixture
def other(late: WorkItem) -> WorkItem:
    start, due = dt.date(2025, 2, 1), dt.date(2025, 12, 15)
    return WorkItem.objects.create(code="WP-02", title="Catalogue", start=start, due=due)


@pytest.fixture
def missed(db: None) -> Goal:
    return Goal.objects.create(year=2025, number=1, text="Finish it.")


@pytest.fixture
def desk(editor: Member, report: AnnualReport, sign_in: Callable[..., Client]) -> Client:
    return sign_in(editor)


def row(record: Any, **fields: Any) -> dict[str, Any]:
    """What the page's row of an item or goal sends."""
    kind = "goal" if isinstance(record, Goal) else "item"
    return {f"{kind}-{record.pk}-{name}": value for name, value in {"version": 1, **fields}.items()}


def test_roll_forward_gives_the_new_day_and_keeps_the_old(late: WorkItem, editor: Member) -> None:
    roll_forward([Forward(late, 1, NEW, "It took longer.")], by=editor, day=DAY)
    late.refresh_from_db()
    change = PlanChange.objects.get()
    assert late.due == NEW
    assert (change.kind, change.before, change.after, change.why) == (
        "rolled",
        {"due": "2025-06-30"},
        {"due": "2026-12-31"},
        "It took longer.",
    )
    assert Event.objects.about(late).get().verb == "roll_forward"


def test_roll_forward_takes_all_steps_or_none(
    late: WorkItem, other: WorkItem, missed: Goal, editor: Member
) -> None:
    steps: list[Step] = [
        Decide(missed, 1, "missed", "Nothing came of it.", carry=True),
        Drop(other, 1, "Not needed.", "Meeting of January"),
        Forward(late, 1, dt.date(2025, 1, 1), "Backwards."),
    ]
    with pytest.raises(ValidationError, match="WP-01: It is due on 30 June 2025"):
        roll_forward(steps, by=editor, day=DAY)
    assert not PlanChange.objects.exists()
    assert not Goal.objects.exclude(outcome="").exists()
    assert not Event.objects.exists()
    assert roll_forward(steps[:2], by=editor, day=DAY) == 2
    other.refresh_from_db()
    assert other.dropped_on == DAY
    assert Goal.objects.get(year=2026).continues == missed


def test_roll_forward_of_what_is_done_is_refused(late: WorkItem, editor: Member) -> None:
    ProgressEntry.objects.update(percent=100)
    with pytest.raises(WrongMoment, match="WP-01 is done"):
        roll_forward([Forward(late, 1, NEW, "x")], by=editor, day=DAY)


def test_roll_forward_of_another_version_is_refused(late: WorkItem, editor: Member) -> None:
    with pytest.raises(Stale):
        roll_forward([Forward(late, 2, NEW, "x")], by=editor, day=DAY)


def test_roll_forward_by_a_head_is_refused(late: WorkItem, head_a: Member) -> None:
    with pytest.raises(PermissionDenied, match="Only the secretariat rolls work items forward"):
        roll_forward([Forward(late, 1, NEW, "x")], by=head_a, day=DAY)


def test_page_takes_what_is_said_for_all_where_a_row_is_silent(
    late: WorkItem, other: WorkItem, missed: Goal, desk: Client
) -> None:
    sent = {"all-day": "2026-01-20", "all-due": "2026-12-31", "all-why": "Talks went on."}
    sent |= row(late, what="forward") | row(other, what="forward", due="2026-03-31", why="Nearly there.")
    sent |= row(missed, outcome="partly", evidence="Half of it.", carry="on")
    page = desk.post(ADDRESS, sent, follow=True).content.decode()
    assert "3 steps were taken." in page
    assert {(each.item.code, each.why, each.after["due"]) for each in PlanChange.objects.all()} == {
        ("WP-01", "Talks went on.", "2026-12-31"),
        ("WP-02", "Nearly there.", "2026-03-31"),
    }
    assert Goal.objects.get(year=2026).text == "Finish it."


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "Nothing was chosen"),
        ({"what": "forward"}, "Fill this in, here or above for all."),
        ({"what": "drop", "why": "x"}, "Fill this in, here or above for all."),
        ({"what": "explode"}, "Select a valid choice."),
        ({"what": "forward", "due": "2026-02-30", "why": "x"}, "Enter a valid date."),
        ({"what": "forward", "due": "2025-06-30", "why": "x"}, "WP-01: It is due on 30 June 2025"),
        ({"what": "forward", "due": "2026-02-28", "why": "x\0"}, "Null characters are not allowed."),
        ({"version": "x"}, "Something is missing below."),
    ],
)
def test_page_refuses_bad_input_with_a_sentence_and_keeps_it(
    late: WorkItem, desk: Client, said: dict[str, str], words: str
) -> None:
    answer = desk.post(ADDRESS, {"all-day": "2026-01-20"} | row(late, **said))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Nothing was done yet" in answer.content.decode()
    assert not PlanChange.objects.exists()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"outcome": "missed"}, "Say what shows it."),
        ({"outcome": "met", "evidence": "x", "carry": "on"}, "Only a goal that was missed or partly met"),
    ],
)
def test_page_refuses_an_outcome_that_lacks_something(
    missed: Goal, desk: Client, said: dict[str, str], words: str
) -> None:
    answer = desk.post(ADDRESS, {"all-day": "2026-01-20"} | row(missed, **said))
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_page_shows_again_what_was_changed_meanwhile_and_keeps_what_was_typed(
    late: WorkItem, desk: Client
) -> None:
    WorkItem.objects.update(version=5, title="Changed meanwhile")
    sent = {"all-day": "2026-01-20"} | row(late, what="forward", due="2026-12-31", why="Typed before.")
    answer = desk.post(ADDRESS, sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "WP-01 Changed meanwhile was changed after you opened this page." in page
    assert "Typed before." in page
    again = desk.post(ADDRESS, sent | row(late, version=5), follow=True).content.decode()
    assert "1 step was taken." in again


def test_page_names_what_should_be_done_and_not_what_is_done_or_dropped(
    late: WorkItem, other: WorkItem, editor: Member, desk: Client
) -> None:
    ProgressEntry.objects.create(item=other, day=dt.date(2025, 12, 1), percent=100, text="x")
    page = desk.get(ADDRESS).content.decode()
    assert "Roadmap update" in page
    assert "Catalogue" not in page


@pytest.mark.parametrize("who", ["head_a", "delegate_a", "observer_a", "former"])
def test_page_is_the_secretariats(
    published: Publication, sign_in: Callable[..., Client], request: pytest.FixtureRequest, who: str
) -> None:
    answer = sign_in(request.getfixturevalue(who)).get(ADDRESS)
    assert answer.status_code == 403
    assert "Only the secretariat rolls work items forward." in answer.content.decode()


@pytest.mark.parametrize("who", ["head_a", "delegate_a", "observer_a", "former"])
def test_page_of_a_report_nobody_else_may_know_of_is_not_there(
    report: AnnualReport, sign_in: Callable[..., Client], request: pytest.FixtureRequest, who: str
) -> None:
    answer = sign_in(request.getfixturevalue(who)).get(ADDRESS)
    assert answer.status_code == 404
    assert "Page not found" in answer.content.decode()


def test_page_of_a_year_without_a_report_is_not_there(desk: Client) -> None:
    assert desk.get("/reports/2031/roll-forward/").status_code == 404
