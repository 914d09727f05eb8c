"""How fair a deadline is: for each agency its local end, and the working days and public holidays before it.

A working day counts when all of its office hours on the agency's own clock lie in the window. Weekends and
public holidays are those of its country (package `holidays`: the national ones).
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from django.utils.translation import get_language, gettext, ngettext

from agencies.models import Agency
from isecg import deadlines
from isecg.dated import say

OPENING, CLOSING = dt.time(9), dt.time(17)
LEAST = 10  # working days that an agency should have to answer in


@dataclass(frozen=True)
class Holiday:
    """A public holiday on a day on which people otherwise work."""

    day: dt.date
    name: str

    def __str__(self) -> str:
        return f"{say(self.day)} ({self.name})"


@dataclass(frozen=True)
class Window:
    """What lies before the deadline at the seat of one agency. What is not known is None."""

    agency: Agency
    local_end: str | None
    working_days: int
    holidays: tuple[Holiday, ...] | None
    warnings: tuple[str, ...]


def windows(
    agencies: Iterable[Agency], opens: dt.datetime, closes: dt.datetime, *, least: int = LEAST
) -> list[Window]:
    """The window of each agency, with a warning where it has fewer than `least` working days, or where
    half of the weekdays or more are holidays."""
    return [_window(agency, opens, closes, least) for agency in agencies]


def _window(agency: Agency, opens: dt.datetime, closes: dt.datetime, least: int) -> Window:
    zone = ZoneInfo(agency.time_zone) if agency.time_zone else None
    days = whole_days(opens, closes, zone or dt.UTC)
    calendar = _calendar(agency.country, get_language() or "en")
    weekdays = [day for day in days if not _is_weekend(day, calendar)]
    off = [day for day in weekdays if calendar is not None and not calendar.is_working_day(day)]
    worked = [day for day in days if _is_worked(day, calendar)]
    return Window(
        agency=agency,
        local_end=deadlines.local(closes, zone) if zone else None,
        working_days=len(worked),
        holidays=None if calendar is None else tuple(Holiday(day, calendar.get(day) or "") for day in off),
        warnings=tuple(_warnings(len(worked), len(weekdays), len(off), least)),
    )


def whole_days(opens: dt.datetime, closes: dt.datetime, zone: dt.tzinfo) -> list[dt.date]:
    """The days on which the window covers all office hours in that zone."""
    day, last = opens.astimezone(zone).date(), closes.astimezone(zone).date()
    every = [day + dt.timedelta(days=count) for count in range((last - day).days + 1)]
    return [
        each
        for each in every
        if opens <= dt.datetime.combine(each, OPENING, zone)
        and dt.datetime.combine(each, CLOSING, zone) <= closes
    ]


@lru_cache(maxsize=128)
def _calendar(country: str, language: str) -> holidays.HolidayBase | None:
    """The country's public holidays, named in the language or in English; None where they are not known."""
    known = holidays.list_supported_countries()
    if country not in known:
        return None
    names = holidays.country_holidays(country).supported_languages
    spoken = [each for each in (language, "en_US", "en_GB") if each in names]
    return holidays.country_holidays(country, language=spoken[0] if spoken else None)


def _is_weekend(day: dt.date, calendar: holidays.HolidayBase | None) -> bool:
    weekend = deadlines.WEEKEND if calendar is None else calendar.weekend
    return day.weekday() in weekend


def _is_worked(day: dt.date, calendar: holidays.HolidayBase | None) -> bool:
    """Also a Saturday that is worked to make up for a holiday."""
    return not _is_weekend(day, None) if calendar is None else calendar.is_working_day(day)


def _warnings(worked: int, weekdays: int, off: int, least: int) -> Iterable[str]:
    if worked == 0:
        yield gettext("Not one working day.")
    elif worked < least:
        yield ngettext("Only %(count)d working day.", "Only %(count)d working days.", worked) % {
            "count": worked
        }
    if off and 2 * off >= weekdays:
        yield gettext("Falls mostly into holidays.")
