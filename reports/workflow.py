"""The states of an annual report, as one table, and the one door through which its state moves.

`reports/workflow.md` is printed from the table; `make check` compares them.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from isecg.access import Allowed, Decision, Denied, WrongMoment, require
from isecg.audit.services import record
from isecg.mail.services import post
from isecg.workflow import Printed
from isecg.workflow import diagram as printed
from members.models import Member
from reports import permissions
from reports.models import PUBLIC, AnnualReport, State
from reports.queries import heads_and_alternates



@dataclass(frozen=True)
class Action:
    """One row of the table. `verb` is its one word: in the event log, the address, the permission."""

    verb: str
    words: Promise
    before: tuple[State, ...]
    after: State
    may: Callable[[Any, AnnualReport], Decision]
    mail: str  # templates/mail/<mail>/
    audience: Callable[[dt.date], Iterable[Member]]
    otherwise: Promise | str = ""  # why not, in every other state


TABLE = (
    Action(
        verb="publish",
        words=_("Publish"),
        before=(State.OPEN, *PUBLIC, State.WITHDRAWN),
        after=State.PUBLISHED,
        may=permissions.can_publish,
        mail="report_published",
        audience=heads_and_alternates,
    ),
    Action(
        verb="withdraw",
        words=_("Withdraw"),
        before=PUBLIC,
        after=State.WITHDRAWN,
        may=permissions.can_withdraw,
        mail="report_withdrawn",
        audience=heads_and_alternates,
        otherwise=_("Only a published report can be withdrawn."),
    ),
)
ACTIONS = {row.verb: row for row in TABLE}


@dataclass(frozen=True)
class Option:
    """An action, and whether this person can take it now; if not, `decision.reason` says why."""

    action: Action
    decision: Decision


def options(report: AnnualReport, member: Any) -> dict[str, Option]:
    """For each action whether `member` may do it to `report` now: the same answer as `move` gives."""
    return {row.verb: Option(row, row.may(member, report) and moment(row, report)) for row in TABLE}


def moment(row: Action, report: AnnualReport) -> Decision:
    """Whether the report is in a state in which the action can be taken."""
    return Allowed() if report.state in row.before else Denied(row.otherwise)


@transaction.atomic
def move(report: AnnualReport, verb: str, *, by: Any, why: str = "", **fields: Any) -> AnnualReport:
    """Do what the table's row `verb` says: returns the report, locked until the transaction ends, moved.

    Sets state and `fields`, writes an event, and mails the row's audience `why`. Raises PermissionDenied
    for the wrong person, WrongMoment in the wrong state.
    """
    row = ACTIONS[verb]
    current = AnnualReport.objects.select_for_update().get(pk=report.pk)
    require(row.may(by, current))
    if not (now := moment(row, current)):
        raise WrongMoment(now.reason, (_("To the report"), reverse("reports:detail", args=[current.year])))
    changes = _set(current, {**fields, "state": row.after})
    record(by=by, verb=row.verb, what=current, why=why, changes=changes)
    post(row.mail, to=row.audience(timezone.now().date()), about=current, why=why)
    return current


def _set(report: AnnualReport, fields: dict[str, Any]) -> dict[str, list[Any]]:
    """The state is no edit of a form: the version stays, so that open forms are not refused for it."""
    changes = {name: [getattr(report, name), value] for name, value in fields.items()}
    for name, value in fields.items():
        setattr(report, name, value)
    report.save(update_fields=list(fields))
    return {name: pair for name, pair in changes.items() if pair[0] != pair[1]}


def diagram() -> str:
    """The table as a page with a picture, for `reports/workflow.md`."""
    opened = Printed("open_report", {None: (State.OPEN,)}, permissions.can_open_report.__name__)
    return printed("How an annual report moves", "reports/workflow.py", [opened, *map(_printed, TABLE)])


def _printed(row: Action) -> Printed:
    moves = dict.fromkeys(row.before, (row.after,))
    return Printed(row.verb, moves, row.may.__name__, row.audience.__name__, row.mail)
