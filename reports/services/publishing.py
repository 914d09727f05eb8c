"""From the approved edition to what readers see: held for some minutes, recalled, corrected, withdrawn."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from isecg.access import WrongMoment
from isecg.clock import held_for
from isecg.mail import services as mail
from reports import workflow
from reports.models import AnnualReport, Edition, Publication, Recall, State
from reports.queries import current_publication
from reports.services.checks import belongs, pass_gate

# The mails of the step that led to a state: kept back as long as the step is held.
MAILS = {State.PUBLISHED: "report_published", State.CORRECTED: "report_corrected"}


@transaction.atomic
def publish(
    report: AnnualReport,
    *,
    by: Any,
    edition: Edition,
    hold: dt.timedelta | None = None,
    now: dt.datetime | None = None,
) -> Publication:
    """Make the approved edition public.

    Readers see it after `hold` (settings.HOLD), until when it can be recalled; the mails to heads of
    delegation and alternates of all agencies are kept back until then. Raises PermissionDenied, WrongMoment
    (state, another edition was approved, or the gate).
    """
    step = workflow.begin(report, "publish", by=by, now=now)
    belongs(edition, step.report)
    approval = step.report.approvals.select_related("edition").first()
    if approval and approval.edition_id != edition.pk:
        words = _("The chair approved edition %(number)s, not this one.") % {
            "number": approval.edition.number
        }
        raise WrongMoment(words, workflow.way_out(step.report, step.by))
    pass_gate(step, edition)
    wait = held_for(hold)
    step.take(hold=wait, told={"edition": edition})
    return Publication.objects.create(report=step.report, edition=edition, at=step.now + wait, by=step.by)


@transaction.atomic
def correct(
    report: AnnualReport,
    *,
    by: Any,
    edition: Edition,
    note: str,
    hold: dt.timedelta | None = None,
    now: dt.datetime | None = None,
) -> Publication:
    """Make another edition the one that counts; `note` tells readers what changed. Brings back what was
    withdrawn.

    Held, told and recalled as what is published. Raises PermissionDenied, WrongMoment (state, it is the
    current one already, or the gate), ValidationError without a note.
    """
    step = workflow.begin(report, "correct", by=by, now=now)
    belongs(edition, step.report)
    before = current_publication(step.report, step.now)
    if before and before.edition_id == edition.pk and step.report.state_at(step.now) != State.WITHDRAWN:
        raise WrongMoment(
            _("This edition is the published one already."), workflow.way_out(step.report, step.by)
        )
    if not note.strip():
        raise ValidationError({"note": _("Say what changed: readers see it beside the new edition.")})
    pass_gate(step, edition)
    wait, why = held_for(hold), note.strip()
    step.take(why=why, hold=wait, told={"edition": edition})
    return Publication.objects.create(
        report=step.report, edition=edition, at=step.now + wait, by=step.by, note=why
    )


@transaction.atomic
def recall(report: AnnualReport, *, by: Any, now: dt.datetime | None = None) -> AnnualReport:
    """Take a held publication back whole: its mails are abandoned, nobody is told, no reader has seen it.

    Raises PermissionDenied, WrongMoment (it has taken effect).
    """
    step = workflow.begin(report, "recall", by=by, now=now)
    _take_back(step)
    return step.take(to=State(step.report.state_before))


@transaction.atomic
def send_now(report: AnnualReport, *, by: Any, now: dt.datetime | None = None) -> AnnualReport:
    """End the wait of a held publication: readers see it, and its mails go out.

    Raises PermissionDenied, WrongMoment (it has taken effect).
    """
    step = workflow.begin(report, "send_now", by=by, now=now)
    held = _held(step)
    mail.release(step.report, kind=MAILS[State(step.report.state)], due=held.at, now=step.now)
    Recall.objects.create(publication=held, at=step.now, by=step.by)
    Publication.objects.create(
        report=step.report, edition=held.edition, at=step.now, by=held.by, note=held.note
    )
    return step.take()


@transaction.atomic
def withdraw(report: AnnualReport, *, by: Any, reason: str, now: dt.datetime | None = None) -> AnnualReport:
    """Take the report back: its file and its words are gone for readers, its address says so and why.

    At once (isecg/decisions/0019); a correction that is held is recalled with it. Mails heads of delegation
    and alternates. Raises PermissionDenied, WrongMoment, and ValidationError without a reason.
    """
    step = workflow.begin(report, "withdraw", by=by, now=now)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: it stands where the report was.")})
    if step.report.is_held(step.now):
        _take_back(step)
    return step.take(why=reason.strip(), withdrawn_at=step.now, withdrawal_reason=reason.strip())


def _take_back(step: workflow.Step) -> None:
    """The publication that is held, and its mails."""
    held = _held(step)
    mail.recall(step.report, kind=MAILS[State(step.report.state)], due=held.at)
    Recall.objects.create(publication=held, at=step.now, by=step.by)


def _held(step: workflow.Step) -> Publication:
    assert step.report.held_until is not None  # the table lets nothing else begin
    return step.report.publications.standing().select_related("edition").get(at=step.report.held_until)
