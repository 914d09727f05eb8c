"""What people do with agencies and the chair. One module per noun."""

from agencies.services.activities import add_activity, edit_activity
from agencies.services.chair import Handover, add_term, edit_term, hand_over, prepare, remove_term
from agencies.services.seats import (
    add_agency,
    add_name,
    admit,
    edit_agency,
    edit_membership,
    edit_name,
    end_membership,
    rename,
)
from agencies.services.waivers import decline, swap, withdraw

__all__ = [
    "Handover",
    "add_activity",
    "add_agency",
    "add_name",
    "add_term",
    "admit",
    "decline",
    "edit_activity",
    "edit_agency",
    "edit_membership",
    "edit_name",
    "edit_term",
    "end_membership",
    "hand_over",
    "prepare",
    "remove_term",
    "rename",
    "swap",
    "withdraw",
]
