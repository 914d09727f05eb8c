"""The minutes between the press and its effect: a step is recalled whole, or ends its wait."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import transaction

from isecg.mail import services as mail
from recommendations import workflow
from recommendations.models import Recommendation, State
from recommendations.queries.steps import consultation_of, effect_of, silence_of

# The step that brought a recommendation into its state: its mails, and where it goes back to.
MAILS = {
    State.IN_CONSULTATION: "circulated",
    State.UNDER_SILENCE: "silence_started",
    State.ISSUED: "recommendation_issued",
}
BACK = {
    State.IN_CONSULTATION: State.DRAFTING,
    State.UNDER_SILENCE: State.DRAFTING,
    State.ISSUED: State.AGREED,
}


def held_for(hold: dt.timedelta | None) -> dt.timedelta:
    """How long a step waits: `hold`, or what the installation says."""
    return settings.HOLD if hold is None else hold


@transaction.atomic
def recall(recommendation: Recommendation, *, by: Any, now: dt.datetime | None = None) -> Recommendation:
    """Take a held step back whole: its mails are abandoned, nobody is told. Raises PermissionDenied,
    WrongMoment (it has taken effect)."""
    step = workflow.begin(recommendation, "recall", by=by, now=now)
    state, effect = State(step.rec.state), _effect(step.rec)
    mail.recall(step.rec, kind=MAILS[state], due=effect)
    fields: dict[str, Any] = {}
    if state == State.ISSUED:
        fields = {"issued_at": None, "issued_revision": None}
    else:
        held = _held(step.rec)
        held.recalled_at = step.now
        held.save(update_fields=["recalled_at"])
    return step.take(to=BACK[state], **fields)


@transaction.atomic
def send_now(recommendation: Recommendation, *, by: Any, now: dt.datetime | None = None) -> Recommendation:
    """End the wait of a held step: it takes effect, and its mails go out. Raises PermissionDenied,
    WrongMoment (it has taken effect)."""
    step = workflow.begin(recommendation, "send_now", by=by, now=now)
    state, effect = State(step.rec.state), _effect(step.rec)
    mail.release(step.rec, kind=MAILS[state], due=effect, now=step.now)
    fields: dict[str, Any] = {}
    if state == State.ISSUED:
        fields = {"issued_at": step.now}
    elif state == State.UNDER_SILENCE:
        _begins(_held(step.rec), "starts_at", step.now)
    else:
        _begins(_held(step.rec), "opens_at", step.now)
    return step.take(changes={"effect": [effect, step.now]}, **fields)


def _begins(held: Any, field: str, now: dt.datetime) -> None:
    setattr(held, field, now)
    held.save(update_fields=[field])


def _held(rec: Recommendation) -> Any:
    """What is being held: the consultation or the silence procedure."""
    return consultation_of(rec) if rec.state == State.IN_CONSULTATION else silence_of(rec)


def _effect(rec: Recommendation) -> dt.datetime:
    effect = effect_of(rec)
    assert effect is not None  # the table lets nothing else be recalled
    return effect
