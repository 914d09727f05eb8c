"""What all services of this app share: adding and editing one record, with its event."""

from typing import Any, TypeVar

from django.db import connection, models
from django.forms.models import model_to_dict

from agencies.permissions import can_edit
from isecg.access import require
from isecg.audit.services import record
from isecg.versions import Versioned, change, store

Row = TypeVar("Row", bound=Versioned)


def in_turn() -> None:
    """One change of seats and chair at a time, until the transaction ends.

    Such changes are rare and lean on each other (names on days, terms on neighbours): what a service has
    checked still holds when it writes. The lock is the one the trigger on chair terms takes.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('agencies_neighbours_differ'))")


def add(row: Row, *, by: Any, verb: str, why: str = "") -> Row:
    """Store a new record; the event lists what it holds. Raises PermissionDenied, ValidationError."""
    require(can_edit(by))
    store(row)
    record(by=by, verb=verb, what=row, why=why, changes=as_added(row))
    return row


def edit(row: Row, /, *, by: Any, version: int, verb: str = "edit", **fields: Any) -> Row:
    """Change fields of a record, with an event if any changed.

    Raises PermissionDenied, Stale, ValidationError.
    """
    require(can_edit(by, row))
    in_turn()
    current, changes = change(row, version=version, **fields)
    if changes:
        record(by=by, verb=verb, what=current, changes=changes)
    return current


def as_added(row: models.Model) -> dict[str, Any]:
    """What a new record holds, as changes for the event log: its filled fields."""
    return {name: [None, value] for name, value in _filled(row).items()}


def as_removed(row: models.Model) -> dict[str, Any]:
    """What a record held that is taken away, as changes for the event log."""
    return {name: [value, None] for name, value in _filled(row).items()}


def _filled(row: models.Model) -> dict[str, Any]:
    """By name; other records as their text, since the log outlives them."""
    names = [name for name, value in model_to_dict(row).items() if name != "id" and value not in ("", None)]
    return {name: getattr(row, name) for name in names}
