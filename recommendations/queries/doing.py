"""What a reader can do with a recommendation now, the next thing first; and what not, and why."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from isecg.access import Sentence, standing
from recommendations import workflow
from recommendations.models import Recommendation, State
from recommendations.permissions import texts as permissions
from recommendations.queries import public
from recommendations.queries.dispositions import undecided
from recommendations.queries.steps import effect_of
from recommendations.queries.texts import still_written

# Which of the steps that can be taken comes next; the others follow in the order of the table.
NEXT = ("approve", "issue", "conclude", "dispose", "start_silence", "circulate", "revise", "write")
DANGER = {"abandon", "withdraw", "object"}
HOLDING = ("recall", "send_now")
PAGES = {"dispose": "comments"}


@dataclass(frozen=True)
class Button:
    """A step that can be taken, and where."""

    verb: str
    words: Sentence
    address: str
    kind: str = ""


@dataclass(frozen=True)
class Doing:
    """The next step, the others, and those that cannot be taken (words, reason)."""

    first: Button | None = None
    others: list[Button] = field(default_factory=list)
    denied: list[tuple[Sentence, Sentence]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.first or self.others or self.denied)


def doing(recommendation: Recommendation, reader: Any, now: dt.datetime) -> Doing:
    """For who has a role: nobody else has anything to do. A fixed number of queries."""
    own = standing(reader)
    if not (own.secretariat or own.chairs or own.reads_for):
        return Doing()
    until = effect_of(recommendation)
    if until and until > now and not public.knows_held(reader):
        return Doing()  # what is refused would tell of the step that nobody knows of yet
    return _sorted(recommendation, _possible(recommendation, reader, now))


def _possible(recommendation: Recommendation, reader: Any, now: dt.datetime) -> dict[str, tuple[Any, Any]]:
    """Verb to (words, decision): the steps of the table, and working on the text."""
    written = still_written(recommendation)
    texts = {
        "write": (_("Write the text"), permissions.can_write(reader, recommendation) and written),
        "edit": (
            _("Edit title, summary, addressees"),
            permissions.can_edit(reader, recommendation) and written,
        ),
    }
    options = workflow.options(recommendation, reader, now)
    steps = {verb: (option.action.words, option.decision) for verb, option in options.items()}
    for verb in HOLDING:  # `held.html` shows them, with the instant they end at
        del steps[verb]
    if steps["dispose"][1] and not undecided(recommendation).exists():
        del steps["dispose"]  # there is nothing to decide
    return {**texts, **steps}


def _sorted(recommendation: Recommendation, possible: dict[str, tuple[Any, Any]]) -> Doing:
    buttons = {
        verb: Button(verb, words, _page(verb, recommendation), "danger" if verb in DANGER else "")
        for verb, (words, decision) in possible.items()
        if decision
    }
    writing = NEXT if recommendation.state == State.DRAFTING else NEXT[:-1]  # not while agencies read it
    first = next((buttons.pop(verb) for verb in writing if verb in buttons), None)
    denied = [(words, decision.reason) for words, decision in possible.values() if not decision]
    return Doing(first, list(buttons.values()), denied)


def _page(verb: str, recommendation: Recommendation) -> str:
    return public.page(PAGES.get(verb, verb), recommendation)
