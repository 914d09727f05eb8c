"""What happened when: a dot for each event of the year, in a row for each destination or agency."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from babel.dates import format_skeleton
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from reports.charts.scene import (
    LEADING,
    SMALL,
    TEXT,
    WIDTH,
    Chart,
    Dot,
    Label,
    Line,
    Palette,
    fit,
    wide,
    wrap,
)

LEFT = 336  # where the text column begins
HEAD = 44
LANE = 36
AROUND = 24  # above the first lane of a row and below its last; half of it where lanes are thin
THIN = 20  # a lane for dots without words
RADIUS = 7
GAP = 16
# For phones: dots without words, the row's name above them.
PHONE = 344
PHONE_TEXT = 14
PHONE_LANE = 16
PHONE_NAME = 22
PHONE_RADIUS = 5


@dataclass(frozen=True)
class Mark:
    """Something that happened: in which row, when, and what its dot is called. `exact` to the day."""

    row: str
    day: dt.date
    label: str = ""
    exact: bool = True


@dataclass(frozen=True)
class Placed:
    """A mark with its lane, counted from 0, and where its dot and its words are."""

    mark: Mark
    lane: int
    x: int
    before: bool = False  # its words stand before the dot, since behind it the chart ends


Names = Sequence[tuple[str, str]]  # (row, its name), in the order they are drawn
Period = tuple[dt.date, dt.date]  # the first day and the first day behind


def when(
    marks: Sequence[Mark],
    rows: Names,
    period: Period,
    palette: Palette,
    *,
    lane: int = LANE,
    most: int | None = None,
) -> Chart:
    """Rows under each other over the period's months. A hollow dot is known to the month only, or less.

    `lane` is how high the line of a mark is. A chart that would be higher than `most` has dots without words
    in thin lanes, and if that is too high, too, one lane a row, where they may lie on each other.
    """
    bare = [replace(mark, label="") for mark in marks]
    tries = [(marks, lane, AROUND), (bare, THIN, AROUND // 2), (bare, 0, AROUND // 2 + RADIUS)]
    for shown, high, around in tries:
        chart = _drawn(shown, rows, period, palette, high, around)
        if most is None or chart.height <= most:
            break
    return chart


def _drawn(
    marks: Sequence[Mark], rows: Names, period: Period, palette: Palette, lane: int, around: int
) -> Chart:
    placed = {row: _lanes(marks, row, period, (LEFT, WIDTH)) for row, _name in rows}
    heights = {row: 2 * around + lane * _count(dots) for row, dots in placed.items()}
    chart = _empty(marks, rows, WIDTH, HEAD + sum(heights.values()) + 2)
    _months(chart, period, (LEFT, WIDTH), palette)
    top = HEAD
    for row, name in rows:
        chart.lines.append(Line(0, top, WIDTH, top, palette.line))
        _name(chart, name, len(placed[row]), top + around + lane // 2 + TEXT // 3, palette)
        for each in placed[row]:
            _mark(chart, each, top + around + lane * each.lane + lane // 2, palette)
        top += heights[row]
    chart.lines.append(Line(0, top, WIDTH, top, palette.line))
    return chart


def when_narrow(marks: Sequence[Mark], rows: Names, period: Period, palette: Palette) -> Chart:
    """The same for a phone, its dots without words."""
    bare = [Mark(mark.row, mark.day, "", mark.exact) for mark in marks]
    placed = {row: _lanes(bare, row, period, (0, PHONE), PHONE_RADIUS) for row, _name in rows}
    heights = {row: PHONE_NAME + PHONE_LANE * (_count(dots) + 1) for row, dots in placed.items()}
    chart = _empty(marks, rows, PHONE, HEAD // 2 + sum(heights.values()) + 2)
    _months(chart, period, (0, PHONE), palette, "MMMMM", PHONE_TEXT, HEAD // 2)
    top = HEAD // 2
    for row, name in rows:
        chart.lines.append(Line(0, top, PHONE, top, palette.line))
        words = f"{fit(name, PHONE - 40, PHONE_TEXT)} · {len(placed[row])}"
        chart.labels.append(Label(0, top + PHONE_NAME - 4, words, palette.ink, PHONE_TEXT, 600))
        for each in placed[row]:
            y = top + PHONE_NAME + PHONE_LANE * each.lane + PHONE_LANE
            chart.dots.append(_dot(each, y, PHONE_RADIUS, palette))
        top += heights[row]
    return chart


def _empty(marks: Sequence[Mark], rows: Names, width: int, height: int) -> Chart:
    words = ngettext("%(count)s highlight.", "%(count)s highlights.", len(marks)) % {"count": len(marks)}
    each = [f"{name}: {sum(mark.row == row for mark in marks)}" for row, name in rows]
    return Chart(
        title=_("What happened when"),
        description=f"{words} {'; '.join(each)}.",
        width=width,
        height=height,
    )


def _x(day: dt.date, period: Period, edges: tuple[int, int]) -> int:
    start, end = period
    return edges[0] + round((edges[1] - edges[0]) * (day - start).days / (end - start).days)


def _lanes(
    marks: Sequence[Mark], row: str, period: Period, edges: tuple[int, int], radius: int = RADIUS
) -> list[Placed]:
    """Each mark of a row in the first lane where it covers no other."""
    ends: list[int] = []
    placed = []
    for mark in sorted((mark for mark in marks if mark.row == row), key=lambda mark: (mark.day, mark.label)):
        x = min(max(_x(mark.day, period, edges), edges[0] + radius), edges[1] - radius)
        behind, ahead = edges[1] - x, x - edges[0]
        before = wide(mark.label, TEXT) + GAP > behind and ahead > behind
        label = fit(mark.label, (ahead if before else behind) - GAP)
        words = wide(label, TEXT) + GAP if label else 0
        left, right = (x - words - radius, x + radius) if before else (x - radius, x + radius + words)
        lane = next((at for at, end in enumerate(ends) if end <= left), len(ends))
        ends[lane : lane + 1] = [right + 4]
        placed.append(Placed(replace(mark, label=label), lane, x, before))
    return placed


def _count(placed: list[Placed]) -> int:
    return max((each.lane + 1 for each in placed), default=1)


def _months(
    chart: Chart,
    period: Period,
    edges: tuple[int, int],
    palette: Palette,
    skeleton: str = "MMM",
    size: int = SMALL,
    head: int = HEAD,
) -> None:
    language = get_language() or "en"
    for number in range(12):
        index = period[0].year * 12 + period[0].month - 1 + number
        day = dt.date(index // 12, index % 12 + 1, 1)
        x = _x(day, period, edges)
        chart.lines.append(Line(x, head - 14, x, chart.height - 2, palette.track))
        words = format_skeleton(skeleton, day, locale=language)
        chart.labels.append(Label(x + (5 if skeleton == "MMM" else 2), head - 12, words, palette.muted, size))


def _name(chart: Chart, name: str, count: int, line: int, palette: Palette) -> None:
    """The row's name, on two lines where it is long, and its number of marks; `line` is where they stand."""
    lines = wrap(name, LEFT - 100)
    first = line - (len(lines) - 1) * LEADING // 2
    for at, words in enumerate(lines):
        chart.labels.append(Label(0, first + at * LEADING, words, palette.ink, weight=600))
    chart.labels.append(Label(LEFT - 28, line, str(count), palette.on_track, weight=600, anchor="end"))


def _mark(chart: Chart, each: Placed, y: int, palette: Palette) -> None:
    chart.dots.append(_dot(each, y, RADIUS, palette))
    at, anchor = (each.x - GAP, "end") if each.before else (each.x + GAP, "start")
    if each.mark.label:
        chart.labels.append(Label(at, y + TEXT // 3, each.mark.label, palette.ink, anchor=anchor))


def _dot(each: Placed, y: int, radius: int, palette: Palette) -> Dot:
    fill = palette.late if each.mark.exact else palette.paper
    return Dot(each.x, y, radius, fill, palette.late)
