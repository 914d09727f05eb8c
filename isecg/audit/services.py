"""Writing to the event log, always inside the transaction of what it tells of."""

from typing import Any

from django.db import models
from django.utils import translation

from isecg.audit.models import Event
from isecg.audit.words import SYSTEM


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

    `changes` is {field: [old, new]}; rows in it are written as their text. Whoever acts, in whatever
    language: rows are named in English, so that the log is in one.
    """
    with translation.override("en"):
        return _add(by, verb, what, on_behalf_of=on_behalf_of, why=str(why), changes=changes or {})


def _add(by: Any | None, verb: str, what: models.Model, *, changes: dict[str, Any], **words: str) -> Event:
    return Event.objects.create(
        actor_id=getattr(by, "pk", None),
        actor=str(by) if by is not None else SYSTEM,
        verb=verb,
        record_type=what._meta.label_lower,
        record_id=str(what.pk),
        record=str(what)[:300],
        changes={name: _plain(value) for name, value in changes.items()},
        **words,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)
