"""One instant, one formatter: the day that is named is the day that is shown, wherever one reads it."""

import datetime as dt
from zoneinfo import ZoneInfo, available_timezones

import pytest
from django import forms
from django.template import engines
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from isecg import deadlines
from isecg.forms import DeadlineField

DAYS = st.dates(deadlines.FIRST, deadlines.LAST)
INSTANTS = st.datetimes(dt.datetime(2000, 1, 2), dt.datetime(2999, 12, 30), timezones=st.just(dt.UTC))
ZONES = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
DAY = dt.date(2026, 12, 14)
END = dt.datetime(2026, 12, 15, 12, tzinfo=dt.UTC)
PLACE = engines["django"].from_string("{% deadline instant %}")


class Form(forms.Form):
    at = DeadlineField(required=False)


def taken(day: str, time: str = "") -> dt.datetime | None:
    form = Form({"at_day": day, "at_time": time})
    assert form.is_valid(), form.errors
    instant: dt.datetime | None = form.cleaned_data["at"]
    return instant


def refused(day: str, time: str = "") -> str:
    form = Form({"at_day": day, "at_time": time})
    assert not form.is_valid()
    return str(form.errors["at"][0])


@given(DAYS)
def test_end_of_a_day_is_noon_utc_of_the_day_after(day: dt.date) -> None:
    end = deadlines.end_of(day)
    assert end == dt.datetime.combine(day + dt.timedelta(days=1), dt.time(12), dt.UTC)


@given(DAYS)
def test_the_day_shown_is_the_day_named(day: dt.date) -> None:
    assert deadlines.day_of(deadlines.end_of(day)) == day


@given(DAYS, ZONES)
def test_the_day_shown_does_not_depend_on_the_zone_it_is_stored_in(day: dt.date, zone: ZoneInfo) -> None:
    assert deadlines.day_of(deadlines.end_of(day).astimezone(zone)) == day


@given(DAYS, ZONES)
def test_nowhere_has_the_day_ended_later(day: dt.date, zone: ZoneInfo) -> None:
    # The last minute of the day, on the clock of any zone, still lies before the deadline.
    last = dt.datetime.combine(day, dt.time(23, 59), zone)
    assert last.astimezone(dt.UTC) < deadlines.end_of(day)


@given(INSTANTS)
def test_form_gives_back_the_instant_it_was_given(instant: dt.datetime) -> None:
    instant = instant.replace(second=0, microsecond=0)
    day, time = Form.base_fields["at"].widget.decompress(instant)
    assert taken(day.isoformat(), time.strftime("%H:%M") if time else "") == instant


def test_midnight_in_utc_is_a_time_like_any_other() -> None:
    assert taken("2026-12-14", "00:00") == dt.datetime(2026, 12, 14, tzinfo=dt.UTC)


@pytest.mark.parametrize("day", ["2024-02-29", "2026-12-31", "2027-01-01", "2026-03-29", "2026-10-25"])
def test_leap_day_year_end_and_change_of_clocks_are_days_like_any_other(day: str) -> None:
    instant = taken(day)
    assert instant is not None
    assert deadlines.day_of(instant) == dt.date.fromisoformat(day)
    assert instant.time() == dt.time(12)


def test_words_name_the_day_and_the_instant_in_utc() -> None:
    words = "the end of 14 December 2026, anywhere on earth (15 December 2026, 12:00 UTC)"
    assert deadlines.say(END) == words


def test_words_of_a_time_are_that_time_in_utc() -> None:
    berlin = dt.datetime(2026, 12, 14, 15, 5, tzinfo=ZoneInfo("Europe/Berlin"))
    assert deadlines.say(berlin) == "14 December 2026, 14:05 UTC"


def test_days_are_in_the_readers_language() -> None:
    with translation.override("de"):
        assert "14. Dezember 2026" in deadlines.say(END)
        assert deadlines.local(END, ZoneInfo("Asia/Tokyo")) == "Di., 15. Dezember 2026, 21:00"


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (dt.timedelta(days=30), "30 days left"),
        (dt.timedelta(days=2), "2 days left"),
        (dt.timedelta(days=2, seconds=-1), "47 hours left"),
        (dt.timedelta(minutes=61), "61 minutes left"),
        (dt.timedelta(seconds=60), "1 minute left"),
        (dt.timedelta(seconds=1), "less than a minute left"),
        (dt.timedelta(0), "passed"),
        (dt.timedelta(days=-400), "passed"),
    ],
)
def test_what_is_left_is_said_in_words(before: dt.timedelta, words: str) -> None:
    assert deadlines.left(END, END - before) == words


@pytest.mark.parametrize(
    ("outer", "inner"),
    [("2026-12-17", "2026-12-15"), ("2026-12-14", "2026-12-10"), ("2026-12-20", "2026-12-17")],
)
def test_inner_deadline_is_two_working_days_earlier(outer: str, inner: str) -> None:
    instant = deadlines.inner(deadlines.end_of(dt.date.fromisoformat(outer)))
    assert deadlines.day_of(instant) == dt.date.fromisoformat(inner)


@given(DAYS)
def test_inner_deadline_falls_on_a_working_day_before(day: dt.date) -> None:
    found = deadlines.day_of(deadlines.inner(deadlines.end_of(day)))
    assert found is not None
    assert found.weekday() < 5
    assert dt.timedelta(days=2) <= day - found <= dt.timedelta(days=4)


def test_component_shows_the_day_utc_and_room_for_the_readers_own_time() -> None:
    html = PLACE.render({"instant": dt.datetime(2999, 1, 2, 12, tzinfo=dt.UTC)})
    assert "until the end of 1 January 2999, anywhere on earth" in html
    assert '<time datetime="2999-01-02T12:00:00+00:00">2 January 2999, 12:00 UTC</time>' in html
    assert 'data-own-time="2999-01-02T12:00:00+00:00" hidden' in html
    assert "days left" in html


def test_component_says_clearly_that_a_deadline_has_passed() -> None:
    html = PLACE.render({"instant": dt.datetime(2020, 1, 2, 12, tzinfo=dt.UTC)})
    assert "passed" in html
    assert "left</span>" not in html


def test_nothing_named_is_nothing() -> None:
    assert taken("") is None


@pytest.mark.parametrize(
    "day", ["2026-02-30", "tomorrow", "\x00", "2026-12-14\x00", "9" * 10_000, "0000-00-00"]
)
def test_what_is_no_day_is_refused_with_a_sentence(day: str) -> None:
    assert refused(day) == "Enter a valid date."


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1999-12-31"])
def test_a_day_no_one_means_is_refused_with_a_sentence(day: str) -> None:
    assert refused(day) == "This day is too far away."


@pytest.mark.parametrize("time", ["25:00", "noon", "\x00", "12:00:00+99"])
def test_what_is_no_time_is_refused_with_a_sentence(time: str) -> None:
    assert refused("2026-12-14", time) == "Enter a valid time."


def test_a_time_without_a_day_is_refused_with_a_sentence() -> None:
    assert refused("", "12:00") == "Name the day."
