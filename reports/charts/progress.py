"""The progress chart: one bar a work item."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.charts.scene import LEADING, SMALL, TEXT, WIDTH, Box, Chart, Label, Line, Palette, Row, fit, wrap
from reports.queries import Status

CODE = 120
NAME = CODE + 20
BAR = 640
BAR_WIDTH = 440
VALUE = BAR + BAR_WIDTH + 24
ROW = 2 * LEADING + 16
SCALE = 36
THICK = 22


def progress(rows: list[Row], palette: Palette) -> Chart:
    """Bars from 0 to 100 % under each other, with status in words and a remark where no entry was made."""
    done = sum(row.status == Status.DONE for row in rows)
    chart = Chart(
        title=_("Progress of the work plan"),
        description=ngettext(
            "%(count)s work item, %(done)s done.", "%(count)s work items, %(done)s done.", len(rows)
        )
        % {"count": len(rows), "done": done},
        height=SCALE + ROW * max(1, len(rows)) + 4,
    )
    _scale(chart, palette)
    for number, row in enumerate(rows):
        _bar(chart, row, SCALE + number * ROW, palette)
    return chart


def _scale(chart: Chart, palette: Palette) -> None:
    for percent in (0, 25, 50, 75, 100):
        x = BAR + BAR_WIDTH * percent // 100
        chart.lines.append(Line(x, SCALE - 8, x, chart.height - 4, palette.line))
        chart.labels.append(Label(x, SCALE - 16, str(percent), palette.muted, SMALL, anchor="middle"))


def _bar(chart: Chart, row: Row, top: int, palette: Palette) -> None:
    middle, color = top + ROW // 2, getattr(palette, row.status)
    lines = wrap(row.title, BAR - NAME - 24)
    first = middle + TEXT // 3 - (len(lines) - 1) * LEADING // 2
    chart.lines.append(Line(0, top, WIDTH, top, palette.line))
    chart.labels.append(Label(0, first, fit(row.code, CODE), palette.ink, weight=600))
    chart.labels += [Label(NAME, first + at * LEADING, line, palette.ink) for at, line in enumerate(lines)]
    chart.boxes.append(Box(BAR, middle - THICK // 2, BAR_WIDTH, THICK, palette.track))
    chart.boxes.append(Box(BAR, middle - THICK // 2, BAR_WIDTH * row.percent // 100, THICK, color))
    words = [f"{row.percent} %, {Status(row.status).label}"]
    if not row.reported:
        words.append(_("no entry in the period"))
    first = middle + TEXT // 3 - (len(words) - 1) * LEADING // 2
    for at, line in enumerate(words):
        ink, weight, size = (palette.muted, 400, SMALL) if at else (palette.ink, 600, TEXT)
        chart.labels.append(
            Label(VALUE, first + at * LEADING, fit(line, WIDTH - VALUE, size), ink, size, weight)
        )
