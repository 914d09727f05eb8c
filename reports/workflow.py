"""The states of an annual report, as one table, and the one door through which its state moves.

`reports/workflow.md` is printed from the table; `make check` compares them.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from isecg.access import Allowed, Decision, Denied, Sentence, WrongMoment, require, standing
from isecg.audit.services import record
from isecg.clock import clock
from isecg.deadlines import utc
from isecg.mail.services import post
from isecg.workflow import Printed
from isecg.workflow import diagram as printed
from members.models import acting
from recommendations.queries.audiences import Members
from reports import permissions
from reports.models import PUBLIC, AnnualReport, State
from reports.queries import audiences

OPEN, COLLECTING, EDITING = State.OPEN, State.COLLECTING, State.EDITING
CONFIRMING, APPROVED = State.CONFIRMING, State.APPROVED
PUBLISHED, CORRECTED, WITHDRAWN = State.PUBLISHED, State.CORRECTED, State.WITHDRAWN

AT_ONCE = dt.timedelta()
NOT_HELD: dict[str, Any] = {"state_before": "", "held_until": None}
NOT_WITHDRAWN: dict[str, Any] = {"withdrawn_at": None, "withdrawal_reason": ""}

Moment = Callable[[AnnualReport, dt.datetime], Decision]


def always(report: AnnualReport, now: dt.datetime) -> Decision:
    """Whenever the report is in one of the states."""
    return Allowed()


def while_held(report: AnnualReport, now: dt.datetime) -> Decision:
    """Until the last step takes effect; that instant itself is too late."""
    return Allowed() if report.is_held(now) else Denied(_("It is too late: the step has taken effect."))


def unless_held(report: AnnualReport, now: dt.datetime) -> Decision:
    """What readers do not know of yet is recalled before anything else is done about it."""
    if report.held_until is None or not report.is_held(now):
        return Allowed()
    sentence = gettext("The last step takes effect on %(instant)s; recall it first.")
    return Denied(sentence % {"instant": utc(report.held_until)})


def while_read(report: AnnualReport, now: dt.datetime) -> Decision:
    """As long as readers see an edition, also while a correction of it is held; without one there is nothing
    to take from them."""
    return Allowed() if report.state_at(now) in PUBLIC else unless_held(report, now)


@dataclass(frozen=True)
class Action:
    """One row of the table. `verb` is its one word: permission, service, address, template, event.

    `moves` says from which state it leads to which, to none where the state stays; the first is taken unless
    the service chooses. `moment` is asked in these states only; in every other the refusal is `otherwise`.
    """

    verb: str
    words: Promise
    moves: Mapping[State, tuple[State, ...]]
    may: Callable[[Any, AnnualReport], Decision]
    otherwise: Promise
    moment: Moment = always
    mail: str = ""  # templates/mail/<mail>/
    audience: Callable[[AnnualReport, dt.datetime], Members] = audiences.nobody

    @property
    def before(self) -> tuple[State, ...]:
        """The states in which it can be taken."""
        return tuple(self.moves)


TABLE = (
    Action(
        verb="collect",
        words=_("Begin collecting"),
        moves={OPEN: (COLLECTING,)},
        may=permissions.can_collect,
        otherwise=_("Collecting begins once, after the year was opened."),
        mail="report_collecting",
        audience=audiences.asked,
    ),
    Action(
        verb="edit_texts",
        words=_("End the collecting and edit"),
        moves={COLLECTING: (EDITING,)},
        may=permissions.can_edit_texts,
        otherwise=_("Only a collecting that is going on can be ended."),
    ),
    Action(
        verb="collect_again",
        words=_("Collect again"),
        moves={EDITING: (COLLECTING,)},
        may=permissions.can_collect_again,
        otherwise=_("Only a report that is being edited goes back to collecting."),
        mail="report_collecting_again",
        audience=audiences.asked,
    ),
    Action(
        verb="ask_to_confirm",
        words=_("Ask the agencies to confirm"),
        moves={EDITING: (CONFIRMING,)},
        may=permissions.can_ask_to_confirm,
        otherwise=_("Agencies are asked to confirm while their texts are being edited."),
        mail="report_confirming",
        audience=audiences.asked_to_confirm,
    ),
    Action(
        verb="edit_again",
        words=_("Send back to editing"),
        moves={CONFIRMING: (EDITING,), APPROVED: (EDITING,)},
        may=permissions.can_edit_again,
        otherwise=_("Only a draft that goes round, or was approved and not published, goes back to editing."),
        mail="report_editing_again",
        audience=audiences.asked_to_confirm_and_secretariat,
    ),
    Action(
        verb="approve",
        words=_("Approve"),
        moves={CONFIRMING: (APPROVED,)},
        may=permissions.can_approve,
        otherwise=_("Only a draft that goes round for confirming can be approved."),
        mail="report_approved",
        audience=audiences.secretariat,
    ),
    Action(
        verb="publish",
        words=_("Publish"),
        moves={APPROVED: (PUBLISHED,)},
        may=permissions.can_publish,
        otherwise=_("Only a report that the chair has approved is published; later it is corrected."),
        mail="report_published",
        audience=audiences.heads_and_alternates,
    ),
    Action(
        verb="correct",
        words=_("Publish a correction"),
        moves=dict.fromkeys((PUBLISHED, CORRECTED, WITHDRAWN), (CORRECTED,)),
        may=permissions.can_correct,
        otherwise=_("Only a report that was published can be corrected."),
        moment=unless_held,
        mail="report_corrected",
        audience=audiences.heads_and_alternates,
    ),
    Action(
        verb="recall",
        words=_("Recall"),
        moves={PUBLISHED: (APPROVED,), CORRECTED: (PUBLISHED, CORRECTED, WITHDRAWN)},
        may=permissions.can_recall,
        otherwise=_("There is nothing to recall."),
        moment=while_held,
    ),
    Action(
        verb="send_now",
        words=_("Do not wait"),
        moves={PUBLISHED: (), CORRECTED: ()},
        may=permissions.can_send_now,
        otherwise=_("There is nothing that waits."),
        moment=while_held,
    ),
    Action(
        verb="withdraw",
        words=_("Withdraw"),
        moves={PUBLISHED: (WITHDRAWN,), CORRECTED: (WITHDRAWN,)},
        may=permissions.can_withdraw,
        otherwise=_("Only a published report can be withdrawn."),
        moment=while_read,
        mail="report_withdrawn",
        audience=audiences.heads_and_alternates,
    ),
)
ACTIONS = {row.verb: row for row in TABLE}


@dataclass(frozen=True)
class Option:
    """An action, and whether this person can take it now; if not, `decision.reason` says why."""

    action: Action
    decision: Decision


def options(report: AnnualReport, member: Any, now: dt.datetime | None = None) -> dict[str, Option]:
    """For each action whether `member` may do it to `report` now: the same answer as `begin` gives."""
    now = now or clock()
    return {row.verb: Option(row, row.may(member, report) and moment(row, report, now)) for row in TABLE}


def moment(row: Action, report: AnnualReport, now: dt.datetime) -> Decision:
    """Whether it is the moment for the action."""
    return row.moment(report, now) if report.state in row.before else Denied(row.otherwise)


@dataclass(frozen=True)
class Step:
    """A step that may be taken: the report is locked, the person asked, the state right.

    `by` has the rights of `now`, which was read after the lock: of two people who press at one instant, the
    second is judged by what the first one did.
    """

    row: Action
    by: Any
    report: AnnualReport
    now: dt.datetime

    def take(
        self,
        *,
        to: State | None = None,
        why: str = "",
        hold: dt.timedelta = AT_ONCE,
        told: dict[str, Any] | None = None,
        **fields: Any,
    ) -> AnnualReport:
        """Set the state and `fields`, write the event, queue the mails; returns the report, moved.

        `to` chooses where the table's row leaves a choice. `told` goes to the row's mail, with `why`. With
        `hold` the step is held: for others the report stays in the state before, and its mails are kept back,
        until then.
        """
        moved = {**fields, "state": self._state(to)}
        held = {"state_before": self.report.state, "held_until": self.now + hold} if hold else NOT_HELD
        kept = WITHDRAWN in (moved["state"], held["state_before"])
        changed = _set(self.report, {**moved, **held, **({} if kept else NOT_WITHDRAWN)})
        record(by=self.by, verb=self.row.verb, what=self.report, why=why, changes=changed)
        if self.row.mail:
            self._tell(why, told or {})
        return self.report

    def _tell(self, why: str, told: dict[str, Any]) -> None:
        """Each mail leads to the pages of the reader's own agencies, as far as they are asked."""
        later, own = self.report.held_until, audiences.parts_by_member(self.report, self.now)
        for person in self.row.audience(self.report, self.now):
            named = {"parts": own.get(person.pk, []), "why": why, **told}
            post(self.row.mail, to=[person], about=self.report, not_before=later, **named)

    def _state(self, to: State | None) -> str:
        possible = self.row.moves[State(self.report.state)]
        if to is not None and to not in possible:
            raise ValueError(f"{self.row.verb} does not lead from {self.report.state} to {to}")
        return to or next(iter(possible), self.report.state)


