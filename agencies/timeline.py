"""The chair through time as a picture: where everything lies, as data, for pages and PDF alike.

One lane for each agency in order of its first term, time from left to right. A line leads from each term to
the next; it is dashed where the day of the handover is not known exactly.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from isecg.drawing import Box, Drawing, Label, Line

SCALE = 34  # height of the years above the lanes
LANE = 38
BAR = 20
SIZE = 14  # of the words
MOST_NARROW = 4  # a term of a few weeks can still be seen
TICK = 46  # years closer than this are left out


@dataclass(frozen=True)
class Palette:
    """Colours: any value an SVG attribute takes."""

    ink: str
    soft: str
    line: str
    past: str
    now: str
    ground: str
    shade: str


SCREEN = Palette(
    "var(--ink)",
    "var(--soft)",
    "var(--line)",
    "var(--link)",
    "var(--accent)",
    "var(--ground)",
    "var(--surface)",
)
PRINT = Palette("#101a2e", "#434e66", "#d9dfe9", "#143f7c", "#b3410c", "#ffffff", "#f1f3f8")


@dataclass(frozen=True)
class Span:
    """A term: the lane's name, its days (`end` is None while it runs), whether its start is known to the day.

    `known` is False for a stretch in which nobody knows who chaired.
    """

    lane: str
    start: dt.date
    end: dt.date | None
    exact: bool = True
    known: bool = True


def draw(
    spans: Sequence[Span],
    *,
    today: dt.date,
    today_words: str,
    palette: Palette,
    width: int = 1120,
    shaded: tuple[dt.date, dt.date] | None = None,
) -> Drawing:
    """The picture of these terms (oldest first, at least one), `width` units wide; the days of `shaded` too.

    At 344 units it fits a phone with its words at full size.
    """
    lanes = list(dict.fromkeys(span.lane for span in spans))
    words = ngettext(
        "%(count)s term. The table below says the same in words.",
        "%(count)s terms. The table below says the same in words.",
        len(spans),
    )
    picture = Drawing(
        title=_("The chair through time, one row for each agency"),
        description=words % {"count": len(spans)},
        width=width,
        height=SCALE + LANE * len(lanes) + 6,
    )
    axis = _Axis.over(spans, today, left=_label_width(lanes, width), right=width - 14)
    if shaded:
        left, right = map(axis.x, shaded)
        picture.grounds.append(Box(left, SCALE - 6, right - left, picture.height - SCALE + 2, palette.shade))
    _years(picture, axis, palette, before=axis.x(today) - len(today_words) * SIZE * 2 // 3)
    _lanes(picture, lanes, palette)
    _handovers(picture, spans, lanes, axis, palette)
    picture.boxes += [_bar(span, lanes, axis, today, palette) for span in spans]
    _today(picture, axis.x(today), today_words, palette)
    return picture


def _label(x: int, y: int, text: str, fill: str, anchor: str = "start", weight: int = 400) -> Label:
    return Label(x, y, text, fill, SIZE, weight, anchor)


@dataclass(frozen=True)
class _Axis:
    first: dt.date
    last: dt.date
    left: int
    right: int

    @classmethod
    def over(cls, spans: Sequence[Span], today: dt.date, *, left: int, right: int) -> "_Axis":
        first = min([today, *(span.start for span in spans)])
        last = max([today, *(span.start + dt.timedelta(days=365) for span in spans if span.start > today)])
        return cls(first, max(last, first + dt.timedelta(days=365)), left, right)

    def x(self, day: dt.date) -> int:
        share = (day - self.first).days / (self.last - self.first).days
        return round(self.left + min(1, max(0, share)) * (self.right - self.left))


def _label_width(lanes: list[str], width: int) -> int:
    longest = max(len(lane) for lane in lanes)
    return round(min(width * 0.32, 12 + longest * SIZE * 0.68))


def _middle(lanes: list[str], lane: str) -> int:
    return SCALE + LANE * lanes.index(lane) + LANE // 2


def _years(picture: Drawing, axis: _Axis, palette: Palette, *, before: int) -> None:
    """A line for each first of January that has room; its number too, where `today` does not stand."""
    after = axis.left - TICK // 2
    for year in range(axis.first.year, axis.last.year + 1):
        if dt.date(year, 1, 1) < axis.first:
            continue
        x = axis.x(dt.date(year, 1, 1))
        if x - after < TICK:
            continue
        picture.lines.append(Line(x, SCALE - 6, x, picture.height - 4, palette.line))
        if x + TICK // 2 < before or before + 3 * TICK < x < axis.right - TICK:
            picture.labels.append(_label(x, SCALE - 14, str(year), palette.soft, "middle"))
        after = x


def _lanes(picture: Drawing, lanes: list[str], palette: Palette) -> None:
    for lane in lanes:
        middle = _middle(lanes, lane)
        picture.lines.append(Line(0, middle + LANE // 2, picture.width, middle + LANE // 2, palette.line))
        picture.labels.append(_label(0, middle + SIZE // 3, lane, palette.ink, weight=600))


def _handovers(
    picture: Drawing, spans: Sequence[Span], lanes: list[str], axis: _Axis, palette: Palette
) -> None:
    for before, after in pairwise(spans):
        x = axis.x(after.start)
        dash = "" if after.exact else "3 3"
        ends = _middle(lanes, before.lane), _middle(lanes, after.lane)
        picture.lines.append(Line(x, ends[0], x, ends[1], palette.ink, 2, dash))


def _bar(span: Span, lanes: list[str], axis: _Axis, today: dt.date, palette: Palette) -> Box:
    left = axis.x(span.start)
    right = axis.right if span.end is None and span.start > today else axis.x(span.end or today)
    running = span.start <= today and (span.end is None or span.end > today)
    color = palette.now if running else palette.past
    return Box(
        x=left,
        y=_middle(lanes, span.lane) - BAR // 2,
        width=max(MOST_NARROW, right - left),
        height=BAR,
        fill=color if span.known else palette.ground,
        stroke=color if span.known else palette.soft,
        dash="" if span.known else "4 3",
        radius=2,
    )


def _today(picture: Drawing, x: int, words: str, palette: Palette) -> None:
    picture.lines.append(Line(x, SCALE - 6, x, picture.height - 4, palette.now, 2))
    picture.labels.append(_label(min(x, picture.width), SCALE - 14, words, palette.now, "end", 600))
