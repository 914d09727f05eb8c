"""Reading the event log."""

import datetime as dt
from typing import Any

from isecg.audit.models import Event, EventQuerySet


def events(*, who: str = "", what: str = "", record: str = "", day: dt.date | None = None) -> EventQuerySet:
    """Events by a person's name, a verb, a part of the record's name, a day (UTC); the newest first."""
    wanted: dict[str, Any] = {
        "actor__icontains": who,
        "verb": what,
        "record__icontains": record,
        "at__date": day,
    }
    return Event.objects.filter(**{name: value for name, value in wanted.items() if value})
