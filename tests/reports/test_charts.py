"""The charts: whatever the work plan holds, nothing leaves the drawing and no words lie on others."""

import datetime as dt
import xml.etree.ElementTree as ET
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports import charts
from reports.charts.scene import Chart, fit, wide, wrap
from reports.queries import Status, status

PERIOD = (dt.date(2025, 1, 1), dt.date(2026, 1, 1))
days = st.dates(dt.date(2015, 1, 1), dt.date(2040, 12, 31))


@st.composite
def rows(draw: st.DrawFn) -> charts.Row:
    start, due = sorted([draw(days), draw(days)])
    percent = draw(st.integers(0, 100))
    return charts.Row(
        code=draw(st.text(min_size=1, max_size=20)),
        title=draw(st.text(min_size=1, max_size=200)),
        start=start,
        due=due,
        percent=percent,
        status=status(percent, due, PERIOD[1]).value,
        reported=draw(st.booleans()),
        entries=tuple(draw(st.lists(days, max_size=4))),
        was_due=draw(st.none() | days),
    )


def row(
    code: str = "WP-01", start: str = "2025-02-01", due: str = "2025-08-31", percent: int = 50
) -> charts.Row:
    first, last = dt.date.fromisoformat(start), dt.date.fromisoformat(due)
    return charts.Row(code, f"Item {code}", first, last, percent, status(percent, last, PERIOD[1]).value)


def drawn(items: list[charts.Row]) -> list[Chart]:
    return [
        charts.progress(items, charts.PRINT),
        charts.progress_narrow(items, charts.PRINT),
        charts.gantt(items, PERIOD, charts.PRINT),
    ]


def corners(chart: Chart) -> list[tuple[int, int]]:
    found = [(box.x, box.y) for box in chart.boxes + chart.grounds]
    found += [(box.x + box.width, box.y + box.height) for box in chart.boxes + chart.grounds]
    found += [(line.x1, line.y1) for line in chart.lines] + [(line.x2, line.y2) for line in chart.lines]
    found += [point for shape in chart.shapes for point in shape.points]
    found += [
        (dot.x + sign * dot.radius, dot.y + sign * dot.radius) for dot in chart.dots for sign in (1, -1)
    ]
    for label in chart.labels:
        left, top, right, bottom = label.area
        found += [(left, top), (right, bottom)]
    return found


@settings(max_examples=60, deadline=None)
@given(st.lists(rows(), min_size=1, max_size=60))
def test_nothing_leaves_the_drawing(items: list[charts.Row]) -> None:
    for chart in drawn(items):
        assert all(0 <= x <= chart.width and 0 <= y <= chart.height for x, y in corners(chart))


@settings(max_examples=30, deadline=None)
@given(st.lists(rows(), min_size=1, max_size=12))
def test_no_words_lie_on_others(items: list[charts.Row]) -> None:
    for chart in drawn(items):
        areas = [label.area for label in chart.labels if label.text.strip()]
        for (left, top, right, bottom), (x, y, x2, y2) in combinations(areas, 2):
            assert right <= x or x2 <= left or bottom <= y or y2 <= top


@settings(max_examples=20, deadline=None)
@given(st.lists(rows(), min_size=1, max_size=5))
def test_the_svg_is_well_formed_and_has_no_styles_or_scripts(items: list[charts.Row]) -> None:
    for chart in drawn(items):
        text = "".join(letter for letter in chart.svg("x") if letter.isprintable() or letter == "\n")
        tags = [element.tag.rpartition("}")[2] for element in ET.fromstring(text).iter()]
        assert set(tags) <= {"svg", "title", "desc", "rect", "line", "polygon", "circle", "text"}
        assert " style=" not in text.split("<text")[0]


def test_the_svg_names_itself_for_those_who_do_not_see_it() -> None:
    root = ET.fromstring(charts.progress([row()], charts.PRINT).svg("plan"))
    ids = {element.get("id"): element.text for element in root.iter()}
    told = [ids[name] for name in (root.get("aria-labelledby") or "").split()]
    assert told == ["Progress of the work plan. 1 work item, 0 done."]  # once


@pytest.mark.parametrize(("percent", "share"), [(0, 0), (50, 220), (100, 440)])
def test_progress_draws_as_much_as_is_done(percent: int, share: int) -> None:
    track, bar = charts.progress([row(percent=percent)], charts.PRINT).boxes
    assert (track.width, bar.width) == (440, share)


