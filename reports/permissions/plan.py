"""Who keeps the work plan and the goals; the answer carries its reason."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from isecg.access import Decision, secretariat_only
from reports.models import Goal, ProgressEntry, WorkItem


def can_edit_work_item(member: Any, item: WorkItem | None = None) -> Decision:
    """The secretariat keeps the work plan; `None` is an item that is to be added."""
    return secretariat_only(member, _("Only the secretariat keeps the work plan."))


def can_add_progress(member: Any, item: WorkItem) -> Decision:
    """The secretariat writes down how far an item is."""
    return secretariat_only(member, _("Only the secretariat writes down how far a work item is."))


def can_edit_progress(member: Any, entry: ProgressEntry) -> Decision:
    """Whoever may add an entry may correct one."""
    return can_add_progress(member, entry.item)


def can_edit_goal(member: Any, goal: Goal | None = None) -> Decision:
    """The secretariat writes down the goals; `None` is one that is to be added."""
    return secretariat_only(member, _("Only the secretariat writes down the goals of a year."))
