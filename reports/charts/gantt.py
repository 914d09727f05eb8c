"""The Gantt chart: work items over months, with what was due when and when somebody reported."""

import datetime as dt
from dataclasses import dataclass

from babel.dates import format_skeleton
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from isecg.dated import say
from reports.charts.scene import (
    LEADING,
    SMALL,
    TEXT,
    WIDTH,
    Box,
    Chart,
    Dot,
    Label,
    Line,
    Palette,
    Row,
    Shape,
    fit,
    wide,
    wrap,
)

NAME = 140
LEFT = 540
RIGHT = WIDTH - 20
HEAD = 92
ROW = 2 * LEADING + 12
THICK = 20
BEFORE, AFTER = 6, 12  # months shown around the period, at most


@dataclass(frozen=True)
class Months:
    """The stretch of time on the chart: whole months, `end` the first day behind it."""

    start: dt.date
    end: dt.date

    @property
    def count(self) -> int:
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month

    def x(self, day: dt.date) -> int:
        """Where a day is; days outside are at the edge."""
        inside = min(max(day, self.start), self.end)
        return LEFT + round((RIGHT - LEFT) * (inside - self.start).days / (self.end - self.start).days)

    def holds(self, day: dt.date) -> bool:
        return self.start <= day < self.end


def gantt(
    rows: list[Row], period: tuple[dt.date, dt.date], palette: Palette, months: Months | None = None
) -> Chart:
    """Bars from start to due day, filled as far as done; a dot an entry, a diamond the due day.

    `period` is its first day and the first day behind it; its stretch is shaded and its end marked. What
    goes beyond the months shown has an arrowhead there. `months` are those of `window` where not given:
    parts of one plan share them.
    """
    months = months or window(rows, period)
    chart = Chart(
        title=_("Work plan over time"),
        description=ngettext(
            "%(count)s work item from %(start)s to %(end)s.",
            "%(count)s work items from %(start)s to %(end)s.",
            len(rows),
        )
        % {"count": len(rows), "start": say(months.start, "month"), "end": say(_before(months.end), "month")},
        height=HEAD + ROW * max(1, len(rows)) + 8,
    )
    _months(chart, months, period, palette)
    for number, row in enumerate(rows):
        _item(chart, row, months, HEAD + number * ROW, palette)
    return chart


def window(rows: list[Row], period: tuple[dt.date, dt.date]) -> Months:
    """The months from the first start to the last due day, bounded to some before and after the period."""
    start, end = period
    first = min([row.start for row in rows], default=start)
    last = max([row.due for row in rows], default=end)
    return Months(
        max(min(first.replace(day=1), start), add(start, -BEFORE)),
        min(max(add(last.replace(day=1), 1), end), add(end, AFTER)),
    )


