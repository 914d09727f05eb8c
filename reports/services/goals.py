"""Writing down the goals of a year."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from isecg.access import require
from isecg.audit.services import record
from isecg.links import change_with_links
from isecg.versions import lock, store
from reports import permissions
from reports.models import Goal, WorkItem


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
    """Change a goal and the work items it rests on. Raises PermissionDenied, Stale, ValidationError."""
    require(permissions.can_edit_goal(by, goal))
    goal, changes = change_with_links(goal, version=version, links={"items": items}, **fields)
    if changes:
        record(by=by, verb="edit_goal", what=goal, changes=changes)
    return goal


@transaction.atomic
def remove_goal(goal: Goal, *, by: Any, version: int, why: str) -> None:
    """Take a goal out; its history, and the editions that have it, stay. Raises PermissionDenied, Stale."""
    require(permissions.can_edit_goal(by, goal))
    goal = lock(goal, version)
    record(by=by, verb="remove_goal", what=goal, why=why, changes={"text": [goal.text, ""]})
    goal.delete()
