"""The snapshot: complete, canonical, the same for the same records, and fixed for ever."""

import datetime as dt
import hashlib
import itertools
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import jsonschema
import pytest
from django.db import DatabaseError, connection, transaction

from agencies.models import Agency, AgencyName, ChairTerm, Membership
from isecg.access import WrongMoment
from isecg.audit.models import Event
from isecg.canonical import canonical
from members.models import Member
from reports import snapshot
from reports.models import AnnualReport, Document, Goal, Highlight, ProgressEntry, Snapshot, WorkItem
from reports.snapshot import plan
from tests.reports.world import make_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def report() -> AnnualReport:
    return make_report(4, photographs=False)


def agency(content: dict[str, Any], slug: str) -> dict[str, Any]:
    return next(each for each in content["agencies"] if each["slug"] == slug)


def test_take_twice_gives_the_same_row(report: AnnualReport, editor: Member) -> None:
    first, second = snapshot.take(report, editor), snapshot.take(report, editor)
    assert first.pk == second.pk
    assert Event.objects.filter(verb="snapshot").count() == 1


def test_take_after_an_edit_gives_another_row_and_leaves_the_first(report: AnnualReport) -> None:
    first = snapshot.take(report, None)
    Highlight.objects.filter(pk=Highlight.objects.first().pk).update(title="Changed afterwards")  # type: ignore[union-attr]
    second = snapshot.take(report, None)
    assert first.pk != second.pk
    assert "Changed afterwards" not in json.dumps(Snapshot.objects.get(pk=first.pk).content)


def elsewhere(work: Callable[[], Any]) -> None:
    """`work` on a connection of its own, committed at the end, as another person's click."""

    def click() -> None:
        try:
            with transaction.atomic():
                work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        other.submit(click).result(120)


