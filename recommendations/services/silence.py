"""The silence procedure: agreed unless an agency objects in time; and what agencies say for the record."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Agency
from isecg.access import WrongMoment, require
from isecg.clock import held_for
from isecg.versions import store
from recommendations import workflow
from recommendations.models import (
    Objection,
    Outcome,
    Position,
    Recommendation,
    SilenceProcedure,
    State,
)
from recommendations.permissions.steps import can_speak_for
from recommendations.services.checks import chosen, later, said, spoken


@transaction.atomic
def start_silence(
    recommendation: Recommendation,
    *,
    by: Any,
    agencies: Iterable[Agency],
    expires_at: dt.datetime,
    words: str = "",
    hold: dt.timedelta | None = None,
    now: dt.datetime | None = None,
) -> SilenceProcedure:
    """Put the newest revision under silence: agreed at `expires_at` unless one of `agencies` objects.

    Starts after `hold` (settings.HOLD), until when it can be recalled; the mails to everybody who writes
    for an agency asked are kept back as long. Raises PermissionDenied, WrongMoment (not consulted, open
    consultation, words not in a revision, a comment undecided), ValidationError.
    """
    step = workflow.begin(recommendation, "start_silence", by=by, now=now)
    asked = chosen(agencies)
    later(expires_at, step.now, "expires_at")
    revision = step.at.newest
    assert revision is not None  # the table lets no text without one begin
    procedure = store(
        SilenceProcedure(
            recommendation=step.rec,
            revision=revision,
            sha256=revision.sha256,
            words=spoken(words),
            made_at=step.now,
            starts_at=step.now + held_for(hold),
            expires_at=expires_at,
        )
    )
    procedure.agencies.set(asked)
    step.take(
        why=procedure.words,
        whom={"agencies": asked},
        not_before=procedure.starts_at,
        told={"silence": procedure},
    )
    return procedure


# The action is called `object`; a function of that name would hide Python's own.
@transaction.atomic
def object_to(
    recommendation: Recommendation, *, by: Any, agency: Agency, reason: str, now: dt.datetime | None = None
) -> Objection:
    """Break the silence for an agency, at once. Tells everybody asked, the chair and the secretariat.

    Raises PermissionDenied, WrongMoment (not begun, expired, concluded, objected already), ValidationError.
    """
    step, procedure = _begin(recommendation, "object", by=by, agency=agency, now=now)
    _once(procedure, agency)
    objection = store(
        Objection(
            procedure=procedure,
            agency=agency,
            reason=said(reason, _("Say why your agency objects: everybody asked reads it.")),
            at=step.now,
            by=step.by,
        )
    )
    step.take(
        why=objection.reason,
        on_behalf_of=str(agency),
        told={"silence": procedure, "objection": objection, "agency": agency},
    )
    return objection


@transaction.atomic
def withdraw_objection(
    recommendation: Recommendation, *, by: Any, agency: Agency, reason: str, now: dt.datetime | None = None
) -> Objection:
    """Take an agency's objection back, before the expiry. Tells everybody asked, the chair, the secretariat.

    Raises PermissionDenied, WrongMoment, ValidationError.
    """
    step, procedure = _begin(recommendation, "withdraw_objection", by=by, agency=agency, now=now)
    objection = Objection.objects.filter(
        procedure=procedure, agency=agency, withdrawn_at__isnull=True
    ).first()
    if objection is None:
        raise WrongMoment(_("Your agency has no objection to withdraw."))
    objection.withdrawn_at = step.now
    objection.withdrawal_reason = said(reason, _("Say why the objection is withdrawn: everybody reads it."))
    store(objection, update_fields=["withdrawn_at", "withdrawal_reason"])
    step.take(
        why=objection.withdrawal_reason,
        on_behalf_of=str(agency),
        told={"silence": procedure, "objection": objection, "agency": agency},
    )
    return objection


@transaction.atomic
def state_position(
    recommendation: Recommendation,
    *,
    by: Any,
    agency: Agency,
    stand: str,
    statement: str = "",
    resolves: str = "",
    now: dt.datetime | None = None,
) -> Position:
    """What an agency says for the record, beside objecting; a newer position stands beside the older.

    Raises PermissionDenied, WrongMoment, ValidationError (a concern says what would resolve it).
    """
    step, procedure = _begin(recommendation, "state_position", by=by, agency=agency, now=now)
    position = store(
        Position(
            procedure=procedure,
            agency=agency,
            stand=stand,
            statement=spoken(statement, "statement"),
            resolves=spoken(resolves, "resolves"),
            at=step.now,
            by=step.by,
        )
    )
    step.take(on_behalf_of=str(agency), changes={"position": [None, position.stand]})
    return position


@transaction.atomic
def conclude(recommendation: Recommendation, *, by: Any, now: dt.datetime | None = None) -> SilenceProcedure:
    """Write down how the silence procedure ended: agreed, or back to drafting when it was broken.

    The outcome is that of the instants, not of this press. Tells everybody asked, the chair and the
    secretariat. Raises PermissionDenied, WrongMoment (it is still running).
    """
    step = workflow.begin(recommendation, "conclude", by=by, now=now)
    procedure = _procedure(step)
    outcome = procedure.outcome(step.now)
    procedure.concluded_at, procedure.concluded_as = step.now, outcome
    store(procedure, update_fields=["concluded_at", "concluded_as"])
    agreed = outcome == Outcome.AGREED
    step.take(
        to=State.AGREED if agreed else State.DRAFTING,
        told={"silence": procedure, "agreed": agreed, "objections": _standing(procedure, step.now)},
    )
    return procedure


def _begin(
    recommendation: Recommendation, verb: str, *, by: Any, agency: Agency, now: dt.datetime | None
) -> tuple[workflow.Step, SilenceProcedure]:
    """Begin a step of an agency. The procedure is the one that runs after the recommendation was locked."""
    step = workflow.begin(recommendation, verb, by=by, now=now)
    require(can_speak_for(step.by, agency.pk))
    procedure = _procedure(step)
    if not procedure.agencies.filter(pk=agency.pk).exists():
        raise ValidationError({"agency": _("This agency is not asked in this silence procedure.")})
    return step, procedure


def _once(procedure: SilenceProcedure, agency: Agency) -> None:
    """Who speaks for two agencies may have objected for this one, and may object for the other."""
    if Objection.objects.filter(procedure=procedure, agency=agency, withdrawn_at__isnull=True).exists():
        raise WrongMoment(_("Your agency has objected already."))


def _procedure(step: workflow.Step) -> SilenceProcedure:
    assert step.at.silence is not None  # the table lets no such step begin without one
    return step.at.silence


def _standing(procedure: SilenceProcedure, now: dt.datetime) -> list[Objection]:
    moment = min(now, procedure.expires_at)
    return [each for each in procedure.objections.select_related("agency") if each.stands(moment)]
