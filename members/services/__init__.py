"""What can be done with people: invitations, mandates, accounts."""

from members.services.accounts import deactivate, edit_profile, reactivate
from members.services.invitations import accept, invite, send_again, withdraw
from members.services.mandates import appoint, edit_mandate, end_mandate

__all__ = [
    "accept",
    "appoint",
    "deactivate",
    "edit_mandate",
    "edit_profile",
    "end_mandate",
    "invite",
    "reactivate",
    "send_again",
    "withdraw",
]
