"""A finished PDF is looked at before anybody can get it. Workers only."""

import io
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2
from django.utils.translation import gettext_noop as _
from PIL import Image

from isecg.pdf.errors import CannotRender

COVER_WIDTH = 900
SCHEMES = ("http://", "https://", "mailto:")
# Names in a PDF that make a reader do something: no document here needs them.
ACTIVE = ("/OpenAction", "/AA", "/JavaScript", "/AcroForm")


@dataclass(frozen=True)
class Finished:
    """What was found out about a PDF."""

    pages: int
    cover: bytes  # WebP


def look_at(
    pdf: bytes, statement: str, *, everywhere: bool = False, attached: Collection[str] = ()
) -> Finished:
    """Pages and cover of a PDF. Raises CannotRender with a sentence where something is wrong with it.

    `statement` must stand in it, on every page if `everywhere`; the files in it must be those `attached`.
    """
    pages = _structure(pdf, attached)
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = _texts(document)
        for told in texts if everywhere else [" ".join(texts)]:
            if plain(statement) not in plain(told):
                raise CannotRender(_("The PDF lacks the statement that it is not legally binding."))
        return Finished(pages, _cover(document))
    finally:
        document.close()


def plain(text: str) -> str:
    """Letters and figures only: line ends and hyphens are the layout's."""
    return re.sub(r"[\W_]+", "", text)


def _structure(pdf: bytes, attached: Collection[str]) -> int:
    try:
        document = pikepdf.open(io.BytesIO(pdf))
    except pikepdf.PdfError as error:
        raise CannotRender(_("The PDF that was written cannot be opened.")) from error
    with document:
        if document.is_encrypted or not len(document.pages):
            raise CannotRender(_("The PDF that was written has no readable pages."))
        names: Any = document.Root.get("/Names", {})
        if any(name in document.Root or name in names for name in ACTIVE):
            raise CannotRender(_("The PDF that was written has active parts; it needs none."))
        if set(document.attachments) != set(attached):
            raise CannotRender(_("The PDF that was written has other files inside it than were put there."))
        for page in document.pages:
            for annotation in page.get("/Annots", []):
                _link(annotation)
        return len(document.pages)


def _link(annotation: Any) -> None:
    action = annotation.get("/A", {})
    address = str(action.get("/URI", ""))
    if annotation.get("/Subtype") != "/Link" or (action and not address.startswith(SCHEMES)):
        raise CannotRender(_("The PDF that was written links to something other than a web page."))


def _texts(document: pypdfium2.PdfDocument) -> list[str]:
    texts = []
    for page in document:
        words = page.get_textpage()
        texts.append(words.get_text_range())
        words.close()
        page.close()
    return texts


def _cover(document: pypdfium2.PdfDocument) -> bytes:
    page = document[0]
    picture: Image.Image = page.render(scale=COVER_WIDTH / page.get_width()).to_pil()
    page.close()
    out = io.BytesIO()
    picture.convert("RGB").save(out, "WEBP", quality=86)
    return out.getvalue()
