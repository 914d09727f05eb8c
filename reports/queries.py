"""Questions about the work plan and the report that more than one place asks."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from isecg.access import standing
from members.models import SPEAKING, Mandate, Member
from reports.models import (
    AnnualReport,
    Document,
    DocumentKind,
    Edition,
    Highlight,
    Photograph,
    ProgressEntry,
    Publication,
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
    """A work item as it stood on a day: its latest entry until then (None: none yet), and what follows."""

    item: WorkItem
    entry: ProgressEntry | None
    status: Status

    @property
    def percent(self) -> int:
        return self.entry.percent if self.entry else 0


def work_plan(on: dt.date, items: models.QuerySet[WorkItem] | None = None) -> list[Line]:
    """The work plan as of `on`, by code, agencies as they were called on that day. Four queries."""
    named = Agency.objects.named(on)
    rows = (WorkItem.objects.all() if items is None else items).prefetch_related(
        Prefetch("lead", named), Prefetch("contributors", named)
    )
    latest = {
        entry.item_id: entry
        for entry in ProgressEntry.objects.filter(day__lte=on).order_by("item_id", "-day").distinct("item_id")
    }
    return [line(row, latest.get(row.pk), on) for row in rows]


def line(item: WorkItem, entry: ProgressEntry | None, on: dt.date) -> Line:
    """`item` with its latest entry, and its status by the one rule."""
    return Line(item, entry, status(entry.percent if entry else None, item.due, on))


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
    return [Chapter(agency, agency.of_period) for agency in agencies]  # type: ignore[attr-defined]


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
        Publication.objects.filter(report__state=AnnualReport.State.PUBLISHED)
        .order_by("report_id", "-at", "-pk")
        .distinct("report_id")
        .select_related("report", "edition")
    )
    return sorted((Shelf(row.report, row) for row in latest), key=lambda shelf: -shelf.report.year)


def current_publication(report: AnnualReport) -> Publication | None:
    """The latest publication, whose edition and snapshot readers see; None while nothing was published."""
    return report.publications.select_related("edition__snapshot").first()


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
