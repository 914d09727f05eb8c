"""Whether two PDFs are the same document: pages, words in order, structure, bookmarks, and how pages look."""

import io
from itertools import zip_longest

import pikepdf
import pypdfium2
from PIL import ImageChops

from isecg.pdf.reading import spoken

SCALE = 1.0  # pixels a point
SHADE, STRAY = 40, 12  # a pixel differs by more than this; so many may, at the edges of stamped figures


def differences(reference: bytes, other: bytes) -> list[str]:
    """In words, and none if they are the same."""
    one, two = pypdfium2.PdfDocument(reference), pypdfium2.PdfDocument(other)
    try:
        if len(one) != len(two):
            return [f"{len(one)} pages, {len(two)} pages"]
        return [*_pages(one, two), *_structure(reference, other)]
    finally:
        one.close()
        two.close()


def _pages(one: pypdfium2.PdfDocument, two: pypdfium2.PdfDocument) -> list[str]:
    found = []
    for number in range(len(one)):
        if _words(one, number) != _words(two, number):
            found.append(f"page {number + 1} has other words")
        if (stray := _stray(one, number, two)) > STRAY:
            found.append(f"page {number + 1} looks different in {stray} pixels")
    return found


def _words(document: pypdfium2.PdfDocument, number: int) -> list[str]:
    """The words of a page; a page number is drawn last where it is stamped."""
    page = document[number]
    text = page.get_textpage()
    words = sorted(text.get_text_range().split())
    text.close()
    page.close()
    return words


def _stray(one: pypdfium2.PdfDocument, number: int, two: pypdfium2.PdfDocument) -> int:
    pictures = []
    for document in (one, two):
        page = document[number]
        pictures.append(page.render(scale=SCALE).to_pil().convert("RGB"))
        page.close()
    histogram: list[int] = ImageChops.difference(*pictures).convert("L").histogram()
    return sum(histogram[SHADE:])


def _structure(reference: bytes, other: bytes) -> list[str]:
    """How they are read aloud, in order, with every tag; and their bookmarks."""
    lines = [_lines(each) for each in (reference, other)]
    return [
        f"line {number}: {here!r}, {there!r}"
        for number, (here, there) in enumerate(zip_longest(*lines), 1)
        if here != there
    ][:10]


def _lines(pdf: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        names = document.Root.Names.Dests.Names
        marks = [f"{mark.title}" for mark in _marks(document)]
        return [*spoken(document).splitlines(), *marks, *sorted(str(name) for name in list(names)[::2])]


def _marks(document: pikepdf.Pdf) -> list[pikepdf.OutlineItem]:
    with document.open_outline() as outline:
        waiting, found = list(outline.root), []
        while waiting:
            mark = waiting.pop(0)
            found.append(mark)
            waiting[:0] = mark.children
        return found
