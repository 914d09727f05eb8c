"""The life of a recommendation as a line of steps: from the draft to what was issued."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from isecg.access import Sentence
from recommendations.models import Outcome, Recommendation, State
from recommendations.queries import public

DONE, NOW, AHEAD, LEFT_OUT = "done", "now", "ahead", "left-out"


@dataclass(frozen=True)
class Step:
    """A step of the line: `stands` is done, now, ahead or left-out."""

    words: Sentence
    stands: str
    at: dt.datetime | None = None
    note: Sentence = ""


ORDER = [State.DRAFTING, State.IN_CONSULTATION, State.UNDER_SILENCE, State.AGREED, State.ISSUED]
WORDS: dict[State, Sentence] = {
    State.DRAFTING: _("Drafting"),
    State.IN_CONSULTATION: _("Consultation"),
    State.UNDER_SILENCE: _("Silence"),
    State.AGREED: _("Agreed"),
    State.ISSUED: _("Issued"),
}


def life(recommendation: Recommendation, status: public.Status, now: dt.datetime) -> list[Step]:
    """The five steps as they stand for the reader to whom `status` was told; reads what was prefetched."""
    at, notes = _instants(recommendation, now), _notes(recommendation, now)
    place = _place(status)
    return [
        Step(WORDS[state], _stands(index, place, status, state in at), at.get(state), notes.get(state, ""))
        for index, state in enumerate(ORDER)
    ]


def _place(status: public.Status) -> int:
    """Which step it is at; what has ended after issue has all steps behind it."""
    if status.state in ORDER:
        return ORDER.index(status.state)
    return -1 if status.state == State.ABANDONED else len(ORDER)


def _stands(index: int, place: int, status: public.Status, begun: bool) -> str:
    """A text that is drafted further after a consultation has that behind it: silence may come next."""
    if place < 0:
        return LEFT_OUT
    if begun and index > place == ORDER.index(State.DRAFTING) and ORDER[index] == State.IN_CONSULTATION:
        return DONE
    if index == place:
        return DONE if status.state == State.ISSUED and status.kind == "good" else NOW
    return DONE if index < place else AHEAD


def _instants(recommendation: Recommendation, now: dt.datetime) -> dict[State, dt.datetime]:
    """When each step began, as far as it has begun by `now`."""
    asked, silence = public.consultation_of(recommendation), public.silence_of(recommendation)
    agreed = silence and silence.concluded_as == Outcome.AGREED
    found = {
        State.DRAFTING: recommendation.drafted_at,
        State.IN_CONSULTATION: asked.opens_at if asked else None,
        State.UNDER_SILENCE: silence.starts_at if silence else None,
        State.AGREED: silence.concluded_at if silence and agreed else None,
        State.ISSUED: recommendation.issued_at,
    }
    return {state: at for state, at in found.items() if at and at <= now}


def _notes(recommendation: Recommendation, now: dt.datetime) -> dict[State, Sentence]:
    """Where somebody might wonder: a silence that was broken."""
    silence = public.silence_of(recommendation)
    if silence and silence.outcome(now) == Outcome.BROKEN:
        return {State.UNDER_SILENCE: _("broken by an objection")}
    return {}
