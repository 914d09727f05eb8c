"""Accounts: deactivating and reactivating them, and the person's own profile."""

import datetime as dt

from django.db import transaction

from isecg.access import require
from isecg.audit.services import record
from isecg.versions import change
from members import emails, permissions
from members.models import Mandate, Member, Role
from members.services.mandates import lock_administrators, require_administrator


@transaction.atomic
def deactivate(member: Member, *, by: Member, version: int, now: dt.datetime, why: str) -> Member:
    """The person can no longer sign in and every session ends at its next request; tells the person.

    Mandates stay: they say who held which role. Raises PermissionDenied, Stale, ValidationError (the last
    administrator).
    """
    require(permissions.can_deactivate(by, member))
    lock_administrators()
    member, changes = change(
        member, version=version, is_active=False, sessions_ended=member.sessions_ended + 1
    )
    if Mandate.objects.filter(member=member, role=Role.ADMINISTRATOR).exists():
        require_administrator(now.date())
    changes.pop("sessions_ended")
    record(by=by, verb="deactivate", what=member, why=why, changes=changes)
    emails.deactivate(member, why)
    return member


@transaction.atomic
def reactivate(member: Member, *, by: Member, version: int, now: dt.datetime, why: str) -> Member:
    """The person can sign in again from `now` on, with the password they had; tells the person.

    Raises PermissionDenied, Stale.
    """
    require(permissions.can_reactivate(by, member))
    member, changes = change(member, version=version, is_active=True)
    record(by=by, verb="reactivate", what=member, why=why, changes=changes)
    emails.reactivate(member, why)
    return member


@transaction.atomic
def edit_profile(member: Member, *, by: Member, version: int, name: str, language: str) -> Member:
    """The person's own name and language. Raises PermissionDenied, Stale, ValidationError."""
    require(permissions.can_edit_profile(by, member))
    member, changes = change(member, version=version, name=name, language=language)
    if changes:
        record(by=by, verb="edit_profile", what=member, changes=changes)
    return member
