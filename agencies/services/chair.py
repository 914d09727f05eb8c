"""The chair: handing over, and correcting its history."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from agencies import queries
from agencies.models import Agency, ChairTerm
from agencies.permissions import can_edit, can_remove
from agencies.services.records import add, as_removed, edit, in_turn
from isecg.access import WrongMoment, require
from isecg.audit.services import record
from isecg.dated import Precision
from isecg.versions import lock


@dataclass(frozen=True)
class Handover:
    """What a handover would do: whose term ends, and who comes before `to` in the proposal."""

    to: Agency
    start: dt.date
    ends: ChairTerm | None
    passed: list[Agency] = field(default_factory=list)


def prepare(*, to: Agency, start: dt.date) -> Handover:
    """The effect of a handover to `to` on `start`; changes nothing. Raises ValidationError."""
    newest = ChairTerm.objects.select_related("agency").order_by("start").last()
    if newest and newest.start >= start:
        refusal = _("A handover comes after the last one (%(day)s). To correct the past, add or edit a term.")
        raise ValidationError({"start": refusal % {"day": newest.start_words}})
    if newest and newest.agency == to:
        refusal = _("%(agency)s chairs already (%(day)s); the chair goes to another agency.")
        raise ValidationError({"to": refusal % {"agency": newest.holder, "day": newest.start_words}})
    _require_member(to, start, "to")
    order = [turn.agency for turn in queries.proposal(start)]
    return Handover(to, start, newest, order[: order.index(to)])


@transaction.atomic
def hand_over(
    *,
    by: Any,
    to: Agency,
    start: dt.date,
    start_precision: str = Precision.DAY,
    start_note: str = "",
    person: str = "",
    source: str = "",
    seen: int | None = None,
) -> ChairTerm:
    """From `start` on `to` chairs; the term before ends on that day.

    `seen` is the newest term the caller knew (its id): if another was added meanwhile, WrongMoment.
    Raises PermissionDenied, ValidationError.
    """
    require(can_edit(by))
    in_turn()
    if seen is not None and not _newest_is(seen):
        raise WrongMoment(_("Somebody else handed over the chair meanwhile. Nothing was changed."))
    prepare(to=to, start=start)
    term = ChairTerm(
        agency=to,
        start=start,
        start_precision=start_precision,
        start_note=start_note,
        person=person,
        source=source,
    )
    with _neighbours_differ():
        return add(term, by=by, verb="hand_over")


@transaction.atomic
def add_term(*, by: Any, agency: Agency | None, start: dt.date, **fields: Any) -> ChairTerm:
    """A term of the past that was not known: the one before now ends where it begins.

    Without an agency the chair is unknown or vacant from `start` on.
    Raises PermissionDenied, ValidationError.
    """
    require(can_edit(by))
    in_turn()
    _require_member(agency, start, "agency")
    with _neighbours_differ():
        return add(ChairTerm(agency=agency, start=start, **fields), by=by, verb="add")


@transaction.atomic
def edit_term(
    term: ChairTerm, *, by: Any, version: int, agency: Agency | None, start: dt.date, **fields: Any
) -> ChairTerm:
    """Correct a term. Raises PermissionDenied, Stale, ValidationError."""
    _require_member(agency, start, "agency")
    with _neighbours_differ():
        return edit(term, by=by, version=version, agency=agency, start=start, **fields)


@transaction.atomic
def remove_term(term: ChairTerm, *, by: Any, version: int, why: str = "") -> ChairTerm:
    """Take a term out that was written in error: the one before it then lasts until the next.

    The event log and the record's history keep it. Raises PermissionDenied, Stale, ValidationError.
    """
    in_turn()
    require(can_remove(by, term))
    current = lock(term, version)
    record(by=by, verb="remove", what=current, why=why, changes=as_removed(current))
    with _neighbours_differ():
        current.delete()
    return term


def _newest_is(term_id: int) -> bool:
    newest = ChairTerm.objects.order_by("start").last()
    return (newest.pk if newest else 0) == term_id


def _require_member(agency: Agency | None, day: dt.date, name: str) -> None:
    if agency is not None and not Agency.objects.members_on(day).filter(pk=agency.pk).exists():
        refusal = _("%(agency)s is not a member on that day, and only members chair.")
        raise ValidationError({name: refusal % {"agency": agency.acronym_on(day)}})


@contextmanager
def _neighbours_differ() -> Iterator[None]:
    """Ask the trigger now instead of at commit, and say its refusal in a sentence."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            yield
            cursor.execute("SET CONSTRAINTS agencies_neighbours_differ IMMEDIATE")
            cursor.execute("SET CONSTRAINTS agencies_neighbours_differ DEFERRED")
    except IntegrityError as error:
        if "neighbouring chair terms" not in str(error):
            raise
        refusal = _("The same agency would chair in two terms that follow each other; they are one term.")
        raise ValidationError(refusal, code="neighbours_differ") from error