@pytest.mark.django_db(transaction=True)
def test_an_edit_that_is_saved_while_the_records_are_read_is_in_whole(
    report: AnnualReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The highlights have been read already when it comes, the goals have not."""
    read_goals, edits = plan.goals_until, []

    def edit() -> None:
        edits.append("once")
        Highlight.objects.update(title="Saved meanwhile")
        Goal.objects.update(text="Saved meanwhile")
        AnnualReport.objects.update(foreword="Saved meanwhile")

    def goals(report: AnnualReport) -> Any:
        if not edits:
            elsewhere(edit)
        return read_goals(report)

    monkeypatch.setattr(plan, "goals_until", goals)
    content = snapshot.take(report, None).content
    assert {row["text"] for row in content["goals"]} == {"Saved meanwhile"}
    assert {row["title"] for row in content["highlights"]} == {"Saved meanwhile"}
    assert content["report"]["foreword"] == "Saved meanwhile"


@pytest.mark.django_db(transaction=True)
def test_take_while_the_records_never_rest_says_so(
    report: AnnualReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_goals, edits = plan.goals_until, itertools.count()

    def goals(report: AnnualReport) -> Any:
        elsewhere(lambda: Highlight.objects.update(title=f"Edit {next(edits)}"))
        return read_goals(report)

    monkeypatch.setattr(plan, "goals_until", goals)
    with pytest.raises(WrongMoment, match="being changed right now"):
        snapshot.take(report, None)
    assert not Snapshot.objects.exists()


def test_take_ignores_what_the_report_does_not_say(report: AnnualReport) -> None:
    first = snapshot.take(report, None)
    WorkItem.objects.create(code="X", title="Later", start=dt.date(2026, 1, 1), due=dt.date(2026, 2, 1))
    Document.objects.create(slug="later", title="Later", kind="other", day=dt.date(2026, 1, 1))
    assert snapshot.take(report, None).pk == first.pk


def test_the_checksum_is_that_of_the_canonical_json_as_stored(report: AnnualReport) -> None:
    taken = Snapshot.objects.get(pk=snapshot.take(report, None).pk)
    written = json.dumps(taken.content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    assert hashlib.sha256(written).hexdigest() == taken.sha256


def test_canonical_sorts_keys_and_keeps_letters() -> None:
    assert canonical({"b": "é", "a": [1, None]}) == '{"a":[1,null],"b":"é"}'.encode()


def test_content_has_no_floating_numbers(report: AnnualReport) -> None:
    def floats(value: Any) -> list[float]:
        children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
        return (
            [value] if isinstance(value, float) else [found for child in children for found in floats(child)]
        )

    assert floats(snapshot.collect(report)) == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content.pop("statement"),
        lambda content: content.update(extra=1),
        lambda content: content["highlights"][0].update(title=""),
        lambda content: content["work_items"][0].update(percent=101),
        lambda content: content["work_items"][0].update(percent=12.5),
        lambda content: content["agencies"][0].update(country="Brazil"),
        lambda content: content["report"]["period"].update(start="2025-13-01"),
    ],
)
def test_the_schema_refuses(report: AnnualReport, spoil: Any) -> None:
    content = snapshot.collect(report)
    snapshot.validator().validate(content)
    spoil(content)
    with pytest.raises(jsonschema.ValidationError):
        snapshot.validator().validate(content)


def test_take_of_what_does_not_fit_the_schema_leaves_nothing(report: AnnualReport) -> None:
    Highlight.objects.update(title="")  # which no form and no service would store
    with pytest.raises(jsonschema.ValidationError):
        snapshot.take(report, None)
    assert not Snapshot.objects.exists()


def test_a_snapshot_cannot_be_changed(report: AnnualReport) -> None:
    taken = snapshot.take(report, None)
    with pytest.raises(DatabaseError), transaction.atomic():
        Snapshot.objects.filter(pk=taken.pk).update(sha256="0" * 64)


def test_agencies_have_the_names_of_the_last_day(report: AnnualReport) -> None:
    seat = Agency.objects.get(slug="aem")
    AgencyName.objects.filter(agency=seat).update(end=dt.date(2025, 6, 1))
    AgencyName.objects.create(
        agency=seat, acronym="ZZZ", name="Renamed in June", start=dt.date(2025, 6, 1), end=dt.date(2026, 1, 1)
    )
    AgencyName.objects.create(
        agency=seat, acronym="AAA", name="Renamed after the period", start=dt.date(2026, 1, 1)
    )
    content = snapshot.collect(report)
    assert agency(content, "aem")["name"] == "Renamed in June"
    assert [each["acronym"] for each in content["agencies"]] == ["AEB", "ASA", "ASI", "ZZZ"]


def test_highlights_stand_in_order_of_acronym_then_day(report: AnnualReport) -> None:
    aeb = Agency.objects.get(slug="aeb")
    Highlight.objects.create(agency=aeb, day=dt.date(2025, 12, 31), title="Last of the year", text="x")
    rows = snapshot.collect(report)["highlights"]
    assert [row["agency"] for row in rows] == ["aeb", "aeb", "aem", "asa", "asi"]
    assert rows[1]["title"] == "Last of the year"


@pytest.mark.parametrize(
    ("day", "told"),
    [("2024-12-31", False), ("2025-01-01", True), ("2025-12-31", True), ("2026-01-01", False)],
)
def test_highlights_are_those_of_the_period(report: AnnualReport, day: str, told: bool) -> None:
    Highlight.objects.create(agency=Agency.objects.get(slug="aeb"), day=day, title="At the edge", text="x")
    assert ("At the edge" in [row["title"] for row in snapshot.collect(report)["highlights"]]) is told


def test_members_who_left_in_the_period_are_told_and_earlier_ones_are_not(report: AnnualReport) -> None:
    Membership.objects.filter(agency__slug="aeb").update(end=dt.date(2025, 5, 1))
    Membership.objects.filter(agency__slug="aem").update(end=dt.date(2025, 1, 1))
    content = snapshot.collect(report)
    assert agency(content, "aeb")["left"] == {"day": "2025-05-01", "precision": "day"}
    assert agency(content, "aem")["member"] is False  # named for its highlight
    assert [(change["what"], change["agency"]) for change in content["membership_changes"]] == [
        ("left", "aem"), ("joined", "asi"), ("left", "aeb"),
    ]  # fmt: skip


def test_chair_terms_touch_the_period_and_the_unknown_is_said(report: AnnualReport) -> None:
    ChairTerm.objects.all().delete()
    ChairTerm.objects.create(start=dt.date(2025, 4, 1), agency=Agency.objects.get(slug="asa"))
    terms = snapshot.collect(report)["chair_terms"]
    assert [(term["agency"], term["start"] and term["start"]["day"]) for term in terms] == [
        (None, None),
        ("asa", "2025-04-01"),
    ]
    assert terms[0]["end"]["day"] == "2025-04-01"


def test_chair_before_the_period_counts_when_it_still_runs(report: AnnualReport) -> None:
    terms = snapshot.collect(report)["chair_terms"]
    assert [term["agency"] for term in terms] == ["aeb", "aem"]
    assert terms[0]["start"] == {"day": "2023-12-08", "precision": "by"}


def item(content: dict[str, Any], code: str) -> dict[str, Any]:
    return next(each for each in content["work_items"] if each["code"] == code)


def test_a_work_item_stands_as_of_the_last_day(report: AnnualReport) -> None:
    row = WorkItem.objects.create(code="T", title="t", start=dt.date(2024, 1, 1), due=dt.date(2025, 6, 1))
    ProgressEntry.objects.create(item=row, day=dt.date(2025, 3, 1), percent=40, text="forty")
    ProgressEntry.objects.create(item=row, day=dt.date(2026, 1, 1), percent=100, text="after the period")
    told = item(snapshot.collect(report), "T")
    assert (told["percent"], told["status"], told["reported"]) == (40, "late", True)
    assert [entry["text"] for entry in told["entries"]] == ["forty"]


def test_a_work_item_without_entry_in_the_period_is_flagged(report: AnnualReport) -> None:
    row = WorkItem.objects.create(code="T", title="t", start=dt.date(2024, 1, 1), due=dt.date(2026, 6, 1))
    ProgressEntry.objects.create(item=row, day=dt.date(2024, 12, 31), percent=40, text="before")
    told = item(snapshot.collect(report), "T")
    assert (told["percent"], told["status"], told["reported"]) == (40, "on_track", False)


def test_a_work_item_done_before_the_period_is_left_out(report: AnnualReport) -> None:
    row = WorkItem.objects.create(code="T", title="t", start=dt.date(2024, 1, 1), due=dt.date(2026, 6, 1))
    ProgressEntry.objects.create(item=row, day=dt.date(2024, 12, 31), percent=100, text="done")
    assert "T" not in [each["code"] for each in snapshot.collect(report)["work_items"]]


def test_goals_are_those_of_the_coming_year(report: AnnualReport) -> None:
    Goal.objects.create(year=2025, number=1, text="last year's")
    goals = snapshot.collect(report)["goals"]
    assert [goal["number"] for goal in goals] == [1, 2, 3, 4]
    assert goals[0]["items"] == ["WP-02", "WP-03"]


def test_line_ends_of_browsers_make_no_difference(report: AnnualReport) -> None:
    Highlight.objects.filter(agency__slug="aeb").update(text="one\ntwo")
    first = snapshot.take(report, None)
    Highlight.objects.filter(agency__slug="aeb").update(text="one\r\ntwo\r\n")
    assert snapshot.take(report, None).pk == first.pk
