"""What waits for somebody in the reports."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from isecg.access import standing
from isecg.needs import Need
from reports import gate, permissions
from reports.models import (
    AnnualReport,
    Approval,
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
    """What the reports want of the secretariat and of the chair. Six queries at most, and the gate's for who
    approves a draft."""
    found = _approvals(member) if standing(member).secretariat or standing(member).chairs else []
    if not standing(member).secretariat:
        return found
    rows = AnnualReport.objects.annotate(
        newest=Subquery(Edition.objects.filter(report=OuterRef("pk")).values("number")[:1]),
        current=Subquery(
            Publication.objects.counting(now).filter(report=OuterRef("pk")).values("edition__number")[:1]
        ),
        approved=Subquery(Approval.objects.filter(report=OuterRef("pk")).values("edition__number")[:1]),
        rendering=Subquery(Rendering.objects.filter(report=OuterRef("pk")).values("state")[:1]),
    )
    found += [need for row in rows if (need := _next_step(row, now))]
    return found + goals.needs(now) + _missing_entries(now.date()) + _due_items(now.date())


def _approvals(member: Any) -> list[Need]:
    """Drafts that can be approved as they are: whoever approves is not sent to a gate that is shut."""
    waiting = AnnualReport.objects.filter(state=State.CONFIRMING)
    words = _("%(report)s: everybody stands behind edition %(number)s; it waits for the chair's approval")
    return [
        Need(
            report.confirm_by,
            words % {"report": report, "number": edition.number},
            _("Read and approve"),
            reverse("reports:approve", args=[report.year, edition.number]),
        )
        for report in waiting
        if permissions.can_approve(member, report)
        and (edition := gate.newest(report))
        and gate.decision(report, edition)
    ]


def _next_step(report: Any, now: dt.datetime) -> Need | None:
    """At most one thing a report: what stands in the way first, and nothing while others are at work."""
    workshop = reverse("reports:workshop", args=[report.year])
    if report.rendering in (Rendering.State.QUEUED, Rendering.State.RENDERING):
        return None
    if report.rendering == Rendering.State.FAILED:
        words = _("%(report)s: the last rendering failed") % {"report": report}
        return Need(None, words, _("Look why"), workshop + "#rendering")
    step = None if report.is_held(now) else STEPS.get(State(report.state))
    return step(report, now) if step else None


def _opened(report: Any, now: dt.datetime) -> Need | None:
    if report.period_end > now.date():
        return None
    words = _("%(report)s: its period is over and collecting has not begun") % {"report": report}
    return Need(report.due_at, words, _("Begin collecting"), reverse("reports:collect", args=[report.year]))


def _collecting(report: Any, now: dt.datetime) -> Need | None:
    if report.due_at is None or report.due_at > now:
        return None
    words = _("%(report)s: the deadline for highlights has passed") % {"report": report}
    return Need(report.due_at, words, _("See who has submitted"), _collection(report))


def _editing(report: Any, now: dt.datetime) -> Need:
    words = _("%(report)s is being edited; then its agencies confirm") % {"report": report}
    return Need(report.confirm_by, words, _("Go on"), reverse("reports:workshop", args=[report.year]))


def _confirming(report: Any, now: dt.datetime) -> Need | None:
    if report.confirm_by is None or report.confirm_by > now:
        return None
    words = _("%(report)s: the deadline for confirming has passed") % {"report": report}
    return Need(report.confirm_by, words, _("See who has confirmed"), _collection(report))


def _approved(report: Any, now: dt.datetime) -> Need:
    words = _("%(report)s: edition %(number)s is approved and not published")
    address = reverse("reports:publish", args=[report.year, report.approved])
    said = words % {"report": report, "number": report.approved}
    return Need(None, said, _("Look and publish"), address)


def _public(report: Any, now: dt.datetime) -> Need | None:
    if report.newest == report.current:
        return None
    words = _("%(report)s: edition %(number)s is ready and not published")
    address = reverse("reports:correct", args=[report.year, report.newest])
    said = words % {"report": report, "number": report.newest}
    return Need(None, said, _("Look and publish"), address)


def _collection(report: AnnualReport) -> str:
    return reverse("reports:collection", args=[report.year])


STEPS: dict[State, Callable[[Any, dt.datetime], Need | None]] = {
    State.OPEN: _opened,
    State.COLLECTING: _collecting,
    State.EDITING: _editing,
    State.CONFIRMING: _confirming,
    State.APPROVED: _approved,
    State.PUBLISHED: _public,
    State.CORRECTED: _public,
}
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
