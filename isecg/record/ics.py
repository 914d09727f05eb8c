"""A calendar file (RFC 5545): whole days, and instants in UTC."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse

LINE = 75  # octets; what is longer goes on in the next line, after a space


@dataclass(frozen=True)
class Event:
    """A day, a stretch of days up to `last`, or an instant (aware)."""

    at: dt.date | dt.datetime
    words: str
    address: str
    last: dt.date | None = None
    place: str = ""
    key: str = ""  # where two of one file stand at one address


def answer(events: Iterable[Event], name: str, now: dt.datetime) -> HttpResponse:
    """The file, to subscribe to or to open."""
    return HttpResponse(written(events, name, now), content_type="text/calendar; charset=utf-8")


def written(events: Iterable[Event], name: str, now: dt.datetime) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//ISECG portal//EN", f"X-WR-CALNAME:{_text(name)}"]
    for event in events:
        lines += _event(event, now)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(event: Event, now: dt.datetime) -> list[str]:
    key = hashlib.sha256(f"{event.address} {event.key}".encode()).hexdigest()[
        :32
    ]  # whatever its words and day
    return [
        "BEGIN:VEVENT",
        f"UID:{key}@isecg-portal",
        f"DTSTAMP:{_instant(now)}",
        *_when(event),
        f"SUMMARY:{_text(event.words)}",
        *([f"LOCATION:{_text(event.place)}"] if event.place else []),
        f"URL:{settings.SITE_URL}{event.address}",
        "END:VEVENT",
    ]


def _when(event: Event) -> list[str]:
    if isinstance(event.at, dt.datetime):
        return [f"DTSTART:{_instant(event.at)}"]
    after = (event.last or event.at) + dt.timedelta(days=1)  # the first day that no longer counts
    return [f"DTSTART;VALUE=DATE:{event.at:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"]


def _instant(value: dt.datetime) -> str:
    return f"{value.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    for sign in ("\\", ";", ","):
        words = words.replace(sign, "\\" + sign)
    return "\\n".join(words.splitlines())


def _folded(line: str) -> str:
    """Broken between characters, never inside one."""
    parts, part = list[str](), ""
    for sign in line:
        if len((part + sign).encode()) > LINE - bool(parts):
            parts.append(part)
            part = ""
        part += sign
    return "\r\n ".join([*parts, part])
