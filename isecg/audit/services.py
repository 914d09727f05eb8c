"""Writing to the event log, always inside the transaction of what it tells of."""

from typing import Any

from django.db import models

from isecg.audit.models import Event

SYSTEM = "the portal"


def record(
    *,
    by: Any | None,
    verb: str,
    what: models.Model,
    on_behalf_of: str = "",
    why: str = "",
    changes: dict[str, Any] | None = None,
) -> Event:
    """Add an event: `by` did `verb` (one word per action) to `what`. `by=None` is the portal itself.

    `changes` is {field: [old, new]}; rows in it are written as their text.
    """
    return Event.objects.create(
        actor_id=getattr(by, "pk", None),
        actor=str(by) if by is not None else SYSTEM,
        on_behalf_of=on_behalf_of,
        verb=verb,
        record_type=what._meta.label_lower,
        record_id=str(what.pk),
        record=str(what)[:300],
        why=why,
        changes={name: _plain(value) for name, value in (changes or {}).items()},
    )


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)
