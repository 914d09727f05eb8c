"""The work plan as it stood on the period's last day, and the goals."""

import datetime as dt
from typing import Any

from django.db.models import Count, Prefetch, Q

from isecg.canonical import Content
from reports.models import AnnualReport, Goal, Outcome, PlanChange, ProgressEntry, WorkItem
from reports.queries.plan import items_of, status
from reports.snapshot.words import date, text

Kind = PlanChange.Kind
RESTS_ON_KIND = (Kind.DROPPED, Kind.TAKEN_UP)
# What a change may have touched, told as of the last day by taking later changes back.
WORDS, DAYS = ("title", "description", "working_group"), ("start", "due")


def work_items(report: AnnualReport) -> list[Content]:
    """Items of the period, by code, without those dropped before it began."""
    entries = ProgressEntry.objects.filter(day__lt=report.period_end).order_by("day", "pk")
    rows = (
        items_of(report)
        .select_related("lead")
        .prefetch_related(
            "contributors__names",
            Prefetch("entries", entries),
            Prefetch("plan_changes", PlanChange.objects.order_by("day", "pk")),
        )
        .order_by("code")
    )
    return [_work_item(row, report) for row in rows if not _dropped_before(row, report)]


def _work_item(row: WorkItem, report: AnnualReport) -> Content:
    last_day = report.last_day
    entries, changes = list(row.entries.all()), list(row.plan_changes.all())
    stood = _as_it_stood(row, changes, last_day)
    percent = entries[-1].percent if entries else None
    contributors = sorted(row.contributors.all(), key=lambda each: each.acronym_on(last_day).casefold())
    return {
        "code": row.code,
        **stood,
        "lead": row.lead and row.lead.slug,
        "contributors": [each.slug for each in contributors],
        "percent": percent or 0,
        "status": status(percent, dt.date.fromisoformat(stood["due"]), last_day).value,
        "reported": any(entry.day >= report.period_start for entry in entries),
        "entries": [
            {"day": entry.day.isoformat(), "percent": entry.percent, "text": text(entry.text)}
            for entry in entries
        ],
        "dropped": _dropped(row, changes, last_day),
        "changes": [_change(each) for each in changes if report.period_start <= each.day <= last_day],
    }


def _as_it_stood(row: WorkItem, changes: list[PlanChange], on: dt.date) -> Content:
    """Words and days of an item before what was changed after `on`."""
    stood = {name: text(getattr(row, name)) for name in WORDS}
    stood |= {name: getattr(row, name).isoformat() for name in DAYS}
    for change in reversed(changes):
        if change.day > on:
            stood |= {name: text(value) for name, value in change.before.items() if name in stood}
    return stood


def _last_fate(changes: list[PlanChange], on: dt.date) -> PlanChange | None:
    fates = [each for each in changes if each.kind in RESTS_ON_KIND and each.day <= on]
    return fates[-1] if fates and fates[-1].kind == Kind.DROPPED else None


def _dropped(row: WorkItem, changes: list[PlanChange], on: dt.date) -> Content | None:
    """That the item was dropped by `on`, and by which decision."""
    fate = _last_fate(changes, on)
    return {"on": fate.day.isoformat(), "decision": text(fate.decision)} if fate else None


def _dropped_before(row: WorkItem, report: AnnualReport) -> bool:
    """Whether it was dropped before the period and not taken up again in it."""
    changes = list(row.plan_changes.all())
    fate = _last_fate(changes, report.last_day)
    return fate is not None and fate.day < report.period_start


def _change(change: PlanChange) -> Content:
    return {
        "kind": change.kind,
        "day": change.day.isoformat(),
        "why": text(change.why),
        "decision": text(change.decision),
        "before": change.before,
        "after": change.after,
    }


def goals(report: AnnualReport) -> list[Content]:
    """The goals of the coming year."""
    rows = Goal.objects.filter(year=report.year + 1).select_related("continues").prefetch_related("items")
    return [{**_goal(row), "continues": _named(row.continues)} for row in rows.order_by("number")]


def goals_kept(report: AnnualReport) -> list[Content]:
    """The goals of the year, and what became of them; no outcome means that nobody has said."""
    rows = Goal.objects.filter(year=report.year).select_related("continued_by").prefetch_related("items")
    return [
        {
            **_goal(row),
            "year": row.year,
            "outcome": row.outcome,
            "evidence": text(row.evidence),
            "decided_on": date(row.decided_on),
            "continued_by": _named(getattr(row, "continued_by", None)),
        }
        for row in rows.order_by("number")
    ]


def goals_record(report: AnnualReport) -> list[Content]:
    """How many goals of each year up to the report's had which outcome."""
    counts: dict[str, Any] = {name.value: Count("pk", filter=Q(outcome=name)) for name in Outcome}
    counts["open"] = Count("pk", filter=Q(outcome=""))
    rows = Goal.objects.filter(year__lte=report.year).order_by("year").values("year").annotate(**counts)
    return [dict(row) for row in rows]


def _goal(row: Goal) -> Content:
    return {
        "number": row.number,
        "text": text(row.text),
        "items": sorted(item.code for item in row.items.all()),
    }


def _named(goal: Goal | None) -> Content | None:
    return {"year": goal.year, "number": goal.number} if goal else None
