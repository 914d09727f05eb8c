"""Seats: agencies, what they are called, when they are members."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Agency, AgencyName, Membership
from agencies.permissions import can_edit
from agencies.services.records import add, as_added, edit, in_turn
from isecg.access import WrongMoment, require
from isecg.audit.services import record
from isecg.dated import Precision
from isecg.versions import change, store

NAMING = ("acronym", "name", "name_en", "start", "start_precision")


@transaction.atomic
def add_agency(*, by: Any, slug: str, **fields: Any) -> Agency:
    """A new seat under its first name. It is no member yet: see `admit`.

    Takes the fields of Agency, and acronym, name, name_en, start and start_precision of the name.
    Raises PermissionDenied, ValidationError.
    """
    require(can_edit(by))
    in_turn()
    naming = {name: fields.pop(name) for name in NAMING if name in fields}
    agency = store(Agency(slug=slug, **fields))
    name = store(AgencyName(agency=agency, source=agency.source, **naming))
    record(by=by, verb="create", what=agency, changes=as_added(agency) | as_added(name))
    return agency


@transaction.atomic
def edit_agency(agency: Agency, *, by: Any, version: int, **fields: Any) -> Agency:
    """Change country, website, words or source. Raises PermissionDenied, Stale, ValidationError."""
    return edit(agency, by=by, version=version, **fields)


@transaction.atomic
def add_name(agency: Agency, *, by: Any, **fields: Any) -> AgencyName:
    """A name the seat had in days that no other name covers. Raises PermissionDenied, ValidationError."""
    in_turn()
    return add(AgencyName(agency=agency, **fields), by=by, verb="name")


@transaction.atomic
def edit_name(row: AgencyName, /, *, by: Any, version: int, **fields: Any) -> AgencyName:
    """Correct a name or its days. Raises PermissionDenied, Stale, ValidationError."""
    return edit(row, by=by, version=version, **fields)


@transaction.atomic
def rename(agency: Agency, *, by: Any, start: dt.date, **fields: Any) -> AgencyName:
    """From `start` on the seat has another name: the old one ends on that day, the new one begins.

    Takes the fields of AgencyName. Raises PermissionDenied, and ValidationError if the old name began no
    earlier.
    """
    require(can_edit(by, agency))
    in_turn()
    new = AgencyName(agency=agency, start=start, **fields)
    old = agency.names.filter(end__isnull=True).first()
    if old:
        _end_name(old, new)
    store(new)
    record(by=by, verb="rename", what=agency, changes={"name": [str(old or ""), str(new)]})
    return new


def _end_name(old: AgencyName, new: AgencyName) -> None:
    if old.start >= new.start:
        refusal = _("The name %(name)s itself began %(day)s; a new one comes later.")
        raise ValidationError({"start": refusal % {"name": old.acronym, "day": old.start_words}})
    change(old, version=old.version, end=new.start, end_precision=new.start_precision)


@transaction.atomic
def admit(agency: Agency, *, by: Any, **fields: Any) -> Membership:
    """The agency is a member from `start` on, perhaps until `end`.

    Raises PermissionDenied, ValidationError.
    """
    in_turn()
    return add(Membership(agency=agency, **fields), by=by, verb="admit")


@transaction.atomic
def edit_membership(membership: Membership, *, by: Any, version: int, **fields: Any) -> Membership:
    """Correct a membership's days or source. Raises PermissionDenied, Stale, ValidationError."""
    return edit(membership, by=by, version=version, **fields)


@transaction.atomic
def end_membership(
    membership: Membership,
    *,
    by: Any,
    version: int,
    end: dt.date,
    end_precision: str = Precision.DAY,
    note: str | None = None,
) -> Membership:
    """From `end` on the agency is no member. Raises PermissionDenied, Stale, ValidationError, WrongMoment.

    The agency keeps its page; the rule no longer proposes it for the chair.
    """
    in_turn()
    # Not from the record that was passed: a form has written into it what was typed.
    if Membership.objects.filter(pk=membership.pk, end__isnull=False).exists():
        raise WrongMoment(_("This membership ended already; its days can be edited."))
    words = {} if note is None else {"note": note}
    return edit(membership, by=by, version=version, verb="end", end=end, end_precision=end_precision, **words)
