"""Every address of the portal, and who gets in: the first thing to read about who may do what."""

from typing import Any

from tests.access.recommendations import RECOMMENDATIONS
from tests.access.reports import REPORTS, edits, key
from tests.access.world import AGENCY_A, EVERYBODY, NOBODY, SECRETARIAT, SIGNED_IN, Address

ADMINISTRATORS = {"administrator"}
PUBLIC = Address(get=EVERYBODY)
ALL_SIGNED_IN = frozenset(SIGNED_IN)
OUTSIDERS = frozenset(SIGNED_IN - AGENCY_A - SECRETARIAT)
OUTSIDE_SECRETARIAT = frozenset(SIGNED_IN - SECRETARIAT)


def slug(world: Any) -> tuple[Any, ...]:
    return (world.agency.slug,)


def seat(attribute: str) -> Any:
    """Arguments: the agency's address and the key of one of its rows."""
    return lambda world: (world.agency.slug, getattr(world, attribute).pk)


TABLE: dict[str, Address] = {
    # the frame
    "healthz": Address(get=EVERYBODY, post=EVERYBODY),
    "readyz": Address(get=EVERYBODY, post=EVERYBODY),
    "home": PUBLIC,
    "robots": PUBLIC,
    "sitemap": PUBLIC,
    "search": PUBLIC,
    "feed": PUBLIC,
    "calendar": PUBLIC,
    "desk": Address(get=SIGNED_IN),
    "desk_calendar": Address(get=SIGNED_IN),
    "design": Address(get=SECRETARIAT),
    "demo": PUBLIC,
    "demo_sign_in": Address(get=None, post=NOBODY, args=key("person"), unseen=ALL_SIGNED_IN, stranger="404"),
    # accounts: allauth's own pages
    "account_login": Address(get=EVERYBODY, post=EVERYBODY),
    "account_logout": Address(get=EVERYBODY, post=EVERYBODY),
    "account_inactive": Address(get=EVERYBODY),
    "account_signup": Address(get=NOBODY, post=NOBODY, stranger="403"),
    "account_reauthenticate": edits(who=SIGNED_IN),
    "account_email": edits(who=SIGNED_IN),
    "account_email_verification_sent": Address(get=EVERYBODY),
    "account_confirm_email": Address(
        get=EVERYBODY, post=NOBODY, args=lambda world: ("key",), unseen=ALL_SIGNED_IN, stranger="404"
    ),
    "account_change_password": edits(who=SIGNED_IN),
    "account_set_password": edits(who=SIGNED_IN),
    "account_reset_password": edits(who=EVERYBODY),
    "account_reset_password_done": Address(get=EVERYBODY),
    "account_reset_password_from_key": edits(lambda world: ("1", "key"), who=EVERYBODY),
    "account_reset_password_from_key_done": Address(get=EVERYBODY),
    # Whoever is signed in, for what is one's own; here only the secretariat has a second factor.
    "mfa_index": Address(get=SIGNED_IN),
    "mfa_authenticate": edits(who=SIGNED_IN),
    "mfa_reauthenticate": edits(who=SIGNED_IN),
    "mfa_activate_totp": edits(who=SIGNED_IN),
    "mfa_deactivate_totp": edits(unseen=OUTSIDE_SECRETARIAT),
    "mfa_view_recovery_codes": Address(get=SECRETARIAT, unseen=OUTSIDE_SECRETARIAT),
    "mfa_generate_recovery_codes": edits(who=SIGNED_IN),
    "mfa_download_recovery_codes": edits(unseen=OUTSIDE_SECRETARIAT),
    # people
    "members:list": Address(get=SIGNED_IN),
    "members:detail": Address(get=AGENCY_A | SECRETARIAT, args=key("person"), unseen=OUTSIDERS),
    "members:appoint": edits(key("person"), unseen=OUTSIDERS),
    "members:deactivate": edits(key("person"), who=ADMINISTRATORS, unseen=OUTSIDERS),
    "members:reactivate": edits(key("inactive"), who=ADMINISTRATORS, unseen=OUTSIDE_SECRETARIAT - {"head_b"}),
    "members:edit_mandate": edits(key("mandate"), unseen=OUTSIDERS),
    "members:end_mandate": edits(key("mandate"), unseen=OUTSIDERS),
    "members:invitations": Address(get=SECRETARIAT),
    "members:invite": edits(),
    "members:send_again": edits(key("invitation"), unseen=OUTSIDE_SECRETARIAT),
    "members:withdraw": edits(key("invitation"), unseen=OUTSIDE_SECRETARIAT),
    "members:accept": Address(get=EVERYBODY, post={"stranger"}, args=lambda world: (world.invitation.token,)),
    "members:profile": edits(who=SIGNED_IN),
    # agencies and the chair
    "agencies:list": PUBLIC,
    "agencies:detail": Address(get=EVERYBODY, args=slug),
    "agencies:add_agency": edits(),
    "agencies:edit_agency": edits(slug),
    "agencies:rename": edits(slug),
    "agencies:add_name": edits(slug),
    "agencies:edit_name": edits(seat("name")),
    "agencies:admit": edits(slug),
    "agencies:edit_membership": edits(seat("membership")),
    "agencies:end_membership": edits(seat("membership")),
    "agencies:chair": PUBLIC,
    "agencies:hand_over": edits(),
    "agencies:add_term": edits(),
    "agencies:edit_term": edits(key("term")),
    "agencies:remove_term": edits(key("term"), who=ADMINISTRATORS),  # not the newest one
    "agencies:decline": edits(),
    "agencies:swap": edits(),
    "agencies:withdraw": edits(key("waiver")),
    "agencies:activities": PUBLIC,
    "agencies:activity": Address(get=EVERYBODY, args=lambda world: (world.activity.slug,)),
    "agencies:add_activity": edits(),
    "agencies:edit_activity": edits(lambda world: (world.activity.slug,)),
    # annual reports, and what they are made from
    **REPORTS,
    # recommendations
    **RECOMMENDATIONS,
    # what the portal did
    "mail:list": Address(get=SECRETARIAT),
    "mail:detail": Address(get=SECRETARIAT, args=key("mail")),
    "audit:list": Address(get=SECRETARIAT),
}
