"""Who may do what with reports, split by noun; the answer carries its reason."""

from reports.permissions.highlights import can_edit_highlight, can_read_highlight
from reports.permissions.library import can_edit_document
from reports.permissions.plan import can_add_progress, can_edit_goal, can_edit_progress, can_edit_work_item
from reports.permissions.reports import (
    can_edit_report,
    can_open_report,
    can_publish,
    can_render,
    can_withdraw,
)

__all__ = [
    "can_add_progress",
    "can_edit_document",
    "can_edit_goal",
    "can_edit_highlight",
    "can_edit_progress",
    "can_edit_report",
    "can_edit_work_item",
    "can_open_report",
    "can_publish",
    "can_read_highlight",
    "can_render",
    "can_withdraw",
]
