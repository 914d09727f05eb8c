"""The work plan as it stood on the period's last day, and the goals."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Prefetch, Q, Value

from isecg.canonical import Content
from reports.models import AnnualReport, Goal, Outcome, PlanChange, ProgressEntry, WorkItem
from reports.queries.plan import dropped_by, items_of, planned_on, status
from reports.snapshot.words import date, text

PROSE = ("title", "description", "working_group")


def rows_of(report: AnnualReport) -> list[WorkItem]:
    """Items of the period, by code, with all that is said of them. Four queries."""
    entries = ProgressEntry.objects.filter(day__lt=report.period_end).order_by("day", "pk")
    changes = PlanChange.objects.order_by("day", "pk")
    rows = items_of(report).select_related("lead").order_by("code")
    return list(
        rows.prefetch_related("contributors", Prefetch("entries", entries), Prefetch("plan_changes", changes))
    )


def work_items(rows: Iterable[WorkItem], report: AnnualReport, acronyms: dict[str, str]) -> list[Content]:
    """The items; `acronyms` are those of the agencies that the report names, by their addresses."""
    return [_work_item(row, report, acronyms) for row in rows]


def agencies_of(rows: Iterable[WorkItem], report: AnnualReport) -> set[str]:
    """Addresses of the agencies that led or contributed to the items on the period's last day."""
    said = [planned_on(row, row.plan_changes.all(), report.last_day) for row in rows]
    return {slug for each in said for slug in (each["lead"], *each["contributors"]) if slug}


def _work_item(row: WorkItem, report: AnnualReport, acronyms: dict[str, str]) -> Content:
    """An item as the plan said it on the last day, whatever was decided since."""
    last_day = report.last_day
    entries, changes = list(row.entries.all()), list(row.plan_changes.all())
    said, dropped = planned_on(row, changes, last_day), dropped_by(changes, last_day)
    percent, due = entries[-1].percent if entries else None, dt.date.fromisoformat(said["due"])
    return {
        "code": row.code,
        **{name: text(said[name]) for name in PROSE},
        "start": said["start"],
        "due": said["due"],
        "lead": said["lead"] or None,
        "contributors": sorted(
            (slug for slug in said["contributors"] if slug in acronyms),
            key=lambda slug: (acronyms[slug], slug),
        ),
        "percent": percent or 0,
        "status": status(percent, due, last_day, dropped=dropped is not None).value,
        "reported": any(entry.day >= report.period_start for entry in entries),
        "entries": [
            {"day": entry.day.isoformat(), "percent": entry.percent, "text": text(entry.text)}
            for entry in entries
        ],
        "dropped": {"on": dropped.day.isoformat(), "decision": text(dropped.decision)} if dropped else None,
        "changes": [_change(each) for each in changes if report.period_start <= each.day <= last_day],
    }


def _change(change: PlanChange) -> Content:
    return {
        "kind": change.kind,
        "day": change.day.isoformat(),
        "why": text(change.why),
        "decision": text(change.decision),
        "before": change.before,
        "after": change.after,
    }


def goals_until(report: AnnualReport) -> list[Goal]:
    """The goals of all years up to the coming one, by number. One query."""
    rows = Goal.objects.filter(year__lte=report.year + 1)
    codes = ArrayAgg("items__code", filter=Q(items__isnull=False), default=Value([]))
    return list(rows.select_related("continues", "continued_by").annotate(codes=codes).order_by("number"))


def goals(rows: Iterable[Goal], report: AnnualReport) -> list[Content]:
    """The goals of the coming year."""
    coming = [row for row in rows if row.year == report.year + 1]
    return [{**_goal(row), "continues": _named(row.continues)} for row in coming]


def goals_kept(rows: Iterable[Goal], report: AnnualReport) -> list[Content]:
    """The goals of the year, and what became of them; no outcome means that nobody has said."""
    return [
        {
            **_goal(row),
            "year": row.year,
            "outcome": row.outcome,
            "evidence": text(row.evidence),
            "decided_on": date(row.decided_on),
            "continued_by": _named(getattr(row, "continued_by", None)),
        }
        for row in rows
        if row.year == report.year
    ]


def goals_record(rows: Iterable[Goal], report: AnnualReport) -> list[Content]:
    """How many goals of each year up to the report's had which outcome."""
    counts = Counter((row.year, row.outcome) for row in rows if row.year <= report.year)
    outcomes = {**{name.value: name.value for name in Outcome}, "open": ""}
    return [
        {"year": year, **{name: counts[year, outcome] for name, outcome in outcomes.items()}}
        for year in sorted({year for year, _outcome in counts})
    ]


def _goal(row: Any) -> Content:
    return {
        "number": row.number,
        "text": text(row.text),
        "items": sorted(row.codes),
    }


def _named(goal: Goal | None) -> Content | None:
    return {"year": goal.year, "number": goal.number} if goal else None
