"""One stored instant, one way to say it: on pages, in mails, in PDFs and calendars.

A deadline named as a day is the end of that day anywhere on earth, that is in the last zone where it still
is that day (UTC-12): noon UTC of the day after. No zone of daylight saving is asked, so that the day which
is named is the day which is shown, always.
"""

import datetime as dt
from dataclasses import dataclass

from babel.dates import format_datetime
from django.utils.translation import get_language, gettext, ngettext

from isecg.dated import say as say_day

ANYWHERE = dt.timezone(dt.timedelta(hours=-12), "AoE")
WEEKEND = frozenset({5, 6})
INNER = 2  # working days between an agency's own deadline and the common one
FIRST, LAST = dt.date(2000, 1, 1), dt.date(2999, 12, 31)  # no deadline that a person means lies outside


def end_of(day: dt.date) -> dt.datetime:
    """The instant at which `day` has ended everywhere on earth, in UTC."""
    midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), ANYWHERE)
    return midnight.astimezone(dt.UTC)


def day_of(instant: dt.datetime) -> dt.date | None:
    """The day at whose end anywhere on earth `instant` lies; None for an instant at another time."""
    there = instant.astimezone(ANYWHERE)
    return there.date() - dt.timedelta(days=1) if there.time() == dt.time() else None


def last_day(instant: dt.datetime) -> dt.date:
    """The day a calendar shows: the named day, or the day in UTC."""
    return day_of(instant) or instant.astimezone(dt.UTC).date()


def say(instant: dt.datetime) -> str:
    """A deadline in the reader's language, after the word "until": "the end of 14 December 2026, anywhere
    on earth (15 December 2026, 12:00 UTC)"."""
    day = day_of(instant)
    if day is None:
        return utc(instant)
    words = gettext("the end of %(day)s, anywhere on earth (%(utc)s)")
    return words % {"day": say_day(day), "utc": utc(instant)}


def utc(instant: dt.datetime) -> str:
    """An instant in UTC in the reader's language: "15 December 2026, 12:00 UTC"."""
    there = instant.astimezone(dt.UTC)
    seconds = ":%S" if there.second else ""
    return f"{say_day(there.date())}, {there.strftime(f'%H:%M{seconds}')} UTC"


def local(instant: dt.datetime, zone: dt.tzinfo) -> str:
    """An instant as the clock on a wall in that zone shows it: "Tue, 15 December 2026, 21:00"."""
    there = instant.astimezone(zone)
    weekday = format_datetime(there, "EEE", tzinfo=zone, locale=get_language() or "en")
    return f"{weekday}, {say_day(there.date())}, {there:%H:%M}"


def left(instant: dt.datetime, now: dt.datetime) -> str:
    """How long is left, in words: "3 days left", "40 minutes left"; from the instant itself on "passed"."""
    seconds = (instant - now).total_seconds()
    if seconds <= 0:
        return gettext("passed")
    if seconds >= 2 * 86_400:
        return _days(int(seconds // 86_400))
    if seconds >= 2 * 3_600:
        return _hours(int(seconds // 3_600))
    return _minutes(int(seconds // 60)) if seconds >= 60 else gettext("less than a minute left")


def _days(count: int) -> str:
    return ngettext("%(count)d day left", "%(count)d days left", count) % {"count": count}


def _hours(count: int) -> str:
    return ngettext("%(count)d hour left", "%(count)d hours left", count) % {"count": count}


def _minutes(count: int) -> str:
    return ngettext("%(count)d minute left", "%(count)d minutes left", count) % {"count": count}


def inner(outer: dt.datetime, count: int = INNER) -> dt.datetime:
    """The agencies' own deadline: `count` working days (Monday to Friday) before the common one, at the same
    time of the day. One on a weekend counts back from the Friday before."""
    day = last_day(outer)
    earlier = day
    while count:
        earlier -= dt.timedelta(days=1)
        count -= earlier.weekday() not in WEEKEND
    return outer - (day - earlier)


@dataclass(frozen=True)
class Shown:
    """A deadline in all the words a page shows."""

    instant: dt.datetime
    day: dt.date | None
    utc: str
    left: str
    passed: bool


def shown(instant: dt.datetime, now: dt.datetime) -> Shown:
    """What `templates/components/deadline.html` shows of `instant` to somebody who looks at `now`."""
    return Shown(instant, day_of(instant), utc(instant), left(instant, now), instant <= now)
