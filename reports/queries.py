"""Questions about the work plan and the report that more than one place asks."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from agencies.models import Agency
from isecg.access import standing
from isecg.needs import Need
from members.models import SPEAKING, Mandate, Member
from reports.models import (
    PUBLIC,
    AnnualReport,
    Document,
    DocumentKind,
    Edition,
    Highlight,
    Photograph,
    ProgressEntry,
    Publication,
    Rendering,
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


@dataclass(frozen=True)
class Chapter:
    """An agency's part of a report; empty while it has no highlight in the period."""

    agency: Agency
    highlights: list[Highlight] = field(default_factory=list)


def chapters(report: AnnualReport) -> list[Chapter]:
    """Highlights of the period by agency in order of acronym, members without one included. Two queries."""
    within = Highlight.objects.within(report.period_start, report.period_end)
    agencies = (
        Agency.objects.named(report.last_day)
        .filter(
            Q(pk__in=Agency.objects.members_on(report.last_day).values("pk"))
            | Q(pk__in=within.values("agency"))
        )
        .prefetch_related(Prefetch("highlights", within.select_related("photograph"), to_attr="of_period"))
    )
    return [Chapter(agency, agency.of_period) for agency in agencies]


@dataclass(frozen=True)
class Shelf:
    """A report of the library with the edition that is its current one."""

    report: AnnualReport
    publication: Publication

    @property
    def edition(self) -> Edition:
        return self.publication.edition


def library() -> list[Shelf]:
    """The published reports, newest first, each with its current edition. One query."""
    latest = (
        Publication.objects.filter(report__state__in=PUBLIC)
        .order_by("report_id", "-at", "-pk")
        .distinct("report_id")
        .select_related("report", "edition")
        .prefetch_related("edition__copies")
    )
    return sorted((Shelf(row.report, row) for row in latest), key=lambda shelf: -shelf.report.year)


def current_publication(report: AnnualReport) -> Publication | None:
    """The latest publication, whose edition and snapshot readers see; None while nothing was published."""
    return report.publications.select_related("edition__snapshot").prefetch_related("edition__copies").first()


def photographs_for(reader: Any) -> models.QuerySet[Photograph]:
    """All for the secretariat; for delegates those of their agency's highlights. Others: `is_printed`."""
    seen = standing(reader)
    everything = Photograph.objects.all()
    return (
        everything
        if seen.secretariat
        else everything.filter(highlights__agency__in=seen.reads_for).distinct()
    )


def is_printed(sha256: str, reader: Any) -> bool:
    """Whether the photograph stands in an edition that the reader may download."""
    inside = [{"photograph": {"sha256": sha256}}]
    return Edition.objects.visible_to(reader).filter(snapshot__content__highlights__contains=inside).exists()


@dataclass(frozen=True)
class Kind:
    """The library's entries of one kind."""

    words: Any
    documents: list[Document]


def documents_by_kind() -> list[Kind]:
    """The library in the order of `DocumentKind`, within a kind newest first, undated last. One query."""
    rows = list(Document.objects.all())
    kinds = [Kind(kind.label, [row for row in rows if row.kind == kind]) for kind in DocumentKind]
    return [kind for kind in kinds if kind.documents]


def heads_and_alternates(day: dt.date) -> Iterable[Member]:
    """Who speaks for an agency on `day` and may sign in."""
    speaking = Mandate.objects.on(day).filter(role__in=SPEAKING)
    return Member.objects.filter(pk__in=speaking.values("member"), is_active=True)


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


def needs(member: Any, now: dt.datetime) -> list[Need]:
    """What the reports want of the secretariat, and nothing of anybody else. Four queries at most."""
    if not standing(member).secretariat:
        return []
    rows = AnnualReport.objects.annotate(
        newest=Subquery(Edition.objects.filter(report=OuterRef("pk")).values("number")[:1]),
        current=Subquery(Publication.objects.filter(report=OuterRef("pk")).values("edition__number")[:1]),
        rendering=Subquery(Rendering.objects.filter(report=OuterRef("pk")).values("state")[:1]),
    )
    found = [need for row in rows if (need := _next_step(row, now.date()))]
    return found + _missing_entries(now.date()) + _due_items(now.date())


def _next_step(report: Any, today: dt.date) -> Need | None:
    """At most one thing a report: what stands in the way first."""
    address = reverse("reports:workshop", args=[report.year])
    if report.rendering in (Rendering.State.QUEUED, Rendering.State.RENDERING):
        return None
    if report.rendering == Rendering.State.FAILED:
        return Need(
            None, _("%(report)s: the last rendering failed") % {"report": report}, _("Look why"), address
        )
    if report.newest and report.newest > (report.current or 0):
        words = _("%(report)s: edition %(number)s is ready and not published")
        return Need(
            None,
            words % {"report": report, "number": report.newest},
            _("Look and publish"),
            address + "#editions",
        )
    if not report.newest and report.period_end <= today:
        words = _("%(report)s: its period is over and there is no edition yet")
        return Need(None, words % {"report": report}, _("Put it together"), address)
    return None


SOON = dt.timedelta(days=30)


def _due_items(today: dt.date) -> list[Need]:
    """Unfinished items of the work plan that are due soon or should be done already."""
    latest = ProgressEntry.objects.filter(item=OuterRef("pk")).order_by("-day").values("percent")[:1]
    rows = WorkItem.objects.filter(due__lt=today + SOON).annotate(percent=Coalesce(Subquery(latest), 0))
    words = _("%(item)s: %(percent)s %% done")
    return [
        Need(
            row.due,
            words % {"item": row, "percent": row.percent},
            _("Write down progress"),
            reverse("reports:add_progress", args=[row.code]),
        )
        for row in rows.exclude(percent=100)
    ]


def _missing_entries(today: dt.date) -> list[Need]:
    """Of the youngest report at work, once the last month of its period has begun: before, nobody is late."""
    begun = today - dt.timedelta(days=334)
    report = AnnualReport.objects.filter(state=AnnualReport.State.OPEN, period_start__lte=begun).first()
    if report is None or not (count := unreported(report).count()):
        return []
    words = ngettext(
        "%(report)s: %(count)s work item has no entry in the period",
        "%(report)s: %(count)s work items have no entry in the period",
        count,
    )
    address = reverse("reports:workshop", args=[report.year]) + "#work-plan"
    return [Need(None, words % {"report": report, "count": count}, _("Write entries"), address)]
