"""Who may do what with people, their roles and invitations; every no is a sentence fit to show."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from isecg.access import Allowed, Decision, Denied, administrators_only, secretariat_only, standing
from members.models import OF_SECRETARIAT, Invitation, Mandate, Member


def can_invite(by: Any, role: str = "") -> Decision:
    """The secretariat invites; into the secretariat, only an administrator does."""
    return _can_give(by, role)


def can_send_again(by: Any, invitation: Invitation) -> Decision:
    """Whoever could invite to this role."""
    return _can_give(by, invitation.role)


def can_withdraw(by: Any, invitation: Invitation) -> Decision:
    """Whoever could invite to this role."""
    return _can_give(by, invitation.role)


def can_appoint(by: Any, role: str = "") -> Decision:
    """The secretariat appoints; to a role in the secretariat, only an administrator does."""
    return _can_give(by, role)


def can_edit_mandate(by: Any, mandate: Mandate) -> Decision:
    """Whoever could appoint to this role."""
    return _can_give(by, mandate.role)


def can_end_mandate(by: Any, mandate: Mandate) -> Decision:
    """Whoever could appoint to this role."""
    return _can_give(by, mandate.role)


def can_deactivate(by: Any, member: Member) -> Decision:
    """Administrators, but nobody shuts himself out."""
    if by == member:
        return Denied(_("Nobody can deactivate their own account; another administrator can."))
    return administrators_only(by)


def can_reactivate(by: Any, member: Member) -> Decision:
    """Administrators."""
    return administrators_only(by)


def can_edit_profile(by: Any, member: Member) -> Decision:
    """Everybody their own."""
    return Allowed() if by == member else Denied(_("Name and language are for the person to change."))


def can_see_address(by: Any, member: Member) -> Decision:
    """The secretariat, who speaks for a delegation of theirs, and the person."""
    if by == member or standing(by).secretariat or standing(by).speaks_for:
        return Allowed()
    return Denied(_("E-mail addresses are shown to the secretariat and to heads of delegation."))


def can_see_invitations(by: Any) -> Decision:
    """The secretariat."""
    return secretariat_only(by)


def _can_give(by: Any, role: str) -> Decision:
    if role in OF_SECRETARIAT and standing(by).editor and not standing(by).administrator:
        return Denied(_("Only an administrator gives or ends roles in the secretariat."))
    return secretariat_only(by)
