"""Giving roles, changing their days, ending them. At least one administrator always remains."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Agency
from isecg.access import require
from isecg.audit.services import record
from isecg.versions import change, lock, store
from members import emails, permissions
from members.models import Mandate, Member, Role


@transaction.atomic
def appoint(
    member: Member,
    *,
    by: Member | None,
    role: str,
    start: dt.date,
    now: dt.datetime,
    agency: Agency | None = None,
    end: dt.date | None = None,
    why: str = "",
    **precision: str,
) -> Mandate:
    """Give a role from `start` on; tells the person, unless it is over already. `by=None` is the portal.

    Raises PermissionDenied, and ValidationError with a sentence when a rule is broken (two heads at once).
    """
    if by is not None:
        require(permissions.can_appoint(by, role))
    mandate = store(Mandate(member=member, role=role, agency=agency, start=start, end=end, **precision))
    record(by=by, verb="appoint", what=mandate, why=why, changes=_days(mandate))
    if end is None or end > now.date():
        emails.appoint(mandate, why)
    return mandate


@transaction.atomic
def edit_mandate(mandate: Mandate, *, by: Member, version: int, now: dt.datetime, **fields: Any) -> Mandate:
    """Correct the days of a mandate; tells the person.

    Raises PermissionDenied, Stale, ValidationError (a broken rule, or no administrator would remain).
    """
    require(permissions.can_edit_mandate(by, mandate))
    lock_administrators()
    mandate, changes = change(mandate, version=version, **fields)
    if changes:
        _keep_administrator(mandate, now.date())
        record(by=by, verb="edit_mandate", what=mandate, changes=changes)
        emails.edit_mandate(mandate)
    return mandate


@transaction.atomic
def end_mandate(
    mandate: Mandate, *, by: Member, version: int, day: dt.date, now: dt.datetime, why: str = ""
) -> Mandate | None:
    """The role no longer holds from `day` on; tells the person. Returns the mandate, or None when it is gone.

    A mandate that has not begun before today and is ended by its first day never held: its row is deleted
    (history and log keep it). Raises PermissionDenied, Stale, ValidationError.
    """
    require(permissions.can_end_mandate(by, mandate))
    lock_administrators()
    if mandate.start >= now.date() and day <= mandate.start:
        _cancel(mandate, by=by, version=version, now=now, why=why)
        return None
    mandate, changes = change(mandate, version=version, end=day, end_precision="day")
    _keep_administrator(mandate, now.date())
    record(by=by, verb="end_mandate", what=mandate, why=why, changes=changes)
    emails.end_mandate(mandate, why)
    return mandate


def _cancel(mandate: Mandate, *, by: Member, version: int, now: dt.datetime, why: str) -> None:
    mandate = lock(mandate, version)
    record(by=by, verb="end_mandate", what=mandate, why=why, changes={"start": [mandate.start, None]})
    mandate.end = mandate.start
    emails.end_mandate(mandate, why)
    mandate.delete()
    _keep_administrator(mandate, now.date())


def _keep_administrator(mandate: Mandate, day: dt.date) -> None:
    if mandate.role == Role.ADMINISTRATOR:
        require_administrator(day)


def lock_administrators() -> None:
    """Until the transaction ends nobody else changes who is administrator."""
    list(Mandate.objects.filter(role=Role.ADMINISTRATOR).order_by("pk").select_for_update())


def require_administrator(day: dt.date) -> None:
    """Raises ValidationError unless an active account is administrator on `day` and without an end."""
    lasting = Mandate.objects.on(day).filter(role=Role.ADMINISTRATOR, end=None, member__is_active=True)
    if not lasting.exists():
        raise ValidationError(
            _("The portal would be left without an administrator. Appoint another one without an end first.")
        )


def _days(mandate: Mandate) -> dict[str, list[Any]]:
    return {"start": [None, mandate.start], **({"end": [None, mandate.end]} if mandate.end else {})}