@pytest.mark.parametrize(("percent", "share"), [(0, 0), (50, 92), (100, 184)])
def test_progress_for_phones_draws_as_much_as_is_done(percent: int, share: int) -> None:
    track, bar = charts.progress_narrow([row(percent=percent)], charts.PRINT).boxes
    assert (track.width, bar.width) == (184, share)


def test_progress_says_status_in_words_and_who_was_silent() -> None:
    silent = charts.Row("A", "t", dt.date(2025, 1, 1), dt.date(2025, 2, 1), 20, Status.LATE, reported=False)
    words = [label.text for label in charts.progress([silent], charts.PRINT).labels]
    assert "20 %, late" in words
    assert "no entry in the period" in words


def test_gantt_marks_the_end_of_the_period() -> None:
    chart = charts.gantt([row(due="2026-06-30")], PERIOD, charts.PRINT)
    [end] = [line for line in chart.lines if line.dash]
    shaded = chart.grounds[0]
    assert end.x1 == shaded.x + shaded.width


def test_gantt_shows_an_item_outside_by_an_arrowhead_and_no_bar() -> None:
    chart = charts.gantt([row(), row("WP-02", "2031-01-01", "2032-01-01", 0)], PERIOD, charts.PRINT)
    assert len(chart.boxes) == 2  # track and bar of the first
    assert [len(shape.points) for shape in chart.shapes] == [4, 3]


def test_gantt_keeps_the_due_day_of_before_as_a_hollow_diamond() -> None:
    item = {"code": "A", "title": "t", "start": "2025-01-01", "due": "2025-11-30", "percent": 50}
    item |= {"status": "on_track", "reported": True, "entries": [], "dropped": None}
    item |= {"changes": [{"before": {"due": "2025-06-30"}, "after": {"due": "2025-11-30"}}]}
    chart = charts.gantt(charts.rows([item]), PERIOD, charts.PRINT)
    before, due = chart.shapes
    assert (before.fill, due.fill) == (charts.PRINT.paper, charts.PRINT.on_track)
    assert before.points[0][0] < due.points[0][0]


def test_parts_of_one_plan_show_the_same_months() -> None:
    early, late = row("A", "2024-08-01", "2025-02-01"), row("B", "2025-03-01", "2026-11-30")
    months = charts.window([early, late], PERIOD)
    ends = [
        [line.x1 for line in charts.gantt([each], PERIOD, charts.PRINT, months).lines if line.dash]
        for each in (early, late)
    ]
    assert ends[0] == ends[1]


@pytest.mark.parametrize(("count", "parts"), [(0, []), (1, [1]), (12, [12]), (13, [7, 6]), (60, [12] * 5)])
def test_in_parts_is_even(count: int, parts: list[int]) -> None:
    assert [len(part) for part in charts.in_parts([row()] * count)] == parts


@pytest.mark.parametrize(("count", "parts"), [(12, [12]), (13, [9, 4]), (20, [12, 8]), (40, [12, 10, 10, 8])])
def test_the_part_that_opens_takes_what_its_page_holds(count: int, parts: list[int]) -> None:
    shown = [len(part) for part in charts.in_parts([row()] * count, opens=True)]
    assert shown == parts


def test_fit_shortens_with_an_ellipsis() -> None:
    assert fit("a" * 100, 200).endswith("…")
    assert wide(fit("a" * 100, 200), 22) <= 200
    assert fit("short", 200) == "short"


def test_wrap_keeps_all_words_while_they_fit() -> None:
    assert wrap("one two three", wide("one two", 22)) == ["one two", "three"]


@pytest.mark.parametrize("count", [1, 27, 300])
def test_what_happened_when_is_never_higher_than_a_page(count: int) -> None:
    names = [(f"A{at}", f"Agency {at}") for at in range(27)]
    marks = [
        charts.Mark(names[at % 27][0], dt.date(2025, 1 + at % 12, 1 + at % 28), "A long title")
        for at in range(count)
    ]
    told = [(row, name) for row, name in names if any(mark.row == row for mark in marks)]
    assert charts.when(marks, told, PERIOD, charts.PRINT, most=1480).height <= 1480
