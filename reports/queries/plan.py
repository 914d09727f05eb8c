"""The work plan: how an item stood on a day, and which items a report tells of.

What the plan said of an item on a day that has passed follows from the changes since (`PlanChange`): they
are undone, the newest first. So a due day that was moved last week was not moved in the report of last year.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from isecg.dated import say
from reports.models import AnnualReport, PlanChange, ProgressEntry, WorkItem

Kind = PlanChange.Kind
CONTENT = ("title", "description", "working_group", "lead", "contributors")
SCHEDULE = ("start", "due")


class Status(models.TextChoices):
    NOT_STARTED = "not_started", _("not started")
    ON_TRACK = "on_track", _("on track")
    LATE = "late", _("late")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")


STATUS_RULE = _(
    "Dropped from the day a decision said so, until it is taken up again. Done at 100 %, whenever that was. "
    "Late once the due day has passed; the due day itself is in time. Otherwise on track from the first "
    "percent on, and not started before."
)


def status(percent: int | None, due: dt.date, on: dt.date, *, dropped: bool = False) -> Status:
    """The one rule: how a work item stands on a day, from its latest percentage (None: no entry yet).

    Dropped as long as a decision to drop it stands (`dropped`); done at 100 %, whenever that was; late once
    the due day has passed; the due day itself is in time.
    """
    if dropped:
        return Status.DROPPED
    if percent == 100:
        return Status.DONE
    if on > due:
        return Status.LATE
    return Status.ON_TRACK if percent else Status.NOT_STARTED


def planned(item: WorkItem) -> dict[str, Any]:
    """What the plan says of the item now, as JSON says it: agencies by their addresses, days as ISO."""
    return {
        "title": item.title,
        "description": item.description,
        "working_group": item.working_group,
        "lead": item.lead.slug if item.lead else "",
        "contributors": sorted(each.slug for each in item.contributors.all()),
        "start": item.start.isoformat(),
        "due": item.due.isoformat(),
    }


def planned_on(item: WorkItem, changes: Iterable[PlanChange], on: dt.date) -> dict[str, Any]:
    """What the plan said of the item on a day: `planned`, with every later one of `changes` (oldest first)
    undone."""
    said = planned(item)
    for later in reversed([change for change in changes if change.day > on]):
        said |= {name: value for name, value in later.before.items() if name in said}
    return said


def dropped_by(changes: Iterable[PlanChange], on: dt.date) -> PlanChange | None:
    """The decision to drop the item that stands on `on`; None when there is none, or it was taken up again.
    `changes` are the item's, oldest first."""
    turns = [each for each in changes if each.kind in (Kind.DROPPED, Kind.TAKEN_UP) and each.day <= on]
    return turns[-1] if turns and turns[-1].kind == Kind.DROPPED else None