def add(day: dt.date, months: int) -> dt.date:
    """The first day of the month that is `months` later."""
    index = day.year * 12 + day.month - 1 + months
    return dt.date(index // 12, index % 12 + 1, 1)


def _before(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=1)


def _months(chart: Chart, months: Months, period: tuple[dt.date, dt.date], palette: Palette) -> None:
    left, right = months.x(period[0]), months.x(period[1])
    chart.grounds.append(Box(left, HEAD - 36, right - left, chart.height - HEAD + 36, palette.period))
    step = 1 if months.count <= 18 else 3
    for number in range(0, months.count, 1):
        day = add(months.start, number)
        x, following = months.x(day), months.x(add(day, step))
        if day.month == 1 or number == 0:
            chart.lines.append(Line(x, HEAD - 70, x, chart.height - 4, palette.line, 2))
            chart.labels += _year(day, x, months, palette)
        elif (day.month - 1) % step == 0:
            chart.lines.append(Line(x, HEAD - 36, x, chart.height - 4, palette.line))
        if (day.month - 1) % step == 0:
            name = fit(_name(day, step), following - x - 6, SMALL)
            chart.labels.append(
                Label((x + following) // 2, HEAD - 12, name, palette.muted, SMALL, anchor="middle")
            )
    chart.lines.append(Line(right, HEAD - 36, right, chart.height - 4, palette.ink, 2, "6 4"))


def _year(day: dt.date, x: int, months: Months, palette: Palette) -> list[Label]:
    room = months.x(min(dt.date(day.year + 1, 1, 1), months.end)) - x
    name = str(day.year)
    if wide(name, TEXT) + 12 > room:
        return []
    return [Label(x + 8, HEAD - 48, name, palette.ink, weight=600)]


def _name(day: dt.date, step: int) -> str:
    if step == 3:
        return f"Q{(day.month + 2) // 3}"
    name = format_skeleton("MMM", day, locale=get_language() or "en")
    return name.rstrip(".")[:3]


def _item(chart: Chart, row: Row, months: Months, top: int, palette: Palette) -> None:
    middle = top + ROW // 2
    lines = wrap(row.title, LEFT - NAME - 32, size=SMALL)
    first = middle + TEXT // 3 - (len(lines) - 1) * LEADING // 2
    chart.lines.append(Line(0, top, WIDTH, top, palette.line))
    ink = palette.muted if row.dropped else palette.ink
    chart.labels.append(Label(0, first, fit(row.code, NAME - 20), ink, weight=600))
    chart.labels += [Label(NAME, first + at * LEADING, line, ink, SMALL) for at, line in enumerate(lines)]
    if row.due >= months.start and row.start < months.end:
        _bar(chart, row, months, middle, palette)
    chart.dots += [
        Dot(months.x(day), middle, 6, palette.paper, palette.ink) for day in row.entries if months.holds(day)
    ]
    _ends(chart, row, months, middle, palette)


def _bar(chart: Chart, row: Row, months: Months, middle: int, palette: Palette) -> None:
    left, right = months.x(row.start), months.x(row.due)
    chart.boxes.append(Box(left, middle - THICK // 2, max(4, right - left), THICK, palette.line))
    if row.dropped:
        end = months.x(max(row.start, row.dropped))
        chart.strikes.append(Line(left, middle, right, middle, palette.muted, 2))
        chart.strikes += _cross(end, middle, palette.muted)
        return
    days = max(1, (row.due - row.start).days) * row.percent // 100
    reached = months.x(row.start + dt.timedelta(days=days))
    if row.percent and reached > left:
        chart.boxes.append(
            Box(left, middle - THICK // 2, reached - left, THICK, getattr(palette, row.status))
        )


def _ends(chart: Chart, row: Row, months: Months, middle: int, palette: Palette) -> None:
    """The due day's diamond, a hollow one where it was before, or arrowheads where the item goes on."""
    color = getattr(palette, row.status)
    if row.was_due and months.holds(row.was_due):
        chart.shapes.append(_diamond(months.x(row.was_due), middle, palette.paper, palette.muted, 10))
    if months.holds(row.due) and not row.dropped:
        chart.shapes.append(_diamond(months.x(row.due), middle, color, palette.paper))
    elif row.due >= months.end:
        chart.shapes.append(_arrow(RIGHT, middle, 16, color, palette.paper))
    if row.start < months.start:
        chart.shapes.append(_arrow(LEFT, middle, -16, color, palette.paper))


def _diamond(x: int, y: int, fill: str, stroke: str, size: int = 13) -> Shape:
    return Shape(((x, y - size), (x + size, y), (x, y + size), (x - size, y)), fill, stroke)


def _cross(x: int, y: int, stroke: str, size: int = 9) -> list[Line]:
    """The day an item was dropped."""
    return [
        Line(x - size, y - size, x + size, y + size, stroke, 5),
        Line(x - size, y + size, x + size, y - size, stroke, 5),
    ]


def _arrow(x: int, y: int, reach: int, fill: str, stroke: str) -> Shape:
    return Shape(((x, y - THICK // 2), (x + reach, y), (x, y + THICK // 2)), fill, stroke)
