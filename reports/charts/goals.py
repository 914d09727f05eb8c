"""Goals kept: a row for each year, a square for each of its goals, by what became of them.

A square says it without colour, too: full (met), half full (partly met), crossed (missed), struck and grey
(dropped), empty (open).
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.charts.scene import SMALL, TEXT, WIDTH, Box, Chart, Label, Line, Palette, fit, wide
from reports.models import Outcome

YEAR = 100
SIDE = 34
STEP = SIDE + 10
ROW = SIDE + 22
KEY = 64
COUNT = 300  # room for the words at the end of a row
MOST = (WIDTH - YEAR - COUNT) // STEP
ORDER = (*Outcome.values, "open")
Tally = dict[str, Any]  # {"year": …, "met": …, "partly": …, "missed": …, "dropped": …, "open": …}


def goals_kept(record: list[Tally], palette: Palette) -> Chart:
    """The years of `record` (as a snapshot's `goals_record` has them), the newest first."""
    rows = sorted(record, key=lambda row: -row["year"])
    goals = sum(row[name] for row in rows for name in ORDER)
    met = sum(row["met"] for row in rows)
    words = ngettext("%(count)s goal, %(met)s met.", "%(count)s goals, %(met)s met.", goals)
    chart = Chart(
        title=_("Goals kept"),
        description=words % {"count": goals, "met": met},
        height=KEY + ROW * max(1, len(rows)),
    )
    _key(chart, palette)
    for number, row in enumerate(rows):
        _year(chart, row, KEY + number * ROW, palette)
    return chart


def name_of(outcome: str) -> str:
    """What became of a goal, in words."""
    return str(Outcome(outcome).label) if outcome in Outcome.values else _("open")


def _key(chart: Chart, palette: Palette) -> None:
    x = YEAR
    for outcome in ORDER:
        _square(chart, x, 6, outcome, palette)
        label = Label(x + STEP, 6 + SIDE * 2 // 3, name_of(outcome), palette.ink, SMALL)
        chart.labels.append(label)
        x += STEP + wide(label.text, SMALL) + 28


def _year(chart: Chart, row: Tally, top: int, palette: Palette) -> None:
    chart.lines.append(Line(0, top, WIDTH, top, palette.line))
    square, base = top + (ROW - SIDE) // 2, top + ROW // 2 + TEXT // 3
    chart.labels.append(Label(0, base, str(row["year"]), palette.ink, weight=600))
    drawn = [name for name in ORDER for _goal in range(row[name])]
    for place, outcome in enumerate(drawn[:MOST]):
        _square(chart, YEAR + place * STEP, square, outcome, palette)
    x = YEAR + min(len(drawn), MOST) * STEP + 16
    chart.labels.append(Label(x, base, fit(_words(row, len(drawn)), WIDTH - x), palette.muted, SMALL))


def _words(row: Tally, count: int) -> str:
    """“3 of 5 met”; while some are open, how many."""
    words = _("%(met)s of %(count)s met") % {"met": row["met"], "count": count}
    return words + ", " + _("%(count)s open") % {"count": row["open"]} if row["open"] else words


def _square(chart: Chart, x: int, y: int, outcome: str, palette: Palette) -> None:
    edge = {"met": palette.done, "partly": palette.on_track, "missed": palette.late}.get(
        outcome, palette.not_started
    )
    chart.boxes.append(Box(x, y, SIDE, SIDE, palette.dropped if outcome == "dropped" else edge))
    inside = Box(x + 3, y + 3, SIDE - 6, SIDE - 6, palette.paper)
    if outcome in ("missed", "open"):
        chart.boxes.append(inside)
    if outcome == "partly":
        chart.boxes.append(Box(x + 3, y + 3, SIDE - 6, (SIDE - 6) // 2, palette.paper))
    right, low = x + SIDE - 8, y + SIDE - 8
    if outcome == "missed":
        chart.strikes.append(Line(x + 8, y + 8, right, low, edge, 3))
        chart.strikes.append(Line(x + 8, low, right, y + 8, edge, 3))
    if outcome == "dropped":
        chart.strikes.append(Line(x, y + SIDE // 2, x + SIDE, y + SIDE // 2, palette.muted, 3))
