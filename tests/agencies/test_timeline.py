"""The picture of the chair through time: where its parts lie."""

import datetime as dt
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from agencies.timeline import PRINT, Span, draw
from isecg.drawing import Drawing

TODAY = dt.date(2026, 1, 1)
HISTORY = [
    Span("JAXA", dt.date(2009, 3, 10), dt.date(2009, 5, 20)),
    Span("ESA", dt.date(2009, 5, 20), dt.date(2024, 1, 1)),
    Span("not known", dt.date(2024, 1, 1), dt.date(2025, 1, 1), exact=False, known=False),
    Span("JAXA", dt.date(2025, 1, 1), None),
]


def picture(width: int = 1120, spans: list[Span] | None = None) -> Drawing:
    return draw(spans or HISTORY, today=TODAY, today_words="today", palette=PRINT, width=width)


def test_an_agency_has_one_lane_however_often_it_chaired() -> None:
    lanes = {bar.y for bar in picture().boxes}
    assert len(lanes) == 3
    assert picture().boxes[0].y == picture().boxes[3].y


def test_a_term_ends_where_the_next_begins() -> None:
    bars = picture().boxes
    assert bars[1].x + bars[1].width == bars[2].x


def test_a_term_of_weeks_can_still_be_seen_on_a_phone() -> None:
    assert picture(344).boxes[0].width >= 4


def test_an_inexact_handover_is_dashed_and_an_exact_one_is_not() -> None:
    handovers = [rule for rule in picture().lines if rule.stroke == PRINT.ink]
    assert [rule.dash for rule in handovers] == ["", "3 3", ""]


def test_an_unknown_chair_is_an_empty_dashed_box() -> None:
    unknown = picture().boxes[2]
    assert (unknown.fill, bool(unknown.dash)) == (PRINT.ground, True)


def test_only_the_running_term_has_the_colour_of_now() -> None:
    assert [bar.fill == PRINT.now for bar in picture().boxes] == [False, False, False, True]


DAYS = st.lists(st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1)), min_size=1, max_size=30, unique=True)


@given(DAYS, st.sampled_from([344, 1120]))
def test_nothing_lies_outside_the_picture(days: list[dt.date], width: int) -> None:
    starts = sorted(days)
    spans = [
        Span(f"A{at % 5}", start, end)
        for at, (start, end) in enumerate(zip(starts, [*starts[1:], None], strict=True))
    ]
    drawn = picture(width, spans)
    assert all(bar.x >= 0 and bar.x + bar.width <= width + 4 for bar in drawn.boxes)
    assert all(0 <= rule.x1 <= width and 0 <= rule.y2 <= drawn.height for rule in drawn.lines)
    assert all(0 <= words.x <= width for words in drawn.labels)


@given(DAYS)
def test_years_do_not_run_into_each_other(days: list[dt.date]) -> None:
    drawn = picture(344, [Span("A", min(days), None)])
    years = [words.x for words in drawn.labels if words.text.isdigit()]
    assert all(after - before >= 40 for before, after in pairwise(years))


def test_the_drawing_has_a_title_and_no_style() -> None:
    svg = picture().svg("x")
    assert '<title id="x-title">The chair through time, one row for each agency. 4 terms.' in svg
    assert "style=" not in svg
    assert svg.count("<rect") == len(HISTORY)


def test_a_stretch_of_days_is_shaded_behind_the_terms() -> None:
    drawn = draw(
        HISTORY, today=TODAY, today_words="", palette=PRINT, shaded=(dt.date(2025, 1, 1), dt.date(2026, 1, 1))
    )
    [ground] = drawn.grounds
    assert (ground.x, ground.x + ground.width) == (
        drawn.boxes[-1].x,
        drawn.boxes[-1].x + drawn.boxes[-1].width,
    )