def begin(report: AnnualReport, verb: str, *, by: Any, now: dt.datetime | None = None) -> Step:
    """Lock the report and ask whether `by` may take the step now. Call inside a transaction.

    Raises PermissionDenied for the wrong person, WrongMoment in the wrong state.
    """
    row = ACTIONS[verb]
    current = AnnualReport.objects.select_for_update(no_key=True).get(pk=report.pk)
    now = now or clock()
    person = acting(by, now)
    require(row.may(person, current))
    if not (decision := moment(row, current, now)):
        raise WrongMoment(decision.reason, way_out(current, person))
    return Step(row, person, current, now)


@transaction.atomic
def move(
    report: AnnualReport, verb: str, *, by: Any, now: dt.datetime | None = None, **taking: Any
) -> AnnualReport:
    """Begin the step `verb` and take it (`Step.take` says what it takes). Returns the report, moved.

    Raises PermissionDenied, WrongMoment.
    """
    return begin(report, verb, by=by, now=now).take(**taking)


def way_out(report: AnnualReport, reader: Any) -> tuple[Sentence, str]:
    """(words, address) of what can be done instead: where this person sees how the report stands."""
    if standing(reader).secretariat:
        return _("To the workshop"), reverse("reports:workshop", args=[report.year])
    if report.is_public:
        return _("To the report"), report.get_absolute_url()
    return _("To your desk"), reverse("desk")


def _set(report: AnnualReport, fields: dict[str, Any]) -> dict[str, list[Any]]:
    """The state is no edit of a form: the version stays, so that open forms are not refused for it."""
    changes = {
        name: [getattr(report, name), value]
        for name, value in fields.items()
        if getattr(report, name) != value
    }
    for name, (_old, value) in changes.items():
        setattr(report, name, value)
    if changes:
        report.save(update_fields=list(changes))
    return changes


def diagram() -> str:
    """The table as a page with a picture, for `reports/workflow.md`."""
    opened = Printed("open_report", {None: (State.OPEN,)}, permissions.can_open_report.__name__)
    return printed("How an annual report moves", "reports/workflow.py", [opened, *map(_printed, TABLE)])


def _printed(row: Action) -> Printed:
    return Printed(row.verb, row.moves, row.may.__name__, row.audience.__name__, row.mail)
