"""Meetings, due days and one's own deadlines as a calendar file."""

import datetime as dt
from typing import Any

import pytest

from isecg import home
from isecg.dated import Precision
from isecg.needs import Need
from isecg.record.ics import Event, written
from reports.models import Meeting, WorkItem

NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)


def lines(text: str) -> list[str]:
    """The lines of the file, unfolded."""
    return text.replace("\r\n ", "").split("\r\n")


def test_calendar_has_meetings_whose_days_are_known(client: Any, db: None) -> None:
    Meeting.objects.create(
        slug="sam",
        title="Managers; all",
        kind="plenary",
        day=dt.date(2030, 5, 6),
        last_day=dt.date(2030, 5, 8),
    )
    Meeting.objects.create(
        slug="some",
        title="Some month",
        kind="plenary",
        day=dt.date(2030, 7, 1),
        day_precision=Precision.MONTH,
    )
    response = client.get("/calendar.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    found = lines(response.content.decode())
    assert "SUMMARY:Managers\\; all" in found
    assert "DTSTART;VALUE=DATE:20300506" in found
    assert "DTEND;VALUE=DATE:20300509" in found  # the first day that no longer counts
    assert "SUMMARY:Some month" not in found


def test_calendar_has_the_days_on_which_work_is_due(client: Any, db: None) -> None:
    WorkItem.objects.create(code="W-1", title="Item", start=dt.date(2020, 1, 1), due=dt.date(2030, 6, 1))
    found = lines(client.get("/calendar.ics").content.decode())
    assert "SUMMARY:Due: W-1 Item" in found
    assert "DTSTART;VALUE=DATE:20300601" in found


def test_calendar_knows_an_event_again_that_was_renamed_or_moved() -> None:
    texts = [
        written([Event(dt.date(2026, 3, day), f"Meeting {day}", "/meetings/#x")], "Name", NOW)
        for day in (1, 2)
    ]
    uids = [line for text in texts for line in lines(text) if line.startswith("UID:")]
    assert len(uids) == 2
    assert len(set(uids)) == 1


def test_calendar_breaks_long_lines_between_letters() -> None:
    text = written([Event(dt.date(2026, 3, 1), "Ü" * 200, "/x/")], "Name", NOW)
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert f"SUMMARY:{'Ü' * 200}" in lines(text)


def test_desk_calendar_has_the_readers_deadlines_and_nothing_without_one(
    sign_in: Any, head_a: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs = [Need(NOW, "Confirm", "Do it", "/confirm/"), Need(None, "Some day", "Do it", "/some/")]
    monkeypatch.setattr(home, "SOURCES", [lambda member, now: needs])
    found = lines(sign_in(head_a).get("/desk/calendar.ics").content.decode())
    assert "SUMMARY:Confirm" in found
    assert "DTSTART:20260310T120000Z" in found
    assert "SUMMARY:Some day" not in found
