"""A plan that moves says so: content, schedule, dropping, taking up; and the plan as of a day before."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.utils import IntegrityError, InternalError
from django.test import Client

from agencies.models import Agency
from isecg.access import WrongMoment
from isecg.audit.models import Event
from isecg.versions import Stale
from members.models import Member
from reports import queries
from reports.models import AnnualReport, PlanChange, ProgressEntry, WorkItem
from reports.queries import Status
from reports.services.plan_changes import drop_work_item, take_up_work_item
from reports.services.work_plan import add_progress, edit_work_item

MARCH, MAY, LAST = dt.date(2025, 3, 1), dt.date(2025, 5, 15), dt.date(2025, 12, 31)
DECISION = "Working group, 15 May 2025"
Refused = (IntegrityError, InternalError)


@pytest.fixture
def edit(item: WorkItem, editor: Member) -> Callable[..., WorkItem]:
    """`edit(title="…")`: the item edited, with a reason and a day unless others are given."""

    def do(**fields: Any) -> WorkItem:
        item.refresh_from_db()
        said = {"why": "As agreed.", "day": MAY, "contributors": list(item.contributors.all()), **fields}
        return edit_work_item(item, by=editor, version=item.version, **said)

    return do


@pytest.fixture
def dropped(item: WorkItem, editor: Member) -> WorkItem:
    return drop_work_item(item, by=editor, version=1, day=MAY, why="Nobody needs it.", decision=DECISION)


def test_edit_of_the_words_is_a_change_of_content_with_what_stood_before(
    edit: Callable[..., WorkItem],
) -> None:
    edit(title="Roadmap, revised")
    change = PlanChange.objects.get()
    assert (change.kind, change.day, change.why) == ("content", MAY, "As agreed.")
    assert (change.before, change.after) == ({"title": "Roadmap update"}, {"title": "Roadmap, revised"})


def test_edit_of_agencies_is_a_change_of_content(
    edit: Callable[..., WorkItem], dlr: Agency, jaxa: Agency
) -> None:
    edit(lead=jaxa, contributors=[dlr])
    assert PlanChange.objects.get().before == {"lead": "dlr", "contributors": ["jaxa"]}
    assert PlanChange.objects.get().after == {"lead": "jaxa", "contributors": ["dlr"]}


def test_edit_of_words_and_days_is_a_change_of_each_kind(edit: Callable[..., WorkItem]) -> None:
    edit(title="Other", due=dt.date(2026, 9, 30))
    assert [(change.kind, change.before) for change in PlanChange.objects.all()] == [
        ("content", {"title": "Roadmap update"}),
        ("schedule", {"due": "2026-06-30"}),
    ]


def test_edit_of_the_source_alone_needs_no_reason(edit: Callable[..., WorkItem]) -> None:
    item = edit(source="Minutes", why="", day=None)
    assert item.source == "Minutes"
    assert not PlanChange.objects.exists()


@pytest.mark.parametrize(("said", "field"), [({"why": "  "}, "why"), ({"day": None}, "day")])
def test_edit_without_reason_or_day_changes_nothing(
    edit: Callable[..., WorkItem], item: WorkItem, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        edit(title="Other", **said)
    assert list(refusal.value.message_dict) == [field]
    item.refresh_from_db()
    assert (item.title, item.version) == ("Roadmap update", 1)


def test_edit_cannot_carry_an_earlier_day_than_the_newest_change(edit: Callable[..., WorkItem]) -> None:
    edit(title="Other")
    with pytest.raises(ValidationError, match="a later change cannot carry an earlier day"):
        edit(title="Third", day=MARCH)


def test_plan_as_of_a_day_says_what_it_said_then(
    edit: Callable[..., WorkItem], dlr: Agency, jaxa: Agency
) -> None:
    edit(title="Second", lead=jaxa, contributors=[], day=MARCH)
    edit(title="Third", due=dt.date(2025, 4, 1), day=MAY)
    found = [queries.work_plan(day)[0] for day in (dt.date(2025, 2, 1), MARCH, dt.date(2025, 5, 14), MAY)]
    assert [line.title for line in found] == ["Roadmap update", "Second", "Second", "Third"]
    assert [str(line.lead) for line in found] == ["DLR", "JAXA", "JAXA", "JAXA"]
    assert [len(line.contributors) for line in found] == [1, 0, 0, 0]
    assert [line.status for line in found] == [
        Status.NOT_STARTED,
        Status.NOT_STARTED,
        Status.ON_TRACK,
        Status.LATE,
    ]


def test_a_change_cannot_be_rewritten(edit: Callable[..., WorkItem]) -> None:
    edit(title="Other")
    for statement in ("UPDATE reports_planchange SET why = 'x'", "DELETE FROM reports_planchange"):
        with pytest.raises(Refused), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert PlanChange.objects.get().why == "As agreed."


def test_drop_names_the_decision_and_keeps_the_entries(dropped: WorkItem) -> None:
    change = PlanChange.objects.get()
    assert (change.kind, change.decision, change.after) == ("dropped", DECISION, {"dropped_on": "2025-05-15"})
    assert dropped.dropped_on == MAY
    assert dropped.entries.count() == 1
    assert Event.objects.about(dropped).get().verb == "drop_work_item"


def test_drop_holds_from_its_day_on_and_is_never_late(dropped: WorkItem) -> None:
    days = (MAY - dt.timedelta(days=1), MAY, dt.date(2027, 1, 1))
    assert [queries.work_plan(day)[0].status for day in days] == [
        Status.ON_TRACK,
        Status.DROPPED,
        Status.DROPPED,
    ]


@pytest.mark.parametrize("decision", ["", "   "])
def test_drop_without_a_decision_is_refused(item: WorkItem, editor: Member, decision: str) -> None:
    with pytest.raises(ValidationError, match="by which decision"):
        drop_work_item(item, by=editor, version=1, day=MAY, why="x", decision=decision)
    item.refresh_from_db()
    assert item.dropped_on is None


def test_drop_rests_on_a_decision_in_the_database_too(item: WorkItem) -> None:
    with pytest.raises(IntegrityError, match="dropping_rests_on_a_decision"), transaction.atomic():
        PlanChange.objects.create(item=item, kind="dropped", day=MAY, why="x")


def test_drop_what_is_done_is_refused(item: WorkItem, editor: Member) -> None:
    ProgressEntry.objects.update(percent=100)
    with pytest.raises(WrongMoment, match="is done"):
        drop_work_item(item, by=editor, version=1, day=MAY, why="x", decision=DECISION)


def test_drop_twice_is_refused(dropped: WorkItem, editor: Member) -> None:
    with pytest.raises(WrongMoment, match="was dropped on 15 May 2025"):
        drop_work_item(dropped, by=editor, version=2, day=MAY, why="x", decision=DECISION)


def test_drop_of_another_version_is_refused(item: WorkItem, editor: Member) -> None:
    with pytest.raises(Stale):
        drop_work_item(item, by=editor, version=7, day=MAY, why="x", decision=DECISION)


def test_drop_by_a_head_of_delegation_is_refused(item: WorkItem, head_a: Member) -> None:
    with pytest.raises(PermissionDenied, match="Only the secretariat keeps the work plan"):
        drop_work_item(item, by=head_a, version=1, day=MAY, why="x", decision=DECISION)


def test_progress_after_the_day_it_was_dropped_is_refused(dropped: WorkItem, editor: Member) -> None:
    with pytest.raises(WrongMoment, match="Take it up again first"):
        add_progress(dropped, by=editor, day=MAY, percent=50, text="x")
    add_progress(dropped, by=editor, day=MAY - dt.timedelta(days=1), percent=50, text="x")
    assert dropped.entries.count() == 2


def test_take_up_makes_it_work_again_with_its_history(dropped: WorkItem, editor: Member) -> None:
    item = take_up_work_item(
        dropped, by=editor, version=2, day=LAST, why="Asked for.", due=dt.date(2027, 1, 31)
    )
    assert (item.dropped_on, item.due) == (None, dt.date(2027, 1, 31))
    days = (MAY, LAST - dt.timedelta(days=1), LAST)
    found = [queries.work_plan(day)[0] for day in days]
    assert [line.status for line in found] == [Status.DROPPED, Status.DROPPED, Status.ON_TRACK]
    assert [line.due.year for line in found] == [2026, 2026, 2027]


def test_take_up_what_is_not_dropped_is_refused(item: WorkItem, editor: Member) -> None:
    with pytest.raises(WrongMoment, match="is not dropped"):
        take_up_work_item(item, by=editor, version=1, day=MAY, why="x", due=item.due)


def test_the_report_names_changed_and_dropped_items_of_its_period(
    report: AnnualReport, edit: Callable[..., WorkItem], editor: Member
) -> None:
    item = edit(title="Other")
    drop_work_item(item, by=editor, version=2, day=LAST, why="x", decision=DECISION)
    assert [change.kind for change in queries.changed_within(report)] == ["content"]
    assert [(change.item, change.decision) for change in queries.dropped_within(report)] == [(item, DECISION)]
    assert item not in queries.unreported(report)


def test_what_was_dropped_and_taken_up_in_the_period_is_not_named_as_dropped(
    report: AnnualReport, dropped: WorkItem, editor: Member
) -> None:
    take_up_work_item(dropped, by=editor, version=2, day=LAST, why="x", due=dropped.due)
    assert queries.dropped_within(report) == []


def test_what_was_dropped_before_the_period_is_not_of_it(dropped: WorkItem) -> None:
    later = AnnualReport.objects.create(year=2026, period_start=dt.date(2026, 1, 1))
    assert not queries.items_of(later).exists()


def test_an_item_moved_out_of_the_period_in_it_is_still_named(
    report: AnnualReport, edit: Callable[..., WorkItem]
) -> None:
    item = edit(start=dt.date(2026, 2, 1))
    assert item in queries.items_of(report)


def test_pages_drop_and_take_up(item: WorkItem, editor: Member, sign_in: Callable[..., Client]) -> None:
    desk = sign_in(editor)
    sent = {"version": 1, "decision": DECISION, "why": "Nobody needs it.", "day": "2025-05-15"}
    answer = desk.post("/work-plan/WP-01/drop/", sent, follow=True).content.decode()
    assert "This item was dropped" in answer
    assert DECISION in answer
    sent = {"version": 2, "why": "Asked for.", "day": "2025-06-01", "due": "2026-12-31"}
    answer = desk.post("/work-plan/WP-01/take-up/", sent, follow=True).content.decode()
    assert "This item was dropped" not in answer
    assert "Taken up again" in answer


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"day": "2999-01-01"}, "This day has not come yet."),
        ({"day": "1000-01-01"}, "Ensure this value is greater than"),
        ({"decision": "\0"}, "Null characters are not allowed."),
        ({"decision": "x" * 301}, "at most 300 characters"),
        ({"why": ""}, "This field is required."),
    ],
)
def test_page_drop_refuses_bad_input_with_a_sentence(
    item: WorkItem, editor: Member, sign_in: Callable[..., Client], sent: dict[str, str], words: str
) -> None:
    good = {"version": 1, "decision": DECISION, "why": "x", "day": "2025-05-15"}
    answer = sign_in(editor).post("/work-plan/WP-01/drop/", {**good, **sent})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not PlanChange.objects.exists()


def test_page_of_a_dropped_item_offers_no_second_drop(
    dropped: WorkItem, editor: Member, sign_in: Callable[..., Client]
) -> None:
    answer = sign_in(editor).get("/work-plan/WP-01/drop/")
    assert answer.status_code == 409
    assert "Take it up again first." in answer.content.decode()


def test_work_plan_shows_what_was_dropped_struck_and_not_late(dropped: WorkItem, client: Client) -> None:
    page = client.get("/work-plan/?on=2027-01-01").content.decode()
    assert '<s class="dropped">Roadmap update</s>' in page
    assert "var(--accent)" not in page  # the charts' colour of what is late


def test_work_item_page_tells_how_its_plan_changed(edit: Callable[..., WorkItem], client: Client) -> None:
    edit(due=dt.date(2026, 9, 30))
    page = client.get("/work-plan/WP-01/").content.decode()
    assert "Changed in schedule" in page
    assert "<del>30 June 2026</del>" in page
    assert "<ins>30 September 2026</ins>" in page


def test_work_plan_asks_the_same_number_of_questions_for_more_items(
    edit: Callable[..., WorkItem], dlr: Agency, django_assert_num_queries: Any
) -> None:
    edit(title="Other")
    for number in range(20):
        WorkItem.objects.create(code=f"X-{number}", title="x", lead=dlr, start=MARCH, due=LAST)
    with django_assert_num_queries(5):
        queries.work_plan(LAST)
