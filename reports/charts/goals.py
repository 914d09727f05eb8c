"""Goals kept: a row for each year, a square for each of its goals, by what became of them.

A square says it without colour, too: full (met), half full (partly met), crossed (missed), struck and grey
(dropped), empty (open).
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.charts.scene import SMALL, TEXT, WIDTH, Box, Chart, Label, Line, Palette, fit, wide
from reports.models import Outcome

ORDER = (*Outcome.values, "open")
Tally = dict[str, Any]  # {"year": …, "met": …, "partly": …, "missed": …, "dropped": …, "open": …}


@dataclass(frozen=True)
class Size:
    """Measures of the drawing: for wide pages and paper, or for phones."""

    width: int
    year: int  # where the squares begin
    side: int
    gap: int
    row: int
    text: int
    small: int
    words: int  # room for what stands at the end of a row; none: it stands above the squares

    @property
    def step(self) -> int:
        return self.side + self.gap

    @property
    def most(self) -> int:
        """How many squares a row has room for."""
        return (self.width - self.year - self.words) // self.step


LARGE = Size(width=WIDTH, year=100, side=34, gap=10, row=56, text=TEXT, small=SMALL, words=300)
PHONE = Size(width=344, year=0, side=18, gap=5, row=62, text=14, small=13, words=0)


def goals_kept(record: list[Tally], palette: Palette) -> Chart:
    """The years of `record` (as a snapshot's `goals_record` has them), the newest first."""
    return _drawn(record, palette, LARGE)


def goals_kept_narrow(record: list[Tally], palette: Palette) -> Chart:
    """The same for a phone."""
    return _drawn(record, palette, PHONE)


def _drawn(record: list[Tally], palette: Palette, size: Size) -> Chart:
    rows = sorted(record, key=lambda row: -row["year"])
    goals = sum(row[name] for row in rows for name in ORDER)
    met = sum(row["met"] for row in rows)
    words = ngettext("%(count)s goal, %(met)s met.", "%(count)s goals, %(met)s met.", goals)
    chart = Chart(
        title=_("Goals kept"),
        description=words % {"count": goals, "met": met},
        width=size.width,
        height=0,
    )
    top = _key(chart, palette, size)
    for number, row in enumerate(rows):
        _year(chart, row, top + number * size.row, palette, size)
    chart.height = top + size.row * max(1, len(rows))
    return chart


def name_of(outcome: str) -> str:
    """What became of a goal, in words."""
    return str(Outcome(outcome).label) if outcome in Outcome.values else _("open")


def _key(chart: Chart, palette: Palette, size: Size) -> int:
    """What the squares mean, in as many lines as it needs; returns where the rows begin."""
    x, y = 0, 4
    for outcome in ORDER:
        words = name_of(outcome)
        width = size.step + wide(words, size.small) + size.gap * 2
        if x and x + width > size.width:
            x, y = 0, y + size.step + size.gap
        _square(chart, x, y, outcome, palette, size)
        place = y + size.side // 2 + size.small // 3
        chart.labels.append(Label(x + size.step, place, words, palette.ink, size.small))
        x += width
    return y + size.side + size.gap * 2


def _year(chart: Chart, row: Tally, top: int, palette: Palette, size: Size) -> None:
    chart.lines.append(Line(0, top, size.width, top, palette.line))
    drawn = [name for name in ORDER for _goal in range(row[name])]
    squares = min(len(drawn), size.most)
    if size.words:
        square, base = top + (size.row - size.side) // 2, top + size.row // 2 + size.text // 3
        x = size.year + squares * size.step + size.gap
    else:
        square, base = top + size.row - size.side - 2 * size.gap, top + size.text + 2 * size.gap
        x = 4 * size.text
    for place, outcome in enumerate(drawn[:squares]):
        _square(chart, size.year + place * size.step, square, outcome, palette, size)
    words = fit(_words(row, len(drawn)), size.width - x, size.small)
    chart.labels.append(Label(0, base, str(row["year"]), palette.ink, size.text, 600))
    chart.labels.append(Label(x, base, words, palette.muted, size.small))


def _words(row: Tally, count: int) -> str:
    """“3 of 5 met”; while some are open, how many."""
    words = _("%(met)s of %(count)s met") % {"met": row["met"], "count": count}
    return words + ", " + _("%(count)s open") % {"count": row["open"]} if row["open"] else words


def _square(chart: Chart, x: int, y: int, outcome: str, palette: Palette, size: Size) -> None:
    side, edge = size.side, max(2, size.side // 12)
    color = {"met": palette.done, "partly": palette.on_track, "missed": palette.late}.get(
        outcome, palette.dropped if outcome == "dropped" else palette.not_started
    )
    inner = side - 2 * edge
    chart.boxes.append(Box(x, y, side, side, color))
    if outcome in ("missed", "open"):
        chart.boxes.append(Box(x + edge, y + edge, inner, inner, palette.paper))
    if outcome == "partly":
        chart.boxes.append(Box(x + edge, y + edge, inner, inner // 2, palette.paper))
    near, far = side // 4, side - side // 4
    if outcome == "missed":
        chart.strikes.append(Line(x + near, y + near, x + far, y + far, color, edge))
        chart.strikes.append(Line(x + near, y + far, x + far, y + near, color, edge))
    if outcome == "dropped":
        chart.strikes.append(Line(x, y + side // 2, x + side, y + side // 2, palette.muted, edge))
