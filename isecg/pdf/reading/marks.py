"""The words of each piece of marked content of a page, decoded by the page's own fonts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

OPERATORS = "BT ET Tm Td TD T* Tf Tj TJ BDC BMC EMC cm q Q Do"
CODE = re.compile(rb"<([0-9a-fA-F]*)>")
SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end(?:bfchar|bfrange)", re.DOTALL)
Matrix = tuple[float, float, float, float, float, float]
UNIT: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass
class Mark:
    """A piece of marked content: its words, where it begins, how big it is written."""

    page: int
    number: int
    text: str = ""
    said: str | None = None  # by ActualText
    x: float = 0
    y: float = 0
    size: float = 0
    drawn: bool = False  # something other than text, too

    @property
    def words(self) -> str:
        return self.text if self.said is None else self.said


@dataclass
class Page:
    """Marked content by its number, and whether text stands outside of all marks."""

    marks: dict[int, Mark] = field(default_factory=dict)
    loose: str = ""


def of_page(page: pikepdf.Page, number: int, fonts: dict[Any, dict[int, str]]) -> Page:
    """What stands on a page; `fonts` keeps decoded fonts between pages."""
    reader = _Reader(page, number, fonts)
    for told in pikepdf.parse_content_stream(page, OPERATORS):
        reader.take(str(told.operator), told.operands)
    return reader.found


class _Reader:
    """Follows a page's drawing, operator by operator."""

    def __init__(self, page: pikepdf.Page, number: int, fonts: dict[Any, dict[int, str]]) -> None:
        self.number, self.fonts = number, fonts
        self.resources: Any = page.get("/Resources", pikepdf.Dictionary())
        self.found = Page()
        self.open: list[Mark | str | None] = []
        self.matrix, self.kept, self.text = UNIT, [UNIT], UNIT
        self.codes: dict[int, str] = {}
        self.size = 0.0

    def take(self, operator: str, operands: Any) -> None:
        if operator in ("BDC", "BMC"):
            self._begin(operands)
        elif operator == "EMC" and self.open:
            self.open.pop()
        elif operator in ("Tj", "TJ"):
            self._show(operands[0])
        elif operator == "Tf":
            self.codes, self.size = self._font(operands[0]), float(operands[1])
        elif operator == "Tm":
            self.text = _matrix(operands)
        elif operator == "cm":
            self.matrix = _times(_matrix(operands), self.matrix)
        elif operator == "q":
            self.kept.append(self.matrix)
        elif operator == "Q" and self.kept:
            self.matrix = self.kept.pop()
        elif operator == "Do" and isinstance(self._mark(), Mark):
            self._mark().drawn = True

    def _mark(self) -> Any:
        """The mark that what is drawn now belongs to: the innermost with a number, or an artifact."""
        return next((each for each in reversed(self.open) if each is not None), None)

    def _begin(self, operands: Any) -> None:
        if str(operands[0]) == "/Artifact":
            self.open.append("artifact")
            return
        said = operands[1] if len(operands) > 1 else None
        if not isinstance(said, pikepdf.Dictionary) or "/MCID" not in said:
            self.open.append(None)
            return
        mark = Mark(self.number, int(said.MCID))
        if "/ActualText" in said:
            mark.said = str(said.ActualText)
        self.found.marks[mark.number] = mark
        self.open.append(mark)

    def _show(self, shown: Any) -> None:
        parts = shown if isinstance(shown, pikepdf.Array) else [shown]
        text = "".join(self._decode(bytes(part)) for part in parts if isinstance(part, pikepdf.String))
        mark = self._mark()
        if mark is None:
            self.found.loose += text
        elif isinstance(mark, Mark):
            if not mark.text:
                a, _b, _c, d, mark.x, mark.y = _times(self.text, self.matrix)
                mark.size = abs(d or a) * self.size
            mark.text += text

    def _decode(self, data: bytes) -> str:
        codes = (int.from_bytes(data[at : at + 2]) for at in range(0, len(data) - 1, 2))
        return "".join(self.codes.get(code, "\ufffd") for code in codes)

    def _font(self, name: Any) -> dict[int, str]:
        font = self.resources.get("/Font", {}).get(str(name))
        if font is None:
            return {}
        if font.objgen not in self.fonts or font.objgen == (0, 0):
            self.fonts[font.objgen] = _codes(font)
        return self.fonts[font.objgen]


def _codes(font: Any) -> dict[int, str]:
    """Which letters a font's codes stand for."""
    if "/ToUnicode" not in font:
        return {}
    found: dict[int, str] = {}
    for kind, body in SECTION.findall(font.ToUnicode.read_bytes()):
        codes = CODE.findall(body)
        if kind == b"bfchar":
            found |= {int(one, 16): _letters(two) for one, two in _by(codes, 2)}
        else:
            for first, last, letter in _by(codes, 3):
                start = int(first, 16)
                codes_of = range(start, int(last, 16) + 1)
                letters = range(int(letter, 16), 0x110000)
                found |= {code: chr(point) for code, point in zip(codes_of, letters, strict=False)}
    return found


def _by(codes: list[bytes], count: int) -> Iterator[tuple[bytes, ...]]:
    return zip(*(codes[at::count] for at in range(count)), strict=False)


def _letters(code: bytes) -> str:
    return bytes.fromhex(code.decode()).decode("utf-16-be", errors="replace")


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(each) for each in operands)
    return a, b, c, d, e, f


def _times(one: Matrix, two: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )
