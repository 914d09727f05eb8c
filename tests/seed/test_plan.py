"""The demonstration's plan and goals, and the sourced meetings and missions."""

import datetime as dt

from agencies.models import Activity
from reports import queries
from reports.models import AnnualReport, Goal, Meeting, PlanChange
from reports.queries import Status
from reports.queries import goals as asked

LAST = dt.date(2025, 12, 31)


def test_meetings_have_sources_and_leave_open_what_is_not_known(facts: None) -> None:
    assert Meeting.objects.count() == 22
    assert not Meeting.objects.filter(source="").exists()
    assert Meeting.objects.get(day=None).slug == "senior-managers-canada"
    cologne = Meeting.objects.get(slug="2024-12-cologne")
    assert (cologne.day_words, cologne.host) == ("December 2024", None)


def test_missions_have_sources_and_name_members_only(facts: None) -> None:
    assert Activity.objects.count() == 48
    assert not Activity.objects.filter(source="").exists()
    mmx = Activity.objects.get(slug="mmx")
    assert {agency.slug for agency in mmx.agencies.all()} == {"jaxa", "cnes", "dlr", "nasa", "esa"}
    assert mmx.day is None


def test_goals_of_the_published_years_all_have_an_outcome(demonstration: None) -> None:
    for report in AnnualReport.objects.filter(year__in=[2024, 2025]):
        assert Goal.objects.filter(year=report.year).exists()
        assert not asked.without_outcome(report).exists()


def test_goals_of_2025_are_a_mix_and_one_goes_on(demonstration: None) -> None:
    [_before, tally] = asked.tally(2025)
    assert tally == {"year": 2025, "met": 3, "partly": 1, "missed": 1, "dropped": 1, "open": 0}
    assert str(Goal.objects.get(year=2026, number=1).continues) == "2025/3"


def test_goals_of_2026_are_partly_open(demonstration: None) -> None:
    open_ones = Goal.objects.filter(year=2026, outcome="").count()
    assert 0 < open_ones < Goal.objects.filter(year=2026).count()


def test_every_kind_of_change_of_the_plan_is_shown(demonstration: None) -> None:
    kinds = set(PlanChange.objects.values_list("kind", flat=True))
    assert kinds == {"content", "schedule", "dropped", "rolled"}
    assert not PlanChange.objects.filter(why="").exists()


def test_an_item_was_dropped_in_2025_by_a_decision(demonstration: None) -> None:
    [change] = queries.dropped_within(AnnualReport.objects.get(year=2025))
    assert (change.item.code, "composed" in change.decision) == ("ENG-2", True)
    status = {line.item.code: line.status for line in queries.work_plan(LAST)}
    assert status["ENG-2"] == Status.DROPPED


def test_what_was_rolled_forward_in_2026_was_late_at_the_end_of_2025(demonstration: None) -> None:
    line = {line.item.code: line for line in queries.work_plan(LAST)}["SCI-1"]
    assert (line.status, line.due) == (Status.LATE, dt.date(2025, 6, 30))
