"""The report of a year: opened, written, and every step until the chair has approved it."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Agency
from isecg.access import WrongMoment, require
from isecg.audit.services import record
from isecg.versions import change, store
from reports import permissions, workflow
from reports.emails import tell_owner
from reports.models import AnnualReport, Approval, Contribution, Edition, Section
from reports.services.checks import belongs, pass_gate
from reports.services.photographs import photograph

KEPT_OF_A_SECTION = ("kind", "slug", "number", "title", "owner")


@transaction.atomic
def open_report(
    *,
    by: Any,
    year: int,
    period_start: dt.date,
    agencies: Iterable[Agency] = (),
    sections: Iterable[Section] = (),
    picture: UploadedFile | None = None,
    **fields: Any,
) -> AnnualReport:
    """Open the report of a year: `agencies` will be asked for their part when collecting begins.

    `sections` of another report come again without their texts, and their owners are told; nobody else is.
    `picture` is the one on the cover. Raises PermissionDenied, ValidationError (there is one already, a
    picture that is refused).
    """
    require(permissions.can_open_report(by))
    cover = photograph(picture)
    report = store(AnnualReport(year=year, period_start=period_start, cover_picture=cover, **fields))
    chosen = sorted(set(agencies), key=lambda agency: agency.pk)
    for agency in chosen:
        store(Contribution(report=report, agency=agency))
    for section in sections:
        kept = {name: getattr(section, name) for name in KEPT_OF_A_SECTION}
        tell_owner(store(Section(report=report, **kept)), by=by)
    asked = ", ".join(sorted(map(str, chosen)))
    record(by=by, verb="open_report", what=report, changes={"agencies": ["", asked]} if asked else None)
    return report


@transaction.atomic
def edit_report(
    report: AnnualReport,
    *,
    by: Any,
    version: int,
    picture: UploadedFile | None = None,
    remove_picture: bool = False,
    **fields: Any,
) -> AnnualReport:
    """Change what the report says of itself; a new picture takes the old one's place on the cover.

    Raises PermissionDenied, Stale, ValidationError.
    """
    require(permissions.can_edit_report(by, report))
    if picture:
        fields["cover_picture"] = photograph(picture)
    elif remove_picture:
        fields |= {"cover_picture": None, "cover_credit": "", "cover_alt": ""}
    report, changes = change(report, version=version, **fields)
    if changes:
        record(by=by, verb="edit_report", what=report, changes=changes)
    return report


@transaction.atomic
def collect(report: AnnualReport, *, by: Any, now: dt.datetime | None = None) -> AnnualReport:
    """Ask the agencies of the report for their part: from now on they see it and write.

    Mails heads, alternates and delegates of those asked. Raises PermissionDenied, WrongMoment, and
    ValidationError without a deadline that lies ahead, if anybody is asked.
    """
    step = workflow.begin(report, "collect", by=by, now=now)
    if step.report.contributions.exists():
        _ahead(step.report.due_at, step.now)
    step.report.contributions.filter(asked_at__isnull=True).update(asked_at=step.now)
    return step.take(told={"due_at": step.report.due_at})


@transaction.atomic
def edit_texts(report: AnnualReport, *, by: Any, now: dt.datetime | None = None) -> AnnualReport:
    """End the collecting. Drafts that were not submitted stay inside their agency.

    Tells nobody. Raises PermissionDenied, WrongMoment.
    """
    return workflow.begin(report, "edit_texts", by=by, now=now).take()


@transaction.atomic
def collect_again(
    report: AnnualReport, *, by: Any, reason: str, due_at: dt.datetime, now: dt.datetime | None = None
) -> AnnualReport:
    """Let agencies write once more, until another deadline. Mails those asked the reason.

    Raises PermissionDenied, WrongMoment, ValidationError (no reason, a deadline that has passed).
    """
    step = workflow.begin(report, "collect_again", by=by, now=now)
    _ahead(due_at, step.now)
    step.report.contributions.filter(asked_at__isnull=True).update(asked_at=step.now)
    return step.take(why=_why(reason), due_at=due_at, told={"due_at": due_at})


@transaction.atomic
def ask_to_confirm(
    report: AnnualReport, *, by: Any, confirm_by: dt.datetime, now: dt.datetime | None = None
) -> AnnualReport:
    """Send the draft round: agencies read the newest edition, and confirm their own part until the deadline.

    Mails heads and alternates of those asked. Raises PermissionDenied, WrongMoment (no edition to read),
    ValidationError (a deadline that has passed).
    """
    step = workflow.begin(report, "ask_to_confirm", by=by, now=now)
    if not step.report.editions.exists():
        words = _("There is no edition yet that could go round: make the PDF first.")
        raise WrongMoment(words, workflow.way_out(step.report, step.by))
    _ahead(confirm_by, step.now)
    return step.take(confirm_by=confirm_by, told={"confirm_by": confirm_by})


@transaction.atomic
def edit_again(report: AnnualReport, *, by: Any, reason: str, now: dt.datetime | None = None) -> AnnualReport:
    """Send the draft back to editing; an approval no longer counts.

    Mails the reason to the secretariat, and to heads and alternates of those asked. Raises PermissionDenied,
    WrongMoment, ValidationError without a reason.
    """
    return workflow.begin(report, "edit_again", by=by, now=now).take(why=_why(reason))


@transaction.atomic
def approve(
    report: AnnualReport, *, by: Any, edition: Edition, words: str = "", now: dt.datetime | None = None
) -> Approval:
    """The chair's word that this edition may be published. Mails the secretariat.

    Raises PermissionDenied, WrongMoment (state, or the gate with all its sentences), ValidationError (an
    administrator in the chair's place gave no words).
    """
    step = workflow.begin(report, "approve", by=by, now=now)
    belongs(edition, step.report)
    if not step.by.standing.chairs and not words.strip():
        sentence = _("Say on what the approval rests: nobody is known to chair today.")
        raise ValidationError({"words": sentence})
    pass_gate(step, edition)
    step.take(why=words.strip(), told={"edition": edition})
    return Approval.objects.create(
        report=step.report, edition=edition, at=step.now, by=step.by, words=words.strip()
    )


def _why(reason: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: everybody who is told reads it.")})
    return reason.strip()


def _ahead(deadline: dt.datetime | None, now: dt.datetime) -> None:
    if deadline is None or deadline <= now:
        raise ValidationError(_("Give a deadline that lies ahead: agencies are told it."))
