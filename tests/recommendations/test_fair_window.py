"""What a deadline means at each agency's seat: local end, working days, public holidays, warnings."""

import datetime as dt
from zoneinfo import ZoneInfo, available_timezones

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from agencies.models import Agency
from isecg.deadlines import end_of
from recommendations import fair_window
from recommendations.fair_window import Window, windows

ZONES = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)


def at(words: str) -> dt.datetime:
    return dt.datetime.fromisoformat(words).replace(tzinfo=dt.UTC)


def window(country: str, zone: str, opens: str, last: str, least: int = 10) -> Window:
    agency = Agency(slug="x", country=country, time_zone=zone)
    return windows([agency], at(opens), end_of(dt.date.fromisoformat(last)), least=least)[0]


def test_local_end_is_on_the_clock_of_the_agencys_seat() -> None:
    assert window("JP", "Asia/Tokyo", "2026-11-30T08:00", "2026-12-14").local_end == (
        "Tue, 15 December 2026, 21:00"
    )
    assert window("US", "America/New_York", "2026-11-30T08:00", "2026-12-14").local_end == (
        "Tue, 15 December 2026, 07:00"
    )


def test_local_end_follows_summer_time() -> None:
    assert (
        window("DE", "Europe/Berlin", "2026-10-01T08:00", "2026-10-23").local_end
        == "Sat, 24 October 2026, 14:00"
    )
    assert (
        window("DE", "Europe/Berlin", "2026-10-01T08:00", "2026-10-24").local_end
        == "Sun, 25 October 2026, 13:00"
    )


def test_an_unknown_zone_has_no_local_end() -> None:
    assert window("PT", "", "2026-11-30T08:00", "2026-12-14").local_end is None


@pytest.mark.parametrize(
    ("zone", "count"),
    [
        ("America/New_York", 11),  # from Monday, 30 November, to Monday, 14 December
        ("Europe/Berlin", 10),  # opened after nine on Monday, and over at one o'clock on Tuesday
        ("Asia/Tokyo", 11),  # Tuesday, 15 December, is worked to its end before the deadline
    ],
)
def test_a_day_counts_when_all_its_office_hours_lie_in_the_window(zone: str, count: int) -> None:
    found = fair_window.whole_days(at("2026-11-30T08:30"), end_of(dt.date(2026, 12, 14)), ZoneInfo(zone))
    assert len([day for day in found if day.weekday() < 5]) == count


def test_weekends_are_those_of_the_country() -> None:
    # A Friday, and no more: a working day in Germany, the weekend in Saudi Arabia.
    assert window("DE", "Europe/Berlin", "2026-06-11T20:00", "2026-06-12").working_days == 1
    assert window("SA", "Asia/Riyadh", "2026-06-11T20:00", "2026-06-12").working_days == 0


def test_public_holidays_on_weekdays_are_named() -> None:
    found = window("DE", "Europe/Berlin", "2026-12-14T20:00", "2027-01-04")
    assert found.holidays is not None
    assert [str(each) for each in found.holidays] == [
        "25 December 2026 (Christmas Day)",
        "1 January 2027 (New Year's Day)",
    ]


def test_public_holidays_are_named_in_the_readers_language_where_it_is_spoken() -> None:
    with translation.override("de"):
        found = window("DE", "Europe/Berlin", "2026-12-14T20:00", "2027-01-04")
        assert found.holidays is not None
        assert str(found.holidays[0]) == "25. Dezember 2026 (Erster Weihnachtstag)"


@pytest.mark.parametrize("country", ["", "XX"])
def test_unknown_public_holidays_are_not_said_to_be_none(country: str) -> None:
    found = window(country, "Europe/Paris", "2026-12-14T20:00", "2027-01-04")
    assert found.holidays is None
    assert found.working_days == 15  # weekends alone are known


def test_few_working_days_are_warned_of() -> None:
    found = window("DE", "Europe/Berlin", "2026-12-10T20:00", "2026-12-16", least=5)
    assert found.warnings == ("Only 4 working days.",)
    assert window("DE", "Europe/Berlin", "2026-12-10T20:00", "2026-12-16", least=4).warnings == ()


def test_a_window_without_a_working_day_is_warned_of() -> None:
    assert window("DE", "Europe/Berlin", "2026-12-11T20:00", "2026-12-12").warnings == (
        "Not one working day.",
    )


def test_a_window_mostly_in_holidays_is_warned_of() -> None:
    found = window("CN", "Asia/Shanghai", "2026-02-13T12:00", "2026-02-22", least=1)
    assert "Falls mostly into holidays." in found.warnings
    assert window("DE", "Europe/Berlin", "2026-02-13T12:00", "2026-02-22", least=1).warnings == ()


def test_a_saturday_worked_for_a_holiday_is_a_working_day() -> None:
    # 14 February 2026 is a Saturday on which China works for the Spring Festival.
    found = window("CN", "Asia/Shanghai", "2026-02-13T12:00", "2026-02-13", least=1)
    assert found.working_days == 1


@given(ZONES, st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31)), st.integers(0, 60))
def test_a_later_deadline_never_has_fewer_days(zone: ZoneInfo, start: dt.date, length: int) -> None:
    opens = dt.datetime.combine(start, dt.time(10), dt.UTC)
    shorter = fair_window.whole_days(opens, end_of(start + dt.timedelta(days=length)), zone)
    longer = fair_window.whole_days(opens, end_of(start + dt.timedelta(days=length + 1)), zone)
    assert longer[: len(shorter)] == shorter
    assert len(longer) - len(shorter) <= 2


def test_no_agency_no_window() -> None:
    assert windows([], at("2026-11-30T08:00"), at("2026-12-15T12:00")) == []
