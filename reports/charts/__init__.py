"""Charts as SVG: pure geometry here, drawn by one template; for pages and the PDF alike.

Presentation attributes only (`fill=`), because neither the content policy nor inline SVG in a PDF lets
style sheets in. `rows` turns a snapshot's work items into what the charts take.
"""

import datetime as dt
from typing import Any

from reports.charts.gantt import gantt, window
from reports.charts.goals import goals_kept, goals_kept_narrow
from reports.charts.progress import progress, progress_narrow
from reports.charts.scene import PRINT, SCREEN, Chart, Palette, Row
from reports.charts.when import Mark, when, when_narrow

__all__ = [
    "PRINT",
    "SCREEN",
    "Chart",
    "Mark",
    "Palette",
    "Row",
    "gantt",
    "goals_kept",
    "goals_kept_narrow",
    "in_parts",
    "progress",
    "progress_narrow",
    "rows",
    "when",
    "when_narrow",
    "window",
]


LEAST = 4


def rows(items: list[dict[str, Any]]) -> list[Row]:
    """The rows of a snapshot's work items."""
    day = dt.date.fromisoformat
    return [
        Row(
            code=item["code"],
            title=item["title"],
            start=day(item["start"]),
            due=day(item["due"]),
            percent=item["percent"],
            status=item["status"],
            reported=item["reported"],
            entries=tuple(day(entry["day"]) for entry in item["entries"]),
            dropped=day(item["dropped"]["on"]) if item.get("dropped") else None,
            was_due=_was_due(item),
        )
        for item in items
    ]


def _was_due(item: dict[str, Any]) -> dt.date | None:
    """The due day before the first change of it in the period."""
    days = [change["before"]["due"] for change in item.get("changes", []) if change["before"].get("due")]
    return dt.date.fromisoformat(days[0]) if days and days[0] != item["due"] else None


def in_parts(rows: list[Row], most: int = 12, *, opens: bool = False) -> list[list[Row]]:
    """Rows in as few even parts as fit a page each: 13 rows become 7 and 6, not 12 and 1.

    Where the first part `opens` a chapter it takes all that its page has room for, since nothing follows it
    there, but leaves no part with less than LEAST: 20 rows become 12 and 8, 13 become 9 and 4.
    """
    if opens and len(rows) > most:
        first = min(most, len(rows) - LEAST)
        return [rows[:first], *in_parts(rows[first:], most)]
    count = -(-len(rows) // most)
    size = -(-len(rows) // count) if count else 1
    return [rows[at : at + size] for at in range(0, len(rows), size)]
