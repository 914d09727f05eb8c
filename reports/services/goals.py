"""The goals of a year: written down, their outcomes stated, carried into the next year."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from isecg.access import WrongMoment, require
from isecg.audit.services import record
from isecg.links import change_with_links
from isecg.versions import change, lock, store
from reports import permissions
from reports.models import Edition, Goal, Publication, WorkItem
from reports.models.goals import UNFINISHED


@transaction.atomic
def add_goal(*, by: Any, items: Iterable[WorkItem] = (), **fields: Any) -> Goal:
    """A new goal. Raises PermissionDenied, ValidationError (its number is taken)."""
    require(permissions.can_edit_goal(by))
    goal = store(Goal(**fields))
    goal.items.set(items)
    record(by=by, verb="add_goal", what=goal)
    return goal


@transaction.atomic
def edit_goal(goal: Goal, *, by: Any, version: int, items: Iterable[WorkItem], **fields: Any) -> Goal:
    """Change a goal and the work items it rests on. Raises PermissionDenied, Stale, ValidationError, and
    WrongMoment for another number once a report was published with it."""
    require(permissions.can_edit_goal(by, goal))
    stored = lock(goal, version)
    if fields.get("number", stored.number) != stored.number:
        _refuse_published(stored, _("Goal %(goal)s is published under this number, and keeps it."))
    goal, changes = change_with_links(goal, version=version, links={"items": items}, **fields)
    if changes:
        record(by=by, verb="edit_goal", what=goal, changes=changes)
    return goal


@transaction.atomic
def remove_goal(goal: Goal, *, by: Any, version: int, why: str) -> None:
    """Take a goal out; its history, and the editions that have it, stay.

    Raises PermissionDenied, Stale, and WrongMoment for one that was published: what was promised is not
    taken out, its outcome is stated; nor is a goal on which another goes on.
    """
    require(permissions.can_edit_goal(by, goal))
    goal = lock(goal, version)
    _refuse_published(goal, _("Goal %(goal)s was published. State its outcome instead: “dropped”, perhaps."))
    if Goal.objects.filter(continues=goal).exists():
        raise WrongMoment(_("Another goal continues this one."), _way_out(goal))
    record(by=by, verb="remove_goal", what=goal, why=why, changes={"text": [goal.text, ""]})
    goal.delete()


@transaction.atomic
def decide_goal(
    goal: Goal, *, by: Any, version: int, outcome: str, evidence: str, decided_on: dt.date
) -> Goal:
    """State what became of the goal, what shows it, and on which day that was stated; or state it anew.

    Raises PermissionDenied, Stale, ValidationError (no evidence; a day before the goal's year; met or
    dropped, though it was carried on).
    """
    require(permissions.can_decide_goal(by, goal))
    goal = lock(goal, version)
    _refuse_outcome(goal, outcome, evidence, decided_on)
    goal, changes = change(
        goal, version=version, outcome=outcome, evidence=evidence.strip(), decided_on=decided_on
    )
    if changes:
        record(by=by, verb="decide_goal", what=goal, changes=changes)
    return goal


def _refuse_outcome(goal: Goal, outcome: str, evidence: str, decided_on: dt.date) -> None:
    if not outcome:
        raise ValidationError({"outcome": _("Say what became of the goal.")})
    if not evidence.strip():
        raise ValidationError({"evidence": _("Say what shows it.")})
    if decided_on.year < goal.year:
        words = _("Nobody can know before %(year)s has begun.")
        raise ValidationError({"decided_on": words % {"year": goal.year}})
    later = Goal.objects.filter(continues=goal).first()
    if later and outcome not in UNFINISHED:
        words = _("It goes on as goal %(goal)s, so it was missed or partly met.")
        raise ValidationError({"outcome": words % {"goal": later}})


@transaction.atomic
def carry_goal(goal: Goal, *, by: Any, text: str, items: Iterable[WorkItem] = (), source: str = "") -> Goal:
    """Carry a goal that was missed or partly met into the next year, as a goal of its own under the next
    free number there. Returns the new goal.

    Raises PermissionDenied, WrongMoment (no such outcome; carried on already), ValidationError.
    """
    require(permissions.can_carry_goal(by, goal))
    goal = Goal.objects.select_for_update().get(pk=goal.pk)
    refuse_carrying(goal)
    number = (Goal.objects.filter(year=goal.year + 1).aggregate(last=Max("number"))["last"] or 0) + 1
    new = store(Goal(year=goal.year + 1, number=number, text=text, continues=goal, source=source))
    new.items.set(items)
    record(by=by, verb="carry_goal", what=new, changes={"continues": [None, goal]})
    return new


def refuse_carrying(goal: Goal) -> None:
    """Raises WrongMoment unless the goal was missed or partly met, and nothing goes on with it yet."""
    if goal.outcome not in UNFINISHED:
        words = _("Only a goal that was missed or partly met is carried on; state its outcome first.")
        raise WrongMoment(words, _way_out(goal))
    if later := Goal.objects.filter(continues=goal).first():
        words = _("Goal %(goal)s goes on as %(later)s already.")
        raise WrongMoment(words % {"goal": goal, "later": later}, _way_out(goal))


def _refuse_published(goal: Goal, words: str) -> None:
    """A year's goals are promised in the report of the year before."""
    said = {"snapshot__content__goals__contains": [{"number": goal.number}]}
    out = Publication.objects.standing().values("edition")
    if Edition.objects.filter(pk__in=out, report__year=goal.year - 1, **said).exists():
        raise WrongMoment(words % {"goal": goal}, _way_out(goal))


def _way_out(goal: Goal) -> tuple[str, str]:
    return _("To the goals"), f"{reverse('reports:goals')}#{goal.anchor}"
