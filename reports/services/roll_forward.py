"""What becomes of a year's unfinished items and goals: several at once, and all of them or none."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from isecg.access import require
from isecg.audit.services import record
from isecg.dated import say
from isecg.versions import change, lock
from reports import permissions
from reports.models import Goal, PlanChange, WorkItem
from reports.services.goals import carry_goal, decide_goal
from reports.services.plan_changes import drop_work_item, refuse_done, refuse_dropped, write


@dataclass(frozen=True)
class Forward:
    """An item gets a new due day; `version` is the one that was shown."""

    item: WorkItem
    version: int
    due: dt.date
    why: str


@dataclass(frozen=True)
class Drop:
    """An item is dropped, by a decision."""

    item: WorkItem
    version: int
    why: str
    decision: str


@dataclass(frozen=True)
class Decide:
    """A goal gets its outcome and, with `carry`, goes on in the next year in the same words."""

    goal: Goal
    version: int
    outcome: str
    evidence: str
    carry: bool = False


Step = Forward | Drop | Decide


@transaction.atomic
def roll_forward(steps: Iterable[Step], *, by: Any, day: dt.date) -> int:
    """Take every step, or none; `day` is when it was decided. Returns how many there were.

    Writes an event for each, and a change of the plan for each item. Raises PermissionDenied, Stale,
    WrongMoment (an item is done or dropped), ValidationError that names the item or goal.
    """
    require(permissions.can_roll_forward(by))
    count = 0
    for step in steps:
        try:
            _take(step, by=by, day=day)
        except ValidationError as error:
            named = step.goal if isinstance(step, Decide) else step.item.code
            raise ValidationError([f"{named}: {words}" for words in error.messages]) from error
        count += 1
    return count


def _take(step: Step, *, by: Any, day: dt.date) -> None:
    match step:
        case Forward():
            _move(step, by=by, day=day)
        case Drop(item, version, why, decision):
            drop_work_item(item, by=by, version=version, day=day, why=why, decision=decision)
        case Decide(goal, version, outcome, evidence, carry):
            goal = decide_goal(
                goal, by=by, version=version, outcome=outcome, evidence=evidence, decided_on=day
            )
            if carry:
                carry_goal(goal, by=by, text=goal.text, items=goal.items.all())


def _move(step: Forward, *, by: Any, day: dt.date) -> None:
    item = lock(step.item, step.version)
    refuse_dropped(item)
    refuse_done(item)
    if step.due <= item.due:
        words = _("It is due on %(day)s; the new day must be a later one.")
        raise ValidationError({"due": words % {"day": say(item.due)}})
    before = {"due": item.due.isoformat()}
    item, changes = change(item, version=step.version, due=step.due)
    write(item, PlanChange.Kind.ROLLED, by=by, day=day, why=step.why, before=before)
    record(by=by, verb="roll_forward", what=item, why=step.why, changes=changes)
