"""Numbers of pages: what a part leaves open while it is laid out, and what is written when parts are joined.

A folio stands in the margin of its page and is read aloud by nobody. A number in the text, the words of a
link with the class `page-open`, keeps its place, its font and its tag. Workers only.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from weasyprint import Document
from weasyprint.draw import text as weasy
from weasyprint.formatting_structure import boxes
from weasyprint.matrix import Matrix
from weasyprint.pdf.stream import Stream

from isecg.pdf.fetcher import LEAVING
from isecg.pdf.typefaces import Told

POINTS = 0.75  # of a CSS pixel
FOLIO = "@bottom-right"  # the margin box of a folio
OPEN = "page-open"  # the class of a number in the text
DIGITS = "0123456789"
GLYPH = re.compile(r"[0-9a-f]{4}")
STYLE = ("font_family", "font_size", "font_style", "font_weight", "font_stretch", "font_feature_settings")
LEFT_OPEN = re.compile(f"%{OPEN} ([0-9]+)".encode())


def install() -> None:
    """Leave open what is to be left open, once a process."""
    if weasy.draw_first_line is not _draw:
        weasy.draw_first_line = _draw


_original = weasy.draw_first_line


def _draw(stream: Stream, box: Any, *how: Any) -> Any:
    """A comment where a number will be; the font is there for what follows, too."""
    if (said := getattr(box, "left_open", None)) is None:
        return _original(stream, box, *how)
    number, font, size = said
    stream.set_font_size(font, size)
    stream.stream.append(f"%{OPEN} {number}".encode())
    return []


def take_folio(document: Document, page: Any) -> Told | None:
    """Take the number off a page and tell how it would stand there; None where a page has none."""
    for box in page.children:
        if isinstance(box, boxes.MarginBox) and box.at_keyword == FOLIO:
            page.children = [other for other in page.children if other is not box]
            texts = [each for each in box.descendants() if isinstance(each, boxes.TextBox)]
            return _folio(document, texts[0]) if texts else None
    return None


def _folio(document: Document, box: Any) -> Told:
    return {
        "right": (box.position_x + box.width) * POINTS,
        "y": (box.position_y + box.baseline) * POINTS,
        "colour": [round(float(part), 5) for part in box.style["color"].to("srgb").coordinates],
        **_digits(document, box, POINTS),
    }


def leave_open(document: Document) -> list[Told]:
    """Leave the numbers in the text open, and tell how each would stand there and what it is the page of."""
    found: list[Told] = []
    for number, page in enumerate(document.pages):
        for box in _open_in(page._page_box):
            told = {
                "page": number,
                "of": box.element.get("href").removeprefix("#").removeprefix(LEAVING),
                "left": box.position_x,
                "right": box.position_x + box.width if _ends(box) else None,
                "y": box.position_y + box.baseline,
                **_digits(document, box),
            }
            box.left_open = (len(found), told["font"], told["size"])
            found.append(told)
    return found


def _open_in(page: Any) -> Iterator[Any]:
    for box in page.descendants(placeholders=True):
        if isinstance(box, boxes.TextBox) and box.element_tag == "a" and OPEN in box.element.get("class", ""):
            yield box


def _ends(box: Any) -> bool:
    return box.style["text_align_all"] in ("right", "end")


def _digits(document: Document, box: Any, scale: float = 1) -> Told:
    """The font of a number, its size, and the glyphs of its ten digits; found once for all of one style."""
    known = document.__dict__.setdefault("digits", {})
    style = tuple(box.style[name] for name in STYLE)
    if style not in known:
        known[style] = _drawn(document, box)
    font, size, glyphs = known[style]
    return {"font": font, "size": size * scale, "glyphs": glyphs}


def _drawn(document: Document, box: Any) -> tuple[str, float, list[str]]:
    """The digits drawn nowhere: from now on the document's font is known to need them."""
    nowhere = Stream(document.fonts, (0, 0, 0, 0), {"ExtGState": {}}, {}, None, {}, None)
    box.pango_layout.reactivate(box.style)
    box.pango_layout.set_text(DIGITS)
    _original(nowhere, box, "clip", "none", Matrix())
    box.pango_layout.deactivate()
    return (*nowhere._current_font, GLYPH.findall(nowhere.stream[-1].decode()))


def stamp(folio: Told, number: int, fonts: Told, height: float) -> bytes:
    """A folio as content that is read by nobody aloud; the page's content turned it upside down."""
    shown, width = _shown(folio, number, fonts)
    red, green, blue = folio["colour"]
    return (
        "/Artifact <</Type /Pagination /Subtype /Footer>> BDC q "
        f"1 0 0 -1 0 {height:.3f} cm {red} {green} {blue} rg "
        f"BT /{folio['font']} {folio['size']:.3f} Tf "
        f"1 0 0 1 {folio['right'] - width:.3f} {height - folio['y']:.3f} Tm {shown} Tj ET "
        "Q EMC"
    ).encode()


def filled(content: bytes, numbers: list[Told], pages: Mapping[str, int], fonts: Told) -> bytes:
    """A page's content with the numbers in it that were left open. Raises KeyError for a page of nothing."""

    def number(found: re.Match[bytes]) -> bytes:
        told = numbers[int(found[1])]
        shown, width = _shown(told, pages[told["of"]], fonts)
        left = told["left"] if told["right"] is None else told["right"] - width
        return f"1 0 0 -1 {left:.3f} {told['y']:.3f} Tm {shown} Tj".encode()

    return LEFT_OPEN.sub(number, content)


def _shown(told: Told, number: int, fonts: Told) -> tuple[str, float]:
    """A number's glyphs, and how wide they are."""
    glyphs = [told["glyphs"][int(digit)] for digit in str(number)]
    widths = fonts[told["font"]]["widths"]
    return f"<{''.join(glyphs)}>", sum(widths[str(int(glyph, 16))] for glyph in glyphs) * told["size"] / 1000
