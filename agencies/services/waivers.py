"""Turns that are declined or swapped, with the reason. What they do to the order: `agencies.rotation`."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Agency, ChairTerm, Waiver, WaiverKind
from agencies.permissions import can_edit
from agencies.services.records import add, edit, in_turn
from isecg.access import WrongMoment, require


@transaction.atomic
def decline(*, by: Any, agency: Agency, day: dt.date, reason: str) -> Waiver:
    """The agency lets its turn pass: it comes again when all others had theirs.

    Raises PermissionDenied, and ValidationError unless it is a member that does not chair on `day`.
    """
    require(can_edit(by))
    in_turn()
    _require_a_turn(agency, day, "agency")
    row = Waiver(kind=WaiverKind.DECLINED, agency=agency, day=day, reason=reason)
    return add(row, by=by, verb="decline", why=reason)


@transaction.atomic
def swap(*, by: Any, agency: Agency, other: Agency, day: dt.date, reason: str) -> Waiver:
    """The two agencies take each other's place in the order; nobody else's changes.

    Raises PermissionDenied, and ValidationError unless both are members that do not chair on `day`.
    """
    require(can_edit(by))
    in_turn()
    _require_a_turn(agency, day, "agency")
    _require_a_turn(other, day, "other")
    row = Waiver(kind=WaiverKind.SWAPPED, agency=agency, other=other, day=day, reason=reason)
    return add(row, by=by, verb="swap", why=reason)


@transaction.atomic
def withdraw(waiver: Waiver, *, by: Any, version: int, day: dt.date) -> Waiver:
    """What was declined or swapped is taken back on `day`: each agency has its own place again.

    Raises PermissionDenied, Stale, ValidationError; WrongMoment if it was taken back before, or if one of
    them chaired since and so has used the turn.
    """
    require(can_edit(by, waiver))
    in_turn()
    if waiver.withdrawn is not None:
        raise WrongMoment(_("This was taken back already."))
    used = ChairTerm.objects.filter(
        agency__in=[waiver.agency_id, waiver.other_id or 0], start__gte=waiver.day
    )
    if term := used.order_by("start").first():
        refusal = _(
            "%(agency)s took the chair after this was said (%(day)s); it cannot be taken back any more."
        )
        raise WrongMoment(refusal % {"agency": term.holder, "day": term.start_words})
    return edit(waiver, by=by, version=version, verb="withdraw", withdrawn=day)


def _require_a_turn(agency: Agency, day: dt.date, name: str) -> None:
    """Only a member that does not chair has a turn to give away."""
    if not Agency.objects.members_on(day).filter(pk=agency.pk).exists():
        refusal = _("%(agency)s is not a member on that day.")
    elif ChairTerm.objects.on(day).filter(agency=agency).exists():
        refusal = _("%(agency)s chairs on that day; its next turn comes last in any case.")
    else:
        return
    raise ValidationError({name: refusal % {"agency": agency.acronym_on(day)}})
