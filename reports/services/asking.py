"""Who is asked for a part of a report, after the year was opened."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Agency
from isecg.access import Decision, WrongMoment, require
from isecg.audit.services import record
from isecg.clock import clock
from isecg.mail.services import post
from isecg.versions import lock, store
from members.models import acting
from recommendations.services.checks import later, said
from reports.models import AnnualReport, Contribution, State
from reports.permissions import contributions as permissions
from reports.queries import contributions as queries
from reports.standing import part_of

WHY = gettext_lazy("Say why: everybody who writes for the agency reads it.")


@transaction.atomic
def ask_agency(
    report: AnnualReport,
    *,
    by: Any,
    agency: Agency,
    reason: str,
    due_at: dt.datetime | None = None,
    now: dt.datetime | None = None,
) -> Contribution:
    """Ask one more agency for its part: with the others when collecting begins, or at once where it has
    begun; `due_at` is its own deadline, needed when that of the others has passed.

    Mails everybody who writes for it, if it is asked at once. Raises PermissionDenied, WrongMoment,
    ValidationError (no reason, no deadline that lies ahead, it is asked already).
    """
    report = AnnualReport.objects.select_for_update(no_key=True).get(pk=report.pk)
    now = now or clock()
    by = acting(by, now)
    require(permissions.can_ask_agency(by, report))
    _now(queries.can_ask_now(report), report)
    reason = said(reason, str(WHY))
    at_once = report.state != State.OPEN
    if due_at:
        later(due_at, now, "due_at")
    elif at_once and (report.state == State.EDITING or report.due_at is None or report.due_at <= now):
        raise ValidationError(
            {"due_at": _("The deadline of the others is over: give this agency one of its own.")}
        )
    asked_at = now if at_once else None
    row = store(Contribution(report=report, agency=agency, asked_at=asked_at, due_at=due_at))
    record(by=by, verb="ask_agency", what=report, why=reason, changes={"agencies": ["", str(agency)]})
    if at_once:
        told = {"due_at": queries.deadline(row), "parts": [row], "why": reason}
        post("report_collecting", to=queries.writers(row, now), about=report, **told)
    return row


@transaction.atomic
def leave_out(
    contribution: Contribution, *, by: Any, version: int, why: str, now: dt.datetime | None = None
) -> Contribution:
    """Ask an agency no longer, of which there is nothing in the report yet.

    Mails everybody who writes for it, if it was asked. Raises PermissionDenied, WrongMoment, Stale,
    ValidationError without a reason.
    """
    report = AnnualReport.objects.select_for_update(no_key=True).get(pk=contribution.report_id)
    now = now or clock()
    by = acting(by, now)
    require(permissions.can_leave_out(by, contribution))
    row = lock(contribution, version)
    _now(queries.can_leave_out_now(part_of(row)), report)
    why = said(why, str(WHY), "why")
    row.left_out_at, row.version = now, row.version + 1
    row.save(update_fields=["left_out_at", "version"])
    record(by=by, verb="leave_out", what=report, why=why, changes={"agencies": [str(row.agency), ""]})
    if row.asked_at:
        post("report_not_asked", to=queries.writers(row, now), about=report, agency=row.agency, why=why)
    return row


def _now(decision: Decision, report: AnnualReport) -> None:
    """Raises WrongMoment with the way back to the collection."""
    if not decision:
        address = reverse("reports:collection", args=[report.year])
        raise WrongMoment(decision.reason, (_("To the collection"), address))
