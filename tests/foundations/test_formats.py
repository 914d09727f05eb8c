"""Days and times read the same everywhere: the month in words, a 24-hour clock, the time zone said."""

import datetime as dt

import pytest
from django.template import Context, Template
from django.utils import translation

DAY = dt.date(2026, 11, 3)
INSTANT = dt.datetime(2026, 11, 3, 14, 2, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("language", "value", "words"),
    [
        ("en", DAY, "3 November 2026"),
        ("de", DAY, "3. November 2026"),
        ("en", INSTANT, "3 November 2026, 14:02 UTC"),
        ("de", INSTANT, "3. November 2026, 14:02 UTC"),
    ],
)
def test_a_value_shown_as_it_is_reads_like_every_other_day(language: str, value: dt.date, words: str) -> None:
    with translation.override(language):
        assert Template("{{ value }}").render(Context({"value": value})) == words


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_time_in_a_list_is_short_and_sorts(language: str) -> None:
    with translation.override(language):
        shown = Template('{{ value|date:"SHORT_DATETIME_FORMAT" }}').render(Context({"value": INSTANT}))
    assert shown == "2026-11-03 14:02 UTC"
