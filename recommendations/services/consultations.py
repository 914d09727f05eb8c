"""Asking the agencies: circulate, extend, close, accept late comments."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Agency
from isecg.clock import held_for
from isecg.versions import store
from recommendations import workflow
from recommendations.models import Consultation, Extension, Grace, Recommendation
from recommendations.services.checks import chosen, later, said, spoken


@transaction.atomic
def circulate(
    recommendation: Recommendation,
    *,
    by: Any,
    agencies: Iterable[Agency],
    closes_at: dt.datetime,
    inner_at: dt.datetime | None = None,
    observers: bool = False,
    words: str = "",
    hold: dt.timedelta | None = None,
    now: dt.datetime | None = None,
) -> Consultation:
    """Ask `agencies` about the newest revision until `closes_at`; their own deadline is `inner_at`.

    Opens after `hold` (settings.HOLD), until when it can be recalled; the mails to everybody who writes for
    an agency asked are kept back as long. Raises PermissionDenied, WrongMoment (no revision, words not yet
    in one, a comment undecided), ValidationError (no agency, a deadline that has passed).
    """
    step = workflow.begin(recommendation, "circulate", by=by, now=now)
    asked = chosen(agencies)
    later(closes_at, step.now, "closes_at")
    consultation = store(
        Consultation(
            recommendation=step.rec,
            revision=step.at.newest,
            observers=observers,
            words=spoken(words),
            circulated_at=step.now,
            opens_at=step.now + held_for(hold),
            inner_at=inner_at or closes_at,
            closes_at=closes_at,
        )
    )
    consultation.agencies.set(asked)
    step.take(
        why=consultation.words,
        whom={"agencies": asked, "observers": observers},
        not_before=consultation.opens_at,
        told={"consultation": consultation},
    )
    return consultation


@transaction.atomic
def extend(
    recommendation: Recommendation,
    *,
    by: Any,
    closes_at: dt.datetime,
    inner_at: dt.datetime | None = None,
    reason: str,
    now: dt.datetime | None = None,
) -> Extension:
    """Move the deadline of the open consultation to a later instant; the old one stays visible.

    The agencies' inner deadline moves as far, unless `inner_at` says otherwise. Mails everybody asked and
    everybody who has read it. Raises PermissionDenied, WrongMoment, ValidationError.
    """
    step = workflow.begin(recommendation, "extend", by=by, now=now)
    consultation = _consultation(step)
    before, inner_before = consultation.closes_at, consultation.inner_at
    later(closes_at, step.now, "closes_at")
    if closes_at <= before:
        raise ValidationError({"closes_at": _("An extension moves the deadline to a later instant.")})
    extension = store(
        Extension(
            consultation=consultation,
            before=before,
            after=closes_at,
            reason=said(reason, _("Say why the deadline moves: everybody who is told of it reads it.")),
            at=step.now,
            by=step.by,
        )
    )
    consultation.closes_at = closes_at
    consultation.inner_at = inner_at or inner_before + (closes_at - before)
    store(consultation, update_fields=["closes_at", "inner_at"])
    step.take(
        why=extension.reason,
        changes={"closes_at": [before, closes_at], "inner_at": [inner_before, consultation.inner_at]},
        told={"consultation": consultation, "extension": extension},
    )
    return extension


@transaction.atomic
def close(
    recommendation: Recommendation, *, by: Any, reason: str, now: dt.datetime | None = None
) -> Consultation:
    """End the open consultation now, before its deadline.

    Mails everybody asked and everybody who has read it. Raises PermissionDenied, WrongMoment,
    ValidationError.
    """
    step = workflow.begin(recommendation, "close", by=by, now=now)
    consultation = _consultation(step)
    consultation.closed_at = step.now
    consultation.closing_reason = said(reason, _("Say why it closes early: everybody asked reads it."))
    store(consultation, update_fields=["closed_at", "closing_reason"])
    step.take(
        why=consultation.closing_reason,
        changes={"closes_at": [consultation.closes_at, step.now]},
        told={"consultation": consultation},
    )
    return consultation


@transaction.atomic
def accept_late(
    recommendation: Recommendation,
    *,
    by: Any,
    agency: Agency,
    until: dt.datetime,
    reason: str,
    now: dt.datetime | None = None,
) -> Grace:
    """Let one agency comment on the consultation that is over until an instant; its comments are marked late.

    Mails who writes for that agency. Raises PermissionDenied, WrongMoment, ValidationError.
    """
    step = workflow.begin(recommendation, "accept_late", by=by, now=now)
    consultation = _consultation(step)
    if not consultation.agencies.filter(pk=agency.pk).exists():
        raise ValidationError({"agency": _("This agency was not asked.")})
    later(until, step.now, "until")
    grace = store(
        Grace(
            consultation=consultation,
            agency=agency,
            until=until,
            reason=said(reason, _("Say why late comments are accepted.")),
            at=step.now,
            by=step.by,
        )
    )
    step.take(
        why=grace.reason,
        whom={"agencies": [agency]},
        told={"consultation": consultation, "grace": grace},
        changes={"agency": [None, agency], "until": [None, until]},
    )
    return grace


def _consultation(step: workflow.Step) -> Consultation:
    assert step.at.consultation is not None  # the table lets no such step begin without one
    return step.at.consultation
