"""A part of a document, laid out by itself and ready to be joined with the others (`isecg.pdf.join`).

What crosses parts is not known yet: numbers of pages are left open and their places remembered, a link to
another part keeps the name of where it leads, fonts keep which glyphs they need. All that stands beside the
PDF, so that joining looks at pages, and into those only that name others. Workers only.
"""

import hashlib
import io
import json
import re
from dataclasses import dataclass
from typing import Any, Self

import pikepdf
from weasyprint import Document

from isecg.pdf import numbers, typefaces
from isecg.pdf.engine import Engine
from isecg.pdf.fetcher import LEAVING, Fetcher
from isecg.pdf.numbers import POINTS
from isecg.pdf.typefaces import Told
from isecg.pdf.writing import written

ID = re.compile(r'\bid="([^"]+)"')
LINK = re.compile(r'\bhref="#([^"]+)"')


class Damaged(Exception):
    """A part that was kept is not what was written."""


@dataclass(frozen=True)
class Fragment:
    """A laid-out part: a PDF without font programs, and what the join has to know of it.

    `told` is {pages: count, anchors: {id: [page, x, y]}, bookmarks: [[level, label, page, x, y]],
    folios: [a page's or None], numbers: [what is left open in the text], fonts: {name: what `typefaces`
    wants}, links: [ids of other parts]}.
    """

    told: Told
    pdf: bytes

    def packed(self) -> bytes:
        """As one file, which begins with the checksum of the rest."""
        words = json.dumps(self.told, separators=(",", ":"), sort_keys=True).encode()
        whole = len(words).to_bytes(8) + words + self.pdf
        return hashlib.sha256(whole).digest() + whole

    @classmethod
    def unpacked(cls, data: bytes) -> Self:
        """From the file. Raises Damaged."""
        checksum, whole = data[:32], data[32:]
        if hashlib.sha256(whole).digest() != checksum:
            raise Damaged
        end = 8 + int.from_bytes(whole[:8])
        return cls(json.loads(whole[8:end]), whole[end:])


def make(engine: Engine, html: str, fetcher: Fetcher, *, key: str) -> Fragment:
    """Lay out a part of a document. `key` tells its ids from those of other parts. Raises CannotRender."""
    html, leaving = _marked(html)
    document = engine.lay_out(html, fetcher)
    document.fonts = typefaces.Needed()
    folios = [numbers.take_folio(document, page._page_box) for page in document.pages]
    left_open = numbers.leave_open(document) if numbers.OPEN in html else []
    data = engine.write(document, b"fragment")
    told = {
        "pages": len(document.pages),
        "anchors": _anchors(document),
        "bookmarks": _bookmarks(document),
        "folios": folios,
        "numbers": left_open,
        "fonts": typefaces.told(document.fonts),
        "links": leaving,
    }
    return Fragment(told, _finished(data, key))


def _marked(html: str) -> tuple[str, list[str]]:
    """Links to ids that are not here lead to an address that says so: WeasyPrint would drop them."""
    here = set(ID.findall(html))
    leaving = sorted(set(LINK.findall(html)) - here)
    for name in leaving:
        html = html.replace(f'href="#{name}"', f'href="{LEAVING}{name}"')
    return html, leaving


def _anchors(document: Document) -> Told:
    """Where each id is: page, and the point in the PDF's own coordinates."""
    found: Told = {}
    for number, page in enumerate(document.pages):
        for name, (x, y, _x, _y) in page.anchors.items():
            found.setdefault(name, [number, *_point(page, x, y)])
    return found


def _bookmarks(document: Document) -> list[list[Any]]:
    return [
        [level, label, number, *_point(page, x, y)]
        for number, page in enumerate(document.pages)
        for level, label, (x, y), _state in page.bookmarks
    ]


def _point(page: Any, x: float, y: float) -> tuple[float, float]:
    return round(x * POINTS, 3), round((page.height - y) * POINTS, 3)


def _finished(data: bytes, key: str) -> bytes:
    """The part's PDF with all that concerns it alone done: links out named, ids its own, compressed."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            _name_links(page)
            for name in sorted(page.Resources.Font.keys()):
                page.Resources.Font[name] = pikepdf.Dictionary()
        _prefix(pdf.Root.StructTreeRoot.K, key)
        for unwanted in ("/Names", "/Outlines", "/Metadata", "/OutputIntents", "/PageLabels"):
            if unwanted in pdf.Root:
                del pdf.Root[unwanted]
        return written(pdf, static_id=True)


def _name_links(page: pikepdf.Page) -> None:
    """A link to another part leads to a name, which the join gives a place."""
    notes: Any = page.get("/Annots", [])
    for note in notes:
        address = str(note.A.get("/URI", "")) if "/A" in note else ""
        if address.startswith(LEAVING):
            del note["/A"]
            note.Dest = pikepdf.String(address.removeprefix(LEAVING))


def _prefix(kids: Any, key: str) -> None:
    """Ids of elements, and cells' references to them, begin with the part's key."""
    waiting = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    while waiting:
        element = waiting.pop()
        if not isinstance(element, pikepdf.Dictionary) or element.get("/S") is None:
            continue
        if "/ID" in element:
            element.ID = pikepdf.String(f"{key}-{element.ID}")
        inner = element.get("/K")
        waiting.extend(inner if isinstance(inner, pikepdf.Array) else [inner])
        for attributes in _attributes(element):
            if "/Headers" in attributes:
                attributes.Headers = pikepdf.Array(
                    [pikepdf.String(f"{key}-{name}") for name in attributes.Headers]
                )


def _attributes(element: Any) -> list[Any]:
    found = element.get("/A")
    if found is None:
        return []
    return list(found) if isinstance(found, pikepdf.Array) else [found]
