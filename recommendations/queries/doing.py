"""What a reader can do with a recommendation now, the next thing first; and what not, and why."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from isecg.access import Allowed, Decision, Sentence, standing
from recommendations import workflow
from recommendations.models import Recommendation, State
from recommendations.moments import NotNow
from recommendations.permissions import texts as permissions
from recommendations.permissions.dispositions import can_explain
from recommendations.queries import public
from recommendations.queries.dispositions import undecided
from recommendations.queries.promises import unexplained
from recommendations.queries.responses import can_answer
from recommendations.queries.steps import effect_of
from recommendations.queries.texts import still_written

# Which of the steps that can be taken comes next; the others follow in the order of the table.
NEXT = (
    "approve",
    "promises",
    "issue",
    "conclude",
    "dispose",
    "start_silence",
    "circulate",
    "revise",
    "write",
)
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


class Refused(NamedTuple):
    """A step that cannot be taken, why, and what this reader can do instead."""

    words: Sentence
    reason: Sentence
    instead: Button | None = None


@dataclass(frozen=True)
class Doing:
    """The next step, or what it waits for; the others; and those that cannot be taken."""

    first: Button | None = None
    others: list[Button] = field(default_factory=list)
    denied: list[Refused] = field(default_factory=list)
    waits: Refused | None = None

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


Possible = dict[str, tuple[Sentence, Decision]]


def _possible(recommendation: Recommendation, reader: Any, now: dt.datetime) -> Possible:
    """Verb to (words, decision): working on the text, the steps of the table, and what goes with them."""
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
    return {**texts, **steps, **_beside(recommendation, reader, now)}


def _beside(recommendation: Recommendation, reader: Any, now: dt.datetime) -> Possible:
    """What is no step: explaining the promise check before the issue, answering after it."""
    if recommendation.is_public(now):
        return {"respond": (_("Answer for your agency"), can_answer(reader, recommendation, now))}
    may = recommendation.state == State.AGREED and can_explain(reader, recommendation)
    if may and unexplained(recommendation):
        return {"promises": (_("Explain what the promise check found"), Allowed())}
    return {}


def _sorted(recommendation: Recommendation, possible: Possible) -> Doing:
    buttons = {
        verb: Button(verb, words, _page(verb, recommendation), "danger" if verb in DANGER else "")
        for verb, (words, decision) in possible.items()
        if decision
    }
    writing = NEXT if recommendation.state == State.DRAFTING else NEXT[:-1]  # not while agencies read it
    first = next((buttons.pop(verb) for verb in writing if verb in buttons), None)
    denied = {
        verb: Refused(words, decision.reason, _instead(recommendation, decision, possible))
        for verb, (words, decision) in possible.items()
        if not decision
    }
    late = [verb for verb in writing if verb in denied and isinstance(possible[verb][1], NotNow)]
    waits = denied[late[0]] if late and not first else None
    return Doing(first, list(buttons.values()), list(denied.values()), waits)


def _instead(recommendation: Recommendation, decision: Decision, possible: Possible) -> Button | None:
    """The way out of a refusal, where it is open to this reader."""
    words, name = getattr(decision, "instead", None) or ("", "")
    shut = name in possible and not possible[name][1]
    if not name or shut or name in HOLDING:
        return None
    return Button(name, words, public.page(name, recommendation))


def _page(verb: str, recommendation: Recommendation) -> str:
    return public.page(PAGES.get(verb, verb), recommendation)
