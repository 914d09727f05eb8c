"""The progress chart: one bar a work item; for wide pages and paper, and for phones."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from isecg.dated import say
from reports.charts.scene import (
    LEADING,
    SMALL,
    TEXT,
    WIDTH,
    Box,
    Chart,
    Label,
    Line,
    Palette,
    Row,
    fit,
    wrap,
)
from reports.queries import Status

CODE = 120
NAME = CODE + 20
BAR = 640
BAR_WIDTH = 440
VALUE = BAR + BAR_WIDTH + 24
ROW = 2 * LEADING + 16
SCALE = 36
THICK = 22
# For phones: words at full size, the bar under them.
PHONE = 344
PHONE_TEXT = 14
PHONE_LEADING = 19
PHONE_NAME = 66
PHONE_BAR = 184
PHONE_ROW = 2 * PHONE_LEADING + 38
PHONE_THICK = 12


def progress(rows: list[Row], palette: Palette) -> Chart:
    """Bars from 0 to 100 % under each other, with status in words and a remark where no entry was made."""
    chart = _empty(rows, WIDTH, SCALE + ROW * max(1, len(rows)) + 4)
    _scale(chart, palette)
    for number, row in enumerate(rows):
        _bar(chart, row, SCALE + number * ROW, palette)
    return chart


def progress_narrow(rows: list[Row], palette: Palette) -> Chart:
    """The same for a phone: each bar under the words it belongs to."""
    chart = _empty(rows, PHONE, PHONE_ROW * max(1, len(rows)) + 4)
    for number, row in enumerate(rows):
        _phone_bar(chart, row, number * PHONE_ROW, palette)
    return chart


def _empty(rows: list[Row], width: int, height: int) -> Chart:
    done = sum(row.status == Status.DONE for row in rows)
    words = ngettext("%(count)s work item, %(done)s done.", "%(count)s work items, %(done)s done.", len(rows))
    return Chart(
        title=_("Progress of the work plan"),
        description=words % {"count": len(rows), "done": done},
        width=width,
        height=height,
    )


def _phone_bar(chart: Chart, row: Row, top: int, palette: Palette) -> None:
    size, first = PHONE_TEXT, top + PHONE_LEADING
    chart.lines.append(Line(0, top, PHONE, top, palette.line))
    ink = _ink(row, palette)
    chart.labels.append(Label(0, first, fit(row.code, PHONE_NAME - 8, size), ink, size, 600))
    chart.labels += [
        Label(PHONE_NAME, first + at * PHONE_LEADING, line, ink, size)
        for at, line in enumerate(wrap(row.title, PHONE - PHONE_NAME, size=size))
    ]
    middle = top + PHONE_ROW - 18
    for width, color in (
        (PHONE_BAR, palette.track),
        (PHONE_BAR * row.percent // 100, getattr(palette, row.status)),
    ):
        chart.boxes.append(Box(0, middle - PHONE_THICK // 2, width, PHONE_THICK, color))
    if row.dropped:
        chart.strikes.append(Line(0, middle, PHONE_BAR, middle, palette.muted, 2))
    words = fit(_words(row), PHONE - PHONE_BAR - 12, size)
    chart.labels.append(Label(PHONE_BAR + 12, middle + size // 3, words, ink, size, 600))


def _words(row: Row) -> str:
    """What was dropped is not measured any more."""
    label = str(Status(row.status).label)
    return label if row.dropped else f"{row.percent} %, {label}"


def _ink(row: Row, palette: Palette) -> str:
    return palette.muted if row.dropped else palette.ink


def _scale(chart: Chart, palette: Palette) -> None:
    for percent in (0, 25, 50, 75, 100):
        x = BAR + BAR_WIDTH * percent // 100
        chart.lines.append(Line(x, SCALE - 8, x, chart.height - 4, palette.line))
        chart.labels.append(Label(x, SCALE - 16, str(percent), palette.muted, SMALL, anchor="middle"))


def _bar(chart: Chart, row: Row, top: int, palette: Palette) -> None:
    middle, color, plain = top + ROW // 2, getattr(palette, row.status), _ink(row, palette)
    lines = wrap(row.title, BAR - NAME - 24)
    first = middle + TEXT // 3 - (len(lines) - 1) * LEADING // 2
    chart.lines.append(Line(0, top, WIDTH, top, palette.line))
    chart.labels.append(Label(0, first, fit(row.code, CODE), plain, weight=600))
    chart.labels += [Label(NAME, first + at * LEADING, line, plain) for at, line in enumerate(lines)]
    chart.boxes.append(Box(BAR, middle - THICK // 2, BAR_WIDTH, THICK, palette.track))
    chart.boxes.append(Box(BAR, middle - THICK // 2, BAR_WIDTH * row.percent // 100, THICK, color))
    if row.dropped:
        chart.strikes.append(Line(BAR, middle, BAR + BAR_WIDTH, middle, palette.muted, 3))
    words = [_words(row)]
    if row.dropped:
        words.append(_("on %(day)s") % {"day": say(row.dropped)})
    elif not row.reported:
        words.append(_("no entry in the period"))
    first = middle + TEXT // 3 - (len(words) - 1) * LEADING // 2
    for at, line in enumerate(words):
        ink, weight, size = (palette.muted, 400, SMALL) if at else (plain, 600, TEXT)
        chart.labels.append(
            Label(VALUE, first + at * LEADING, fit(line, WIDTH - VALUE, size), ink, size, weight)
        )
