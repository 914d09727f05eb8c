"""The work plan: how an item stands on a day, and which items a report tells of."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from reports.models import (
    AnnualReport,
    ProgressEntry,
    WorkItem,
)


class Status(models.TextChoices):
    NOT_STARTED = "not_started", _("not started")
    ON_TRACK = "on_track", _("on track")
    LATE = "late", _("late")
    DONE = "done", _("done")


STATUS_RULE = _(
    "Done at 100 %, whenever that was. Late once the due day has passed; the due day itself is in time. "
    "Otherwise on track from the first percent on, and not started before."
)


def status(percent: int | None, due: dt.date, on: dt.date) -> Status:
    """The one rule: how a work item stands on a day, from its latest percentage (None: no entry yet).

    Done at 100 %, whenever that was; late once the due day has passed; the due day itself is in time.
    """
    if percent == 100:
        return Status.DONE
    if on > due:
        return Status.LATE
    return Status.ON_TRACK if percent else Status.NOT_STARTED


@dataclass(frozen=True)
class Line:
    """A work item as it stood on a day: its entries until then, oldest first, and what follows from them."""

    item: WorkItem
    entries: list[ProgressEntry]
    status: Status

    @property
    def entry(self) -> ProgressEntry | None:
        """The latest."""
        return self.entries[-1] if self.entries else None

    @property
    def percent(self) -> int:
        return self.entry.percent if self.entry else 0


def work_plan(on: dt.date, items: models.QuerySet[WorkItem] | None = None) -> list[Line]:
    """The work plan as of `on`, by code, agencies as they were called on that day. Four queries."""
    named, entries = Agency.objects.named(on), ProgressEntry.objects.filter(day__lte=on)
    rows = (WorkItem.objects.all() if items is None else items).prefetch_related(
        Prefetch("lead", named),
        Prefetch("contributors", named),
        Prefetch("entries", entries, to_attr="until"),
    )
    return [_line(row, row.until, on) for row in rows]


def _line(item: WorkItem, entries: list[Any], on: dt.date) -> Line:
    latest = entries[-1] if entries else None
    return Line(item, entries, status(latest.percent if latest else None, item.due, on))


def counts(lines: list[Line]) -> list[tuple[Status, int]]:
    """How many lines have which status, the best first."""
    order = (Status.DONE, Status.ON_TRACK, Status.LATE, Status.NOT_STARTED)
    return [(each, sum(line.status == each for line in lines)) for each in order]


def items_of(report: AnnualReport) -> models.QuerySet[WorkItem]:
    """Work items of the period: begun before its end, and not done before its start."""
    before = ProgressEntry.objects.filter(item=OuterRef("pk"), day__lt=report.period_start)
    within = ProgressEntry.objects.within(report.period_start, report.period_end).filter(item=OuterRef("pk"))
    over = Exists(before.filter(percent=100)) & ~Exists(within)
    return WorkItem.objects.filter(~over, start__lt=report.period_end)


def unreported(report: AnnualReport) -> models.QuerySet[WorkItem]:
    """Work items of the period without an entry in it: the report names them as such."""
    within = ProgressEntry.objects.within(report.period_start, report.period_end)
    return items_of(report).exclude(pk__in=within.values("item"))