@dataclass(frozen=True)
class Line:
    """A work item as it stood on a day: what the plan said of it, its entries until then, oldest first, and
    what follows from them."""

    item: WorkItem
    entries: list[ProgressEntry]
    status: Status
    title: str
    description: str
    working_group: str
    lead: Agency | None
    contributors: list[Agency]
    start: dt.date
    due: dt.date
    dropped: PlanChange | None = None
    changes: list[PlanChange] = field(default_factory=list)

    @property
    def entry(self) -> ProgressEntry | None:
        """The latest."""
        return self.entries[-1] if self.entries else None

    @property
    def percent(self) -> int:
        return self.entry.percent if self.entry else 0

    @property
    def unfinished(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.status not in (Status.DONE, Status.DROPPED)


def work_plan(on: dt.date, items: models.QuerySet[WorkItem] | None = None) -> list[Line]:
    """The work plan as of `on`, by code, agencies as they were called on that day. Five queries."""
    agencies = {agency.slug: agency for agency in Agency.objects.named(on)}
    entries = ProgressEntry.objects.filter(day__lte=on)
    rows = (WorkItem.objects.all() if items is None else items).select_related("lead")
    rows = rows.prefetch_related(
        "contributors", "plan_changes", Prefetch("entries", entries, to_attr="until")
    )
    return [_line(row, on, agencies) for row in rows]


def _line(item: WorkItem, on: dt.date, agencies: dict[str, Agency]) -> Line:
    entries: list[ProgressEntry] = item.until  # type: ignore[attr-defined]
    changes = list(item.plan_changes.all())
    said, dropped = planned_on(item, changes, on), dropped_by(changes, on)
    due = dt.date.fromisoformat(said["due"])
    contributors = [agencies[slug] for slug in said["contributors"] if slug in agencies]
    return Line(
        item=item,
        entries=entries,
        status=status(entries[-1].percent if entries else None, due, on, dropped=dropped is not None),
        title=said["title"],
        description=said["description"],
        working_group=said["working_group"],
        lead=agencies.get(said["lead"]),
        contributors=sorted(contributors, key=lambda agency: str(agency).casefold()),
        start=dt.date.fromisoformat(said["start"]),
        due=due,
        dropped=dropped,
        changes=[change for change in changes if change.day <= on],
    )


@dataclass(frozen=True)
class Told:
    """A change of the plan as people read it: its row, and (field, before, after) of what it changed."""

    row: PlanChange
    fields: list[tuple[str, str, str]]


def told(line: Line) -> list[Told]:
    """The changes of an item's plan until the day of its line, the newest first. One query."""
    agencies = {agency.slug: str(agency) for agency in Agency.objects.prefetch_related("names")}
    return [Told(row, _fields(row, agencies)) for row in reversed(line.changes)]


def _fields(row: PlanChange, agencies: dict[str, str]) -> list[tuple[str, str, str]]:
    names = [name for name in (*CONTENT, *SCHEDULE) if name in row.before]
    return [
        (
            str(WorkItem._meta.get_field(name).verbose_name),  # type: ignore[union-attr]
            _value(name, row.before[name], agencies),
            _value(name, row.after[name], agencies),
        )
        for name in names
    ]


def _value(name: str, value: Any, agencies: dict[str, str]) -> str:
    if name in SCHEDULE:
        return say(dt.date.fromisoformat(value))
    slugs = value if isinstance(value, list) else [value]
    if name in ("lead", "contributors"):
        return ", ".join(agencies.get(str(slug), str(slug)) for slug in slugs)
    return str(value)


def counts(lines: list[Line]) -> list[tuple[Status, int]]:
    """How many lines have which status, the best first; what was dropped last."""
    order = (Status.DONE, Status.ON_TRACK, Status.LATE, Status.NOT_STARTED, Status.DROPPED)
    return [(each, sum(line.status == each for line in lines)) for each in order]


def items_of(report: AnnualReport) -> models.QuerySet[WorkItem]:
    """Work items of the period: begun before its end, and neither done nor dropped before its start; also
    those whose plan was changed in it."""
    before = ProgressEntry.objects.filter(item=OuterRef("pk"), day__lt=report.period_start)
    within = ProgressEntry.objects.within(report.period_start, report.period_end).filter(item=OuterRef("pk"))
    over = Exists(before.filter(percent=100)) & ~Exists(within)
    turns = PlanChange.objects.filter(
        item=OuterRef("pk"), kind__in=(Kind.DROPPED, Kind.TAKEN_UP), day__lt=report.period_start
    )
    rows = WorkItem.objects.annotate(turn=Subquery(turns.order_by("-day", "-pk").values("kind")[:1]))
    going_on = Q(~over, start__lt=report.period_end) & (Q(turn__isnull=True) | ~Q(turn=Kind.DROPPED))
    return rows.filter(going_on | Q(pk__in=changes_within(report).values("item")))


def unreported(report: AnnualReport) -> models.QuerySet[WorkItem]:
    """Work items of the period without an entry in it: the report names them as such. Those that were
    dropped are named as dropped."""
    within = ProgressEntry.objects.within(report.period_start, report.period_end)
    gone = [change.item_id for change in dropped_within(report)]
    return items_of(report).exclude(pk__in=within.values("item")).exclude(pk__in=gone)


def changes_within(report: AnnualReport) -> models.QuerySet[PlanChange]:
    """Everything that was changed in the plan in the period, oldest first, with its items at hand."""
    rows = PlanChange.objects.filter(day__gte=report.period_start, day__lt=report.period_end)
    return rows.select_related("item")


def changed_within(report: AnnualReport) -> models.QuerySet[PlanChange]:
    """Items changed in content or schedule in the period (rolled forward included): the report names them."""
    return changes_within(report).filter(kind__in=(Kind.CONTENT, Kind.SCHEDULE, Kind.ROLLED))


def dropped_within(report: AnnualReport) -> list[PlanChange]:
    """By which decision items were dropped in the period, by code; what was taken up again in it is not."""
    last: dict[int, PlanChange] = {}
    for change in changes_within(report).filter(kind__in=(Kind.DROPPED, Kind.TAKEN_UP)):
        last[change.item_id] = change
    standing = [change for change in last.values() if change.kind == Kind.DROPPED]
    return sorted(standing, key=lambda change: change.item.code)
