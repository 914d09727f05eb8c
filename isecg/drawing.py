"""What charts are made of, for pages and PDF alike: boxes, lines and words in whole units.

Presentation attributes only (`fill=`), because neither the content policy nor inline SVG in a PDF lets
style sheets in.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from isecg.pdf.fonts import stack

FONTS = stack("Source Sans Pro", "system-ui", "sans-serif", quoted=False)
TEXT = 22

# Shares of the font size, on the generous side: pages use whatever sans the reader's system has.
NARROW = set("iljtfrI.,:;'’|!()[]/ -·")
WIDE = set("mwMW@%&—…–")


@dataclass(frozen=True)
class Box:
    x: int
    y: int
    width: int
    height: int
    fill: str
    stroke: str = ""
    dash: str = ""
    radius: int = 0


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
class Area:
    """Boxes (x, y, width, height) filled at once: where they touch no hairline shows."""

    boxes: tuple[tuple[int, int, int, int], ...]
    fill: str

    @property
    def path(self) -> str:
        return "".join(f"M{x} {y}h{width}v{height}h-{width}z" for x, y, width, height in self.boxes)


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
class Drawing:
    """Back to front: grounds, areas, lines, boxes, shapes, dots, strikes, words. `title` and `description`
    say it for those who do not see it."""

    title: str
    description: str
    height: int
    width: int
    grounds: list[Box] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    strikes: list[Line] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    def svg(self, name: str) -> SafeString:
        """The SVG element; `name` makes its ids unique on the page."""
        parts = {part: tuple(own) if isinstance(own, list) else own for part, own in vars(self).items()}
        return _element(name, **parts)


@lru_cache(maxsize=128)
def _element(name: str, **drawing: Any) -> SafeString:
    """A report that was edited has nearly all the drawings it had before."""
    return render_to_string("components/drawing.svg", {"drawing": drawing, "name": name, "fonts": FONTS})


@lru_cache(maxsize=8192)
def wide(text: str, size: int) -> int:
    """About how wide `text` is, rather too wide than too narrow."""
    return round(size * sum(_share(letter) for letter in text))


def _share(letter: str) -> float:
    if letter in NARROW:
        return 0.36
    if letter in WIDE or ord(letter) > 0x2E7F:
        return 1.0
    return 0.7 if letter.isupper() else 0.58


@lru_cache(maxsize=4096)
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
