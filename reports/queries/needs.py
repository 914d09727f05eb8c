"""What waits for somebody in the reports."""

import datetime as dt
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from isecg.access import standing
from isecg.needs import Need
from reports.models import (
    AnnualReport,
    Edition,
    ProgressEntry,
    Publication,
    Rendering,
    State,
    WorkItem,
)
from reports.queries import goals
from reports.queries.plan import unreported


def needs(member: Any, now: dt.datetime) -> list[Need]:
    """What the reports want of the secretariat, and nothing of anybody else. Six queries at most."""
    if not standing(member).secretariat:
        return []
    rows = AnnualReport.objects.annotate(
        newest=Subquery(Edition.objects.filter(report=OuterRef("pk")).values("number")[:1]),
        current=Subquery(Publication.objects.filter(report=OuterRef("pk")).values("edition__number")[:1]),
        rendering=Subquery(Rendering.objects.filter(report=OuterRef("pk")).values("state")[:1]),
    )
    found = [need for row in rows if (need := _next_step(row, now.date()))]
    return found + goals.needs(now) + _missing_entries(now.date()) + _due_items(now.date())


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
AT_WORK = (State.OPEN, State.COLLECTING, State.EDITING)


def _due_items(today: dt.date) -> list[Need]:
    """Unfinished items of the work plan that are due soon or should be done already."""
    latest = ProgressEntry.objects.filter(item=OuterRef("pk")).order_by("-day").values("percent")[:1]
    open_ones = WorkItem.objects.filter(due__lt=today + SOON, dropped_on=None)
    rows = open_ones.annotate(percent=Coalesce(Subquery(latest), 0))
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
    report = AnnualReport.objects.filter(state__in=AT_WORK, period_start__lte=begun).first()
    if report is None or not (count := unreported(report).count()):
        return []
    words = ngettext(
        "%(report)s: %(count)s work item has no entry in the period",
        "%(report)s: %(count)s work items have no entry in the period",
        count,
    )
    address = reverse("reports:workshop", args=[report.year]) + "#work-plan"
    return [Need(None, words % {"report": report, "count": count}, _("Write entries"), address)]
