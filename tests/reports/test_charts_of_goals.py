"""The picture of goals kept, and what charts of the plan do with an item that was dropped."""

import datetime as dt
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from reports import charts
from reports.charts import Chart, Row
from reports.charts.scene import wide

PERIOD = (dt.date(2025, 1, 1), dt.date(2026, 1, 1))
COLORS = {"met": "#14284d", "partly": "#2f66ad", "missed": "#b3410c", "dropped": "#c5cede", "open": "#737f95"}
DRAWINGS = [charts.goals_kept, charts.goals_kept_narrow]


def year(number: int = 2025, **counts: int) -> dict[str, Any]:
    return {"year": number, "met": 0, "partly": 0, "missed": 0, "dropped": 0, "open": 0, **counts}


def colors(chart: Chart) -> list[str]:
    """Of the squares of the rows, without those of the key."""
    squares = [box.fill for box in chart.boxes if box.width == box.height and box.fill in COLORS.values()]
    return squares[len(COLORS) :]


def dropped() -> Row:
    return Row(
        code="X-1",
        title="A calendar",
        start=dt.date(2025, 2, 1),
        due=dt.date(2025, 11, 30),
        percent=40,
        status="dropped",
        reported=False,
        dropped=dt.date(2025, 6, 1),
    )


@pytest.mark.parametrize("draw", DRAWINGS)
def test_every_goal_is_a_square_of_its_outcome(draw: Any) -> None:
    chart = draw([year(met=2, partly=1, missed=1, dropped=1, open=3)], charts.PRINT)
    expected = ["met", "met", "partly", "missed", "dropped", "open", "open", "open"]
    assert colors(chart) == [COLORS[name] for name in expected]


@pytest.mark.parametrize("draw", DRAWINGS)
def test_the_newest_year_stands_on_top(draw: Any) -> None:
    chart = draw([year(2024, met=1), year(2026, open=1), year(2025, met=1)], charts.PRINT)
    assert [label.text for label in chart.labels if label.text.isdigit()] == ["2026", "2025", "2024"]


@pytest.mark.parametrize("draw", DRAWINGS)
@pytest.mark.parametrize("count", [0, 5, 60])
def test_everything_is_inside_the_drawing(draw: Any, count: int) -> None:
    chart = draw([year(met=count, open=count)], charts.PRINT)
    assert max(box.x + box.width for box in chart.boxes) <= chart.width
    assert max(label.x + wide(label.text, label.size) for label in chart.labels) <= chart.width
    assert max(box.y + box.height for box in chart.boxes) <= chart.height


@pytest.mark.parametrize("draw", DRAWINGS)
def test_the_picture_is_well_formed_and_says_its_numbers(draw: Any) -> None:
    root = ET.fromstring(draw([year(met=1), year(2024, partly=1)], charts.PRINT).svg("goals"))
    [title] = [each.text for each in root.iter() if each.tag.endswith("title")]
    assert title == "Goals kept. 2 goals, 1 met."


@pytest.mark.parametrize(
    "chart",
    [
        charts.progress([dropped()], charts.PRINT),
        charts.progress_narrow([dropped()], charts.PRINT),
        charts.gantt([dropped()], PERIOD, charts.PRINT),
    ],
    ids=["progress", "progress for phones", "gantt"],
)
def test_what_was_dropped_is_struck_and_never_in_the_colour_of_late(chart: Chart) -> None:
    assert chart.strikes
    assert charts.PRINT.late not in chart.svg("x")


def test_what_was_dropped_says_so_with_its_day_instead_of_a_percentage() -> None:
    words = [label.text for label in charts.progress([dropped()], charts.PRINT).labels]
    assert "dropped" in words
    assert "on 1 June 2025" in words
    assert not [each for each in words if "%" in each]


def test_rows_of_an_older_snapshot_know_nothing_of_dropping() -> None:
    item = {"code": "X", "title": "x", "start": "2025-01-01", "due": "2025-02-01", "percent": 0}
    [row] = charts.rows([{**item, "status": "late", "reported": True, "entries": []}])
    assert row.dropped is None
