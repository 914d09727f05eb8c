"""The states of a recommendation, as one table, and the one door through which its state moves.

`recommendations/workflow.md` is printed from the table; `make check` compares them.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from isecg.access import Decision, Denied, Sentence, WrongMoment, require
from isecg.audit.services import record
from isecg.clock import clock
from isecg.mail.services import post
from isecg.workflow import Printed
from isecg.workflow import diagram as printed
from members.models import acting
from recommendations import moments
from recommendations.models import Recommendation, State
from recommendations.permissions import steps as permissions
from recommendations.queries import audiences
from recommendations.situation import Situation

DRAFTING, IN_CONSULTATION, UNDER_SILENCE = State.DRAFTING, State.IN_CONSULTATION, State.UNDER_SILENCE
AGREED, ISSUED = State.AGREED, State.ISSUED


@dataclass(frozen=True)
class Action:
    """One row of the table. `verb` is its one word: permission, service, address, template, event.

    `moves` says from which state it leads to which, to none where the state stays; the first is taken unless
    the service chooses. `moment` is asked in these states only; in every other the refusal is `otherwise`.
    """

    verb: str
    words: Promise
    moves: Mapping[State | None, tuple[State, ...]]
    may: Callable[..., Decision]
    otherwise: Promise
    moment: moments.Moment = moments.always
    mail: str = ""  # templates/mail/<mail>/
    audience: audiences.Audience = audiences.nobody

    @property
    def before(self) -> tuple[State, ...]:
        """The states in which it can be taken; none for what makes the recommendation."""
        return tuple(state for state in self.moves if state is not None)


TABLE = (
    Action(
        verb="draft",
        words=_("Draft a recommendation"),
        moves={None: (DRAFTING,)},
        may=permissions.can_draft,
        otherwise=_("It is drafted already."),
    ),
    Action(
        verb="revise",
        words=_("Make a revision"),
        moves={DRAFTING: (DRAFTING,), IN_CONSULTATION: (DRAFTING,)},
        may=permissions.can_revise,
        moment=moments.revise,
        otherwise=_("The text can no longer be revised."),
    ),
    Action(
        verb="circulate",
        words=_("Circulate"),
        moves={DRAFTING: (IN_CONSULTATION,)},
        may=permissions.can_circulate,
        moment=moments.circulate,
        otherwise=_("Only a draft can be circulated."),
        mail="circulated",
        audience=audiences.asked,
    ),
    Action(
        verb="extend",
        words=_("Extend the consultation"),
        moves={IN_CONSULTATION: ()},
        may=permissions.can_extend,
        moment=moments.while_open,
        otherwise=_("There is no open consultation."),
        mail="extended",
        audience=audiences.asked_and_readers,
    ),
    Action(
        verb="close",
        words=_("Close the consultation early"),
        moves={IN_CONSULTATION: ()},
        may=permissions.can_close,
        moment=moments.while_open,
        otherwise=_("There is no open consultation."),
        mail="closed",
        audience=audiences.asked_and_readers,
    ),
    Action(
        verb="accept_late",
        words=_("Accept late comments"),
        moves={IN_CONSULTATION: ()},
        may=permissions.can_accept_late,
        moment=moments.when_over,
        otherwise=_("Late comments are accepted until the text goes on."),
        mail="late_accepted",
        audience=audiences.writers,
    ),
    Action(
        verb="dispose",
        words=_("Decide on comments"),
        moves={IN_CONSULTATION: (), DRAFTING: ()},
        may=permissions.can_dispose,
        moment=moments.dispose,
        otherwise=_("Comments are decided before a text goes under silence."),
    ),
    Action(
        verb="start_silence",
        words=_("Start the silence procedure"),
        moves={DRAFTING: (UNDER_SILENCE,), IN_CONSULTATION: (UNDER_SILENCE,)},
        may=permissions.can_start_silence,
        moment=moments.start_silence,
        otherwise=_("Only a draft whose consultation is over can be put under silence."),
        mail="silence_started",
        audience=audiences.writers,
    ),
    Action(
        verb="object",
        words=_("Object"),
        moves={UNDER_SILENCE: ()},
        may=permissions.can_object,
        moment=moments.object_to,
        otherwise=_("No silence procedure is running."),
        mail="objected",
        audience=audiences.asked_and_secretariat,
    ),
    Action(
        verb="withdraw_objection",
        words=_("Withdraw the objection"),
        moves={UNDER_SILENCE: ()},
        may=permissions.can_withdraw_objection,
        moment=moments.withdraw_objection,
        otherwise=_("No silence procedure is running."),
        mail="objection_withdrawn",
        audience=audiences.asked_and_secretariat,
    ),
    Action(
        verb="state_position",
        words=_("State your agency's position"),
        moves={UNDER_SILENCE: ()},
        may=permissions.can_state_position,
        moment=moments.state_position,
        otherwise=_("Positions are stated while a silence procedure runs."),
    ),
    Action(
        verb="conclude",
        words=_("Conclude the silence procedure"),
        moves={UNDER_SILENCE: (AGREED, DRAFTING)},
        may=permissions.can_conclude,
        moment=moments.conclude,
        otherwise=_("There is no silence procedure to conclude."),
        mail="concluded",
        audience=audiences.asked_and_secretariat,
    ),
    Action(
        verb="approve",
        words=_("Approve"),
        moves={AGREED: ()},
        may=permissions.can_approve,
        moment=moments.approve,
        otherwise=_("Only an agreed text can be approved."),
        mail="approved",
        audience=audiences.secretariat,
    ),
    Action(
        verb="issue",
        words=_("Issue"),
        moves={AGREED: (ISSUED,)},
        may=permissions.can_issue,
        moment=moments.issue,
        otherwise=_("Only an agreed and approved text can be issued."),
        mail="recommendation_issued",
        audience=audiences.everyone,
    ),
    Action(
        verb="recall",
        words=_("Recall"),
        moves={IN_CONSULTATION: (DRAFTING,), UNDER_SILENCE: (DRAFTING,), ISSUED: (AGREED,)},
        may=permissions.can_recall,
        moment=moments.while_held,
        otherwise=_("There is nothing to recall."),
    ),
    Action(
        verb="send_now",
        words=_("Do not wait"),
        moves={IN_CONSULTATION: (), UNDER_SILENCE: (), ISSUED: ()},
        may=permissions.can_send_now,
        moment=moments.while_held,
        otherwise=_("There is nothing that waits."),
    ),
    Action(
        verb="supersede",
        words=_("Mark as superseded"),
        moves={ISSUED: (State.SUPERSEDED,)},
        may=permissions.can_supersede,
        moment=moments.unless_held,
        otherwise=_("Only an issued recommendation can be superseded."),
        mail="recommendation_superseded",
        audience=audiences.everyone,
    ),
    Action(
        verb="withdraw",
        words=_("Withdraw"),
        moves={ISSUED: (State.WITHDRAWN,)},
        may=permissions.can_withdraw,
        moment=moments.unless_held,
        otherwise=_("Only an issued recommendation can be withdrawn."),
        mail="recommendation_withdrawn",
        audience=audiences.everyone,
    ),
    Action(
        verb="abandon",
        words=_("Abandon"),
        moves={
            DRAFTING: (State.ABANDONED,),
            IN_CONSULTATION: (State.ABANDONED,),
            UNDER_SILENCE: (State.ABANDONED,),
            AGREED: (State.ABANDONED,),
        },
        may=permissions.can_abandon,
        moment=moments.unless_held,
        otherwise=_("What was issued can be withdrawn, not abandoned."),
        mail="abandoned",
        audience=audiences.asked_and_readers,
    ),
)
ACTIONS = {row.verb: row for row in TABLE}


@dataclass(frozen=True)
class Option:
    """An action, and whether this person can take it now; if not, `decision.reason` says why."""

    action: Action
    decision: Decision


def options(rec: Recommendation, member: Any, now: dt.datetime | None = None) -> dict[str, Option]:
    """For each action on this recommendation whether `member` may take it now: the answer `begin` gives."""
    at = Situation(rec, now or clock())
    return {row.verb: Option(row, row.may(member, rec) and moment(row, at, member)) for row in TABLE[1:]}


def moment(row: Action, at: Situation, by: Any) -> Decision:
    """Whether it is the moment for the action."""
    return row.moment(at, by) if at.rec.state in row.before else Denied(row.otherwise)


@dataclass(frozen=True)
class Step:
    """A step that may be taken: the recommendation is locked, the person asked, the moment right.

    `by` has the rights of `now`, which was read after the lock: of two people who press at one instant, the
    second is judged by what the first one did.
    """

    row: Action
    by: Any
    at: Situation

    @property
    def rec(self) -> Recommendation:
        return self.at.rec

    @property
    def now(self) -> dt.datetime:
        return self.at.now

    def take(
        self,
        *,
        to: State | None = None,
        why: str = "",
        on_behalf_of: str = "",
        changes: dict[str, list[Any]] | None = None,
        whom: dict[str, Any] | None = None,
        not_before: dt.datetime | None = None,
        told: dict[str, Any] | None = None,
        **fields: Any,
    ) -> Recommendation:
        """Set the state and `fields`, write the event, queue the mails; returns the recommendation.

        `to` chooses where the table's row leaves a choice. `changes` are those of other rows, for the event;
        `whom` goes to the row's audience, `told` to its mail, which is kept back until `not_before`.
        """
        to_whom = list(self.row.audience(self.rec, self.now, **(whom or {})))  # of the state it leaves
        changed = _set(self.rec, {**fields, "state": self._state(to)})
        record(
            by=self.by,
            verb=self.row.verb,
            what=self.rec,
            on_behalf_of=on_behalf_of,
            why=why,
            changes={**changed, **(changes or {})},
        )
        if self.row.mail:
            post(self.row.mail, to=to_whom, about=self.rec, not_before=not_before, why=why, **(told or {}))
        return self.rec

    def _state(self, to: State | None) -> str:
        possible = self.row.moves[State(self.rec.state)]
        if to is not None and to not in possible:
            raise ValueError(f"{self.row.verb} does not lead from {self.rec.state} to {to}")
        return to or next(iter(possible), self.rec.state)


def begin(rec: Recommendation, verb: str, *, by: Any, now: dt.datetime | None = None) -> Step:
    """Lock the recommendation and ask whether `by` may take the step now. Call inside a transaction.

    Raises PermissionDenied for the wrong person, WrongMoment at the wrong moment.
    """
    row = ACTIONS[verb]
    current, now = lock(rec, now)
    step = Step(row, acting(by, now), Situation(current, now))
    require(row.may(step.by, current))
    if not (decision := moment(row, step.at, step.by)):
        raise WrongMoment(decision.reason, way_out(current, decision))
    return step


def lock(rec: Recommendation, now: dt.datetime | None = None) -> tuple[Recommendation, dt.datetime]:
    """The recommendation, locked against every step, and the instant read after the lock.

    Whatever depends on where it stands takes this lock first, before any other. Call inside a transaction.
    """
    current = Recommendation.objects.select_for_update(no_key=True).get(pk=rec.pk)
    return current, now or clock()


@transaction.atomic
def move(
    rec: Recommendation, verb: str, *, by: Any, now: dt.datetime | None = None, **taking: Any
) -> Recommendation:
    """Begin the step `verb` and take it (`Step.take` says what it takes). Returns the recommendation, moved.

    Raises PermissionDenied, WrongMoment.
    """
    return begin(rec, verb, by=by, now=now).take(**taking)


def way_out(rec: Recommendation, decision: Decision) -> tuple[Sentence, Any]:
    """(words, address) of what can be done instead."""
    words, name = getattr(decision, "instead", None) or (_("To the recommendation"), "detail")
    return words, reverse_lazy(f"recommendations:{name}", args=[rec.number])


def _set(rec: Recommendation, fields: dict[str, Any]) -> dict[str, list[Any]]:
    """The state is no edit of a form: the version stays, so that open forms are not refused for it."""
    changes = {
        name: [getattr(rec, name), value] for name, value in fields.items() if getattr(rec, name) != value
    }
    for name, (_old, value) in changes.items():
        setattr(rec, name, value)
    if changes:
        rec.save(update_fields=list(changes))
    return changes


def diagram() -> str:
    """The table as a page with a picture, for `recommendations/workflow.md`."""
    rows = [Printed(row.verb, row.moves, row.may.__name__, row.audience.__name__, row.mail) for row in TABLE]
    return printed("How a recommendation moves", "recommendations/workflow.py", rows)
