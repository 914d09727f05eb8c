"""Who keeps the work plan and the goals; the answer carries its reason."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from isecg.access import Decision, secretariat_only
from reports.models import AnnualReport, Goal, ProgressEntry, WorkItem


def can_edit_work_item(member: Any, item: WorkItem | None = None) -> Decision:
    """The secretariat keeps the work plan; `None` is an item that is to be added."""
    return secretariat_only(member, _("Only the secretariat keeps the work plan."))


def can_drop_work_item(member: Any, item: WorkItem) -> Decision:
    """The secretariat writes down that a decision dropped an item."""
    return can_edit_work_item(member, item)


def can_take_up_work_item(member: Any, item: WorkItem) -> Decision:
    """Whoever may drop an item may take it up again."""
    return can_drop_work_item(member, item)


def can_roll_forward(member: Any, report: AnnualReport | None = None) -> Decision:
    """The secretariat says what becomes of a year's unfinished items and goals."""
    return secretariat_only(member, _("Only the secretariat rolls work items forward."))


def can_add_progress(member: Any, item: WorkItem) -> Decision:
    """The secretariat writes down how far an item is."""
    return secretariat_only(member, _("Only the secretariat writes down how far a work item is."))


def can_edit_progress(member: Any, entry: ProgressEntry) -> Decision:
    """Whoever may add an entry may correct one."""
    return can_add_progress(member, entry.item)


def can_edit_goal(member: Any, goal: Goal | None = None) -> Decision:
    """The secretariat writes down the goals; `None` is one that is to be added."""
    return secretariat_only(member, _("Only the secretariat writes down the goals of a year."))


def can_decide_goal(member: Any, goal: Goal) -> Decision:
    """The secretariat writes down what became of a goal."""
    return secretariat_only(member, _("Only the secretariat writes down what became of a goal."))


def can_carry_goal(member: Any, goal: Goal) -> Decision:
    """The secretariat carries a goal into the next year."""
    return secretariat_only(member, _("Only the secretariat carries a goal into the next year."))
