"""What the charts of a report share: colours, sizes, rows. Eight units make a millimetre in print."""

import datetime as dt
from dataclasses import dataclass

from isecg.drawing import TEXT, Box, Dot, Drawing, Label, Line, Shape, fit, wide, wrap

__all__ = [
    "LEADING",
    "PRINT",
    "SCREEN",
    "SMALL",
    "TEXT",
    "WIDTH",
    "Box",
    "Chart",
    "Dot",
    "Label",
    "Line",
    "Palette",
    "Row",
    "Shape",
    "fit",
    "wide",
    "wrap",
]

WIDTH = 1360  # 170 mm
SMALL = 19  # where TEXT is 7.8 points
LEADING = 27


@dataclass(frozen=True)
class Palette:
    """Colours of a chart: any value an SVG attribute takes."""

    ink: str
    muted: str
    line: str
    track: str
    period: str
    paper: str
    not_started: str
    on_track: str
    late: str
    done: str
    dropped: str


# The colours of `static/css/tokens.css`: as they are in print, and by name for pages in either scheme.
PRINT = Palette(
    ink="#101a2e",
    muted="#434e66",
    line="#c5cede",
    track="#e3e8f0",
    period="#f4f6f9",
    paper="#ffffff",
    not_started="#737f95",
    on_track="#2f66ad",
    late="#b3410c",
    done="#14284d",
    dropped="#c5cede",
)
SCREEN = Palette(
    ink="var(--ink)",
    muted="var(--soft)",
    line="var(--line)",
    track="var(--line)",
    period="var(--surface)",
    paper="var(--ground)",
    not_started="var(--edge)",
    on_track="var(--link)",
    late="var(--accent)",
    done="var(--good)",
    dropped="var(--line)",
)


@dataclass(frozen=True)
class Row:
    """One work item, as of the end of the period."""

    code: str
    title: str
    start: dt.date
    due: dt.date
    percent: int
    status: str
    reported: bool = True
    entries: tuple[dt.date, ...] = ()
    dropped: dt.date | None = None
    was_due: dt.date | None = None  # before the period's changes of the schedule


@dataclass
class Chart(Drawing):
    """A drawing as wide as the page's text."""

    width: int = WIDTH
