"""The report of a year: opened, written, published, withdrawn."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from isecg.access import WrongMoment, require
from isecg.audit.services import record
from isecg.versions import change, store
from reports import permissions, workflow
from reports.models import AnnualReport, Edition, Publication
from reports.queries import current_publication


@transaction.atomic
def open_report(*, by: Any, year: int, period_start: dt.date, **fields: Any) -> AnnualReport:
    """Open the report of a year. Raises PermissionDenied, ValidationError (there is one already)."""
    require(permissions.can_open_report(by))
    report = store(AnnualReport(year=year, period_start=period_start, **fields))
    record(by=by, verb="open_report", what=report)
    return report


@transaction.atomic
def edit_report(report: AnnualReport, *, by: Any, version: int, **fields: Any) -> AnnualReport:
    """Change period, foreword and the line on the cover. Raises PermissionDenied, Stale, ValidationError."""
    require(permissions.can_edit_report(by, report))
    report, changes = change(report, version=version, **fields)
    if changes:
        record(by=by, verb="edit_report", what=report, changes=changes)
    return report


@transaction.atomic
def publish(report: AnnualReport, *, by: Any, edition: Edition, note: str = "") -> Publication:
    """Make `edition` the report's current one, for everybody; `note` says what changed since the last.

    Mails heads of delegation and alternates. Raises PermissionDenied; WrongMoment when it is the current
    one already; ValidationError when a correction has no note.
    """
    require(permissions.can_publish(by, report))
    report = AnnualReport.objects.select_for_update().get(pk=report.pk)
    _refuse(report, edition, note)
    workflow.move(report, "publish", by=by, why=note, withdrawn_at=None, withdrawal_reason="")
    return Publication.objects.create(report=report, edition=edition, by=by, note=note)


def _refuse(report: AnnualReport, edition: Edition, note: str) -> None:
    """What the table of states cannot know: which edition, and whether readers are told what changed."""
    if edition.report_id != report.pk:
        raise ValidationError(_("This edition is of another report."))
    before = current_publication(report)
    if before and before.edition_id == edition.pk and report.is_public:
        way_out = (_("To the report"), reverse("reports:detail", args=[report.year]))
        raise WrongMoment(_("This edition is the published one already."), way_out)
    if before and not note.strip():
        raise ValidationError({"note": _("Say what changed: readers see it beside the new edition.")})


@transaction.atomic
def withdraw(report: AnnualReport, *, by: Any, reason: str, now: dt.datetime) -> AnnualReport:
    """Take the report back: its file and its words are gone for readers, its address says so and why.

    Mails heads of delegation and alternates. Raises PermissionDenied, WrongMoment, and ValidationError
    without a reason.
    """
    require(permissions.can_withdraw(by, report))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: it stands where the report was.")})
    return workflow.move(
        report, "withdraw", by=by, why=reason, withdrawn_at=now, withdrawal_reason=reason.strip()
    )
