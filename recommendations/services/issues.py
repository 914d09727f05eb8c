"""Approving, issuing, and what may come after: superseded, withdrawn; or a draft is given up."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import ChairTerm
from isecg.canonical import digest
from isecg.clock import held_for
from isecg.versions import store
from recommendations import snapshot, workflow
from recommendations.models import Approval, Issue, Phase, Recommendation, State
from recommendations.services.checks import said, spoken
from recommendations.services.prints import want_issued


@transaction.atomic
def approve(
    recommendation: Recommendation,
    *,
    by: Any,
    words: str = "",
    issue_now: bool = True,
    hold: dt.timedelta | None = None,
    now: dt.datetime | None = None,
) -> Approval:
    """The chair approves the agreed text; by default the same press issues it (`issue`).

    Tells the secretariat. Raises PermissionDenied, WrongMoment (not agreed, approved already, a promise
    unexplained).
    """
    step = workflow.begin(recommendation, "approve", by=by, now=now)
    silence = step.at.silence
    assert silence is not None  # nothing is agreed without one
    approval = store(
        Approval(
            recommendation=step.rec,
            revision=silence.revision,
            sha256=silence.sha256,
            agency=ChairTerm.objects.on(step.now.date()).select_related("agency").get().agency,
            words=spoken(words),
            at=step.now,
            by=step.by,
        )
    )
    step.take(
        why=approval.words,
        on_behalf_of=str(approval.agency),
        told={"approval": approval, "issue_now": issue_now},
    )
    if issue_now:
        issue(recommendation, by=by, hold=hold, now=step.now)
    return approval


@transaction.atomic
def issue(
    recommendation: Recommendation,
    *,
    by: Any,
    hold: dt.timedelta | None = None,
    now: dt.datetime | None = None,
) -> Issue:
    """Issue the agreed and approved text: what is issued is frozen, with everything of the day beside it.

    Public after `hold` (settings.HOLD), until when it can be recalled; the mails to heads of delegation and
    alternates of every member are kept back as long. Raises PermissionDenied, WrongMoment (not approved, a
    promise unexplained).
    """
    step = workflow.begin(recommendation, "issue", by=by, now=now)
    issued = freeze(step, at=step.now + held_for(hold))
    step.take(
        issued_at=issued.at,
        issued_revision=issued.revision,
        not_before=issued.at,
        told={"issue": issued},
    )
    want_issued(step.rec)
    return issued


def freeze(step: workflow.Step, *, at: dt.datetime) -> Issue:
    """The row that page, PDF and data file are made from, as of `at`. Call inside a step that issues."""
    silence, approval = step.at.silence, step.at.approval
    assert silence is not None  # the table lets nothing else be issued
    assert approval is not None
    content = snapshot.collect(step.rec, silence=silence, approval=approval, at=at)
    snapshot.validator().validate(content)
    return store(
        Issue(
            recommendation=step.rec,
            revision=silence.revision,
            content=content,
            sha256=digest(content),
            text_sha256=silence.sha256,
            at=at,
            by=step.by,
        )
    )


@transaction.atomic
def supersede(
    recommendation: Recommendation,
    *,
    by: Any,
    successor: Recommendation,
    reason: str,
    now: dt.datetime | None = None,
) -> Recommendation:
    """Another issued recommendation takes the place of this one; the page says so at its top.

    Tells heads of delegation and alternates of every member. Raises PermissionDenied, WrongMoment,
    ValidationError (the other one is not issued, or has itself been superseded by this one).
    """
    step = workflow.begin(recommendation, "supersede", by=by, now=now)
    why = said(reason, _("Say why: it stands at the top of its page."))
    other = Recommendation.objects.select_for_update(no_key=True).get(pk=successor.pk)
    if other.pk == step.rec.pk:
        raise ValidationError({"successor": _("A recommendation cannot supersede itself.")})
    if other.state != State.ISSUED or not other.is_public(step.now):
        raise ValidationError({"successor": _("Only an issued recommendation can take its place.")})
    old = step.take(
        why=why,
        ended_at=step.now,
        end_reason=why,
        superseded_by=other,
        told={"successor": other},
    )
    want_issued(old)  # the PDF that everybody gets from now on says so, too
    return old


@transaction.atomic
def withdraw(
    recommendation: Recommendation, *, by: Any, reason: str, now: dt.datetime | None = None
) -> Recommendation:
    """Take an issued recommendation back; it stays readable, the reason at its top.

    Tells heads of delegation and alternates of every member. Raises PermissionDenied, WrongMoment,
    ValidationError.
    """
    step = workflow.begin(recommendation, "withdraw", by=by, now=now)
    why = said(reason, _("Say why: it stands at the top of its page."))
    old = step.take(why=why, ended_at=step.now, end_reason=why)
    want_issued(old)  # as above
    return old


@transaction.atomic
def abandon(
    recommendation: Recommendation, *, by: Any, reason: str, now: dt.datetime | None = None
) -> Recommendation:
    """Give a recommendation up before it is issued; an open consultation ends with it. Its number is not
    used again.

    Tells everybody who was asked, and who has read it; nobody when it was never circulated. Raises
    PermissionDenied, WrongMoment, ValidationError.
    """
    step = workflow.begin(recommendation, "abandon", by=by, now=now)
    why = said(reason, _("Say why it is given up."))
    if step.at.consultation and step.at.phase == Phase.OPEN:
        step.at.consultation.closed_at, step.at.consultation.closing_reason = step.now, why
        store(step.at.consultation, update_fields=["closed_at", "closing_reason"])
    return step.take(why=why, ended_at=step.now, end_reason=why)
