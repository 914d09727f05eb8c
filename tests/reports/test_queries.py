"""The rule of the work plan, what is named as missing, and what the desk asks for."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import Agency, AgencyName
from members.models import Member
from reports import queries
from reports.models import (
    AnnualReport,
    Edition,
    Highlight,
    ProgressEntry,
    Publication,
    Rendering,
    State,
    WorkItem,
)
from reports.queries import Status
from reports.queries.needs import needs

Walk = Callable[..., AnnualReport]
DUE = dt.date(2026, 6, 30)
AFTER, ON, BEFORE = DUE + dt.timedelta(days=1), DUE, DUE - dt.timedelta(days=1)
NOW = dt.datetime(2026, 1, 15, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("percent", "on", "expected"),
    [
        (None, BEFORE, Status.NOT_STARTED),
        (0, ON, Status.NOT_STARTED),
        (1, BEFORE, Status.ON_TRACK),
        (99, ON, Status.ON_TRACK),
        (99, AFTER, Status.LATE),
        (0, AFTER, Status.LATE),
        (None, AFTER, Status.LATE),
        (100, BEFORE, Status.DONE),
        (100, AFTER, Status.DONE),
    ],
)
def test_status_follows_the_one_rule(percent: int | None, on: dt.date, expected: Status) -> None:
    assert queries.status(percent, DUE, on) == expected


def test_work_plan_as_of_a_day_knows_nothing_later(item: WorkItem) -> None:
    ProgressEntry.objects.create(item=item, day=dt.date(2025, 9, 1), percent=100, text="Done.")
    [then] = queries.work_plan(dt.date(2025, 6, 1))
    [later] = queries.work_plan(dt.date(2025, 9, 1))
    [first] = queries.work_plan(dt.date(2025, 1, 1))
    assert [(line.percent, line.status) for line in (first, then, later)] == [
        (0, Status.NOT_STARTED),
        (40, Status.ON_TRACK),
        (100, Status.DONE),
    ]


def test_work_plan_calls_agencies_as_they_were_called(item: WorkItem, jaxa: Agency) -> None:
    AgencyName.objects.filter(agency=jaxa).update(end=dt.date(2025, 7, 1))
    AgencyName.objects.create(agency=jaxa, acronym="NEWJAXA", name="New", start=dt.date(2025, 7, 1))
    names = [str(queries.work_plan(day)[0].contributors[0]) for day in (dt.date(2025, 6, 1), DUE)]
    assert names == ["JAXA", "NEWJAXA"]


def test_chapters_are_in_order_of_acronym_and_name_who_is_silent(
    report: AnnualReport, highlight: Highlight, jaxa: Agency, make_agency: Callable[..., Agency]
) -> None:
    make_agency("ASI")
    found = [(str(chapter.agency), len(chapter.highlights)) for chapter in queries.chapters(report)]
    assert found == [("ASI", 0), ("DLR", 1), ("JAXA", 0)]


def test_chapters_hold_the_period_only(report: AnnualReport, dlr: Agency) -> None:
    for day in ("2024-12-31", "2025-01-01", "2025-12-31", "2026-01-01"):
        Highlight.objects.create(agency=dlr, day=day, title=day, text="x")
    [chapter] = queries.chapters(report)
    assert [row.title for row in chapter.highlights] == ["2025-01-01", "2025-12-31"]


def test_an_item_without_an_entry_in_the_period_is_named(report: AnnualReport, item: WorkItem) -> None:
    assert not queries.unreported(report).exists()
    ProgressEntry.objects.update(day=dt.date(2024, 12, 31))
    assert list(queries.unreported(report)) == [item]


def test_an_item_done_before_the_period_is_not_asked_for(report: AnnualReport, item: WorkItem) -> None:
    ProgressEntry.objects.update(day=dt.date(2024, 12, 31), percent=100)
    assert not queries.unreported(report).exists()


def test_an_item_that_begins_later_is_not_asked_for(report: AnnualReport, item: WorkItem) -> None:
    ProgressEntry.objects.all().delete()
    WorkItem.objects.update(start=report.period_end)
    assert not queries.unreported(report).exists()


def test_current_is_the_latest_publication(
    published: Publication, remake: Callable[[str], Edition], editor: Member
) -> None:
    second = remake("Other words.")
    Publication.objects.create(report=second.report, edition=second, by=editor, note="x")
    assert [shelf.edition for shelf in queries.library()] == [second]


def words(member: Member, now: dt.datetime = NOW) -> list[str]:
    return [str(need.words) for need in needs(member, now)]


def test_needs_of_a_delegate(report: AnnualReport, head_a: Member) -> None:
    assert words(head_a) == []


def test_needs_a_report_whose_period_is_over(report: AnnualReport, editor: Member) -> None:
    assert words(editor) == ["Annual report 2025: its period is over and collecting has not begun"]


def test_needs_nothing_of_a_report_whose_period_runs(report: AnnualReport, editor: Member) -> None:
    assert needs(editor, dt.datetime(2025, 6, 1, tzinfo=dt.UTC)) == []


def test_needs_nothing_while_agencies_write(report: AnnualReport, walk: Walk, editor: Member) -> None:
    walk(report, State.COLLECTING)
    assert words(editor) == []


def test_needs_an_end_of_the_collecting(report: AnnualReport, walk: Walk, editor: Member) -> None:
    walk(report, State.COLLECTING)
    AnnualReport.objects.update(due_at=NOW)
    assert words(editor) == ["Annual report 2025: the deadline for highlights has passed"]


def test_needs_editing(report: AnnualReport, walk: Walk, editor: Member) -> None:
    walk(report, State.EDITING)
    assert words(editor) == ["Annual report 2025 is being edited; then its agencies confirm"]


def test_needs_the_chair_s_approval(chair: Member, edition: Edition, walk: Walk, editor: Member) -> None:
    walk(edition.report, State.CONFIRMING)
    [need] = needs(chair, NOW)
    assert need.address == "/reports/2025/approve/1/"
    assert words(editor) == []


def test_needs_no_approval_while_the_gate_is_shut(chair: Member, edition: Edition, walk: Walk) -> None:
    walk(edition.report, State.CONFIRMING)
    AnnualReport.objects.update(foreword="Other words.")
    assert words(chair) == []


def test_needs_the_administrator_s_approval_where_nobody_chairs(
    edition: Edition, walk: Walk, administrator: Member
) -> None:
    walk(edition.report, State.CONFIRMING)
    assert [need.address for need in needs(administrator, NOW)] == ["/reports/2025/approve/1/"]


def test_needs_an_approved_edition_to_be_published(edition: Edition, walk: Walk, editor: Member) -> None:
    walk(edition.report, State.APPROVED)
    [need] = needs(editor, NOW)
    assert str(need.words) == "Annual report 2025: edition 1 is approved and not published"
    assert need.address == "/reports/2025/publish/1/"


def test_needs_a_correction_to_be_published(
    published: Publication, remake: Callable[[str], Edition], editor: Member
) -> None:
    remake("Other words.")
    [need] = needs(editor, NOW)
    assert str(need.words) == "Annual report 2025: edition 2 is ready and not published"
    assert need.address == "/reports/2025/correct/2/"


def test_needs_nothing_of_a_published_report(published: Publication, editor: Member) -> None:
    assert [each for each in words(editor, published.at) if "Annual report" in each] == []


def test_needs_a_failed_rendering_to_be_looked_at(published: Publication, editor: Member) -> None:
    old = Rendering.objects.get()
    Rendering.objects.create(
        number=1, report=old.report, snapshot=old.snapshot, content_key="other", state="failed", failure="x"
    )
    assert words(editor) == ["Annual report 2025: the last rendering failed"]


def test_needs_entries_of_the_work_plan(report: AnnualReport, item: WorkItem, editor: Member) -> None:
    ProgressEntry.objects.all().delete()
    assert "Annual report 2025: 1 work item has no entry in the period" in words(editor)


def test_needs_progress_of_an_item_that_is_due_soon(item: WorkItem, editor: Member) -> None:
    [need] = needs(editor, dt.datetime(2026, 6, 15, tzinfo=dt.UTC))
    assert (need.deadline, str(need.words)) == (item.due, "WP-01 Roadmap update: 40 % done")
    assert need.address == "/work-plan/WP-01/progress/add/"


def test_needs_no_progress_of_an_item_that_is_done(item: WorkItem, editor: Member) -> None:
    ProgressEntry.objects.create(item=item, day=dt.date(2026, 6, 1), percent=100, text="Done.")
    assert needs(editor, dt.datetime(2026, 7, 15, tzinfo=dt.UTC)) == []


@pytest.mark.parametrize("question", ["needs", "work_plan", "chapters", "library", "documents_by_kind"])
def test_questions_ask_the_database_as_often_for_thirty_as_for_one(
    question: str, report: AnnualReport, item: WorkItem, highlight: Highlight, editor: Member
) -> None:
    ask = {
        "needs": lambda: needs(editor, NOW),
        "work_plan": lambda: [list(line.item.contributors.all()) for line in queries.work_plan(DUE)],
        "chapters": lambda: queries.chapters(report),
        "library": queries.library,
        "documents_by_kind": queries.documents_by_kind,
    }[question]
    assert editor.standing.secretariat
    with CaptureQueriesContext(connection) as one:
        ask()
    for number in range(29):
        row = WorkItem.objects.create(code=f"X-{number}", title="x", start=report.period_start, due=DUE)
        row.contributors.set(item.contributors.all())
        ProgressEntry.objects.create(item=row, day=report.period_start, percent=1, text="x")
        Highlight.objects.create(agency=highlight.agency, day=highlight.day, title="x", text="x")
        AnnualReport.objects.create(year=1990 + number, period_start=dt.date(1990 + number, 1, 1))
    with CaptureQueriesContext(connection) as thirty:
        ask()
    assert len(thirty) == len(one)
