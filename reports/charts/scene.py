"""What a chart is made of, and how wide words are. Whole units only: eight make a millimetre in print."""

import datetime as dt
from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

WIDTH = 1360  # 170 mm
TEXT = 22  # 7.8 points
SMALL = 19
LEADING = 27

# Shares of the font size, on the generous side: pages use whatever sans the reader's system has.
NARROW = set("iljtfrI.,:;'’|!()[]/ -·")
WIDE = set("mwMW@%&—…–")


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


@dataclass(frozen=True)
class Box:
    x: int
    y: int
    width: int
    height: int
    fill: str


@dataclass(frozen=True)
class Line:
    x1: int
    y1: int
    x2: int
    y2: int
    stroke: str
    width: int = 1
    dash: str = ""


@dataclass(frozen=True)
class Dot:
    x: int
    y: int
    radius: int
    fill: str
    stroke: str


@dataclass(frozen=True)
class Shape:
    """A polygon."""

    points: tuple[tuple[int, int], ...]
    fill: str
    stroke: str

    @property
    def path(self) -> str:
        return " ".join(f"{x},{y}" for x, y in self.points)


@dataclass(frozen=True)
class Label:
    """A line of words; `x`, `y` is where its baseline begins (or ends, with anchor "end")."""

    x: int
    y: int
    text: str
    fill: str
    size: int = TEXT
    weight: int = 400
    anchor: str = "start"

    @property
    def area(self) -> tuple[int, int, int, int]:
        """Left, top, right and bottom of the words, estimated."""
        width = wide(self.text, self.size)
        left = {"start": self.x, "middle": self.x - width // 2, "end": self.x - width}[self.anchor]
        return left, self.y - self.size * 3 // 4, left + width, self.y + self.size // 5


@dataclass
class Chart:
    """A drawing, back to front: grounds, lines, boxes, shapes, dots, strikes, words."""

    title: str
    description: str
    height: int
    width: int = WIDTH
    grounds: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    strikes: list[Line] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    def svg(self, name: str) -> SafeString:
        """The SVG element; `name` makes its ids unique on the page."""
        return render_to_string("reports/charts/chart.svg", {"chart": self, "name": name})


def wide(text: str, size: int) -> int:
    """About how wide `text` is, rather too wide than too narrow."""
    return round(size * sum(_share(letter) for letter in text))


def _share(letter: str) -> float:
    if letter in NARROW:
        return 0.36
    if letter in WIDE or ord(letter) > 0x2E7F:
        return 1.0
    return 0.7 if letter.isupper() else 0.58


def fit(text: str, width: int, size: int = TEXT) -> str:
    """`text`, shortened with an ellipsis to `width`."""
    if wide(text, size) <= width:
        return text
    while text and wide(text.rstrip() + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def wrap(text: str, width: int, most: int = 2, size: int = TEXT) -> list[str]:
    """`text` in at most `most` lines of `width`; what does not fit ends in an ellipsis."""
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most - 1:
        line = words.pop(0)
        while words and wide(f"{line} {words[0]}", size) <= width:
            line += " " + words.pop(0)
        lines.append(fit(line, width, size))
    if words:
        lines.append(fit(" ".join(words), width, size))
    return lines
