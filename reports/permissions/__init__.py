"""Who may do what with reports, split by noun; the answer carries its reason."""

from reports.permissions.highlights import can_edit_highlight, can_read_highlight
from reports.permissions.library import can_edit_document
from reports.permissions.meetings import can_edit_meeting
from reports.permissions.plan import (
    can_add_progress,
    can_carry_goal,
    can_decide_goal,
    can_drop_work_item,
    can_edit_goal,
    can_edit_progress,
    can_edit_work_item,
    can_roll_forward,
    can_take_up_work_item,
)
from reports.permissions.previews import can_preview
from reports.permissions.reports import (
    can_approve,
    can_ask_to_confirm,
    can_collect,
    can_collect_again,
    can_correct,
    can_edit_again,
    can_edit_report,
    can_edit_texts,
    can_open_report,
    can_publish,
    can_recall,
    can_render,
    can_send_now,
    can_withdraw,
    chair_is_known,
)

__all__ = [
    "can_add_progress",
    "can_approve",
    "can_ask_to_confirm",
    "can_carry_goal",
    "can_collect",
    "can_collect_again",
    "can_correct",
    "can_decide_goal",
    "can_drop_work_item",
    "can_edit_again",
    "can_edit_document",
    "can_edit_goal",
    "can_edit_highlight",
    "can_edit_meeting",
    "can_edit_progress",
    "can_edit_report",
    "can_edit_texts",
    "can_edit_work_item",
    "can_open_report",
    "can_preview",
    "can_publish",
    "can_read_highlight",
    "can_recall",
    "can_render",
    "can_roll_forward",
    "can_send_now",
    "can_take_up_work_item",
    "can_withdraw",
    "chair_is_known",
]
