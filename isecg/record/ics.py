"""A calendar file (RFC 5545): whole days, and instants in UTC."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse


@dataclass(frozen=True)
class Event:
    """A day, a stretch of days up to `last`, or an instant (aware)."""

    at: dt.date | dt.datetime
    words: str
    address: str
    last: dt.date | None = None
    place: str = ""
    key: str = ""  # where two of one file stand at one address

    @property
    def uid(self) -> str:
        """The same whatever its words and its day, so that a calendar moves what it has."""
        return f"{hashlib.sha256(f'{self.address} {self.key}'.encode()).hexdigest()[:32]}@isecg-portal"


def answer(events: Iterable[Event], name: str, now: dt.datetime) -> HttpResponse:
    """The file, to subscribe to or to open."""
    return HttpResponse(written(events, name, now), content_type="text/calendar; charset=utf-8")


def written(events: Iterable[Event], name: str, now: dt.datetime) -> str:
    """The file's text."""
    import icalendar  # takes its time, and few processes ever write one

    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//ISECG portal//EN")
    calendar.add("x-wr-calname", name)
    for event in events:
        entry = icalendar.Event()
        for what, value in _said(event, now):
            entry.add(what, value)
        calendar.add_component(entry)
    text: str = calendar.to_ical().decode()
    return text


def _said(event: Event, now: dt.datetime) -> Iterator[tuple[str, str | dt.date]]:
    """An event's properties, by their names."""
    yield "uid", event.uid
    yield "dtstamp", now.astimezone(dt.UTC)
    if isinstance(event.at, dt.datetime):
        yield "dtstart", event.at.astimezone(dt.UTC)
    else:
        yield "dtstart", event.at
        yield "dtend", (event.last or event.at) + dt.timedelta(days=1)  # the first that no longer counts
    yield "summary", event.words
    if event.place:
        yield "location", event.place
    yield "url", f"{settings.SITE_URL}{event.address}"
