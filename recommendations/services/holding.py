"""The minutes between the press and its effect: a step is recalled whole, or ends its wait."""

import datetime as dt
from typing import Any

from django.db import transaction

from isecg.mail import services as mail
from recommendations import workflow
from recommendations.models import Recommendation, State
from recommendations.services.issues import freeze
from recommendations.services.prints import want_issued

# The mails of the step that led to a state: kept back as long as the step is held.
MAILS = {
    State.IN_CONSULTATION: "circulated",
    State.UNDER_SILENCE: "silence_started",
    State.ISSUED: "recommendation_issued",
}


@transaction.atomic
def recall(recommendation: Recommendation, *, by: Any, now: dt.datetime | None = None) -> Recommendation:
    """Take a held step back whole: its mails are abandoned, nobody is told.

    Raises PermissionDenied, WrongMoment (it has taken effect).
    """
    step = workflow.begin(recommendation, "recall", by=by, now=now)
    mail.recall(step.rec, kind=MAILS[State(step.rec.state)], due=_effect(step))
    if step.rec.state == State.ISSUED:
        return step.take(issued_at=None, issued_revision=None)
    if step.rec.state == State.IN_CONSULTATION:
        _keep(step.at.consultation, recalled_at=step.now)
    else:
        _keep(step.at.silence, recalled_at=step.now)
    return step.take()


@transaction.atomic
def send_now(recommendation: Recommendation, *, by: Any, now: dt.datetime | None = None) -> Recommendation:
    """End the wait of a held step: it takes effect, and its mails go out.

    What is issued is frozen anew, as of this instant. Raises PermissionDenied, WrongMoment (it has taken
    effect).
    """
    step = workflow.begin(recommendation, "send_now", by=by, now=now)
    effect = _effect(step)
    mail.release(step.rec, kind=MAILS[State(step.rec.state)], due=effect, now=step.now)
    changes = {"effect": [effect, step.now]}
    if step.rec.state == State.ISSUED:
        issued = step.take(changes=changes, issued_at=freeze(step, at=step.now).at)
        want_issued(issued)  # its PDFs say the instant
        return issued
    if step.rec.state == State.IN_CONSULTATION:
        _keep(step.at.consultation, opens_at=step.now)
    else:
        _keep(step.at.silence, starts_at=step.now)
    return step.take(changes=changes)


def _keep(row: Any, **fields: dt.datetime) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))


def _effect(step: workflow.Step) -> dt.datetime:
    assert step.at.effect is not None  # the table lets nothing else begin
    return step.at.effect
