"""Pictures of the pages of one chapter, in a worker: the work behind a `Preview` row."""

import hashlib
import io
from collections.abc import Iterator

import pypdfium2
from django.utils.translation import gettext_noop as _
from django.utils.translation import override

from isecg.files import put
from isecg.pdf.engine import undisturbed
from isecg.pdf.errors import CannotRender
from reports.models import Preview
from reports.pdf import document
from reports.pdf.chapters import Chapter, Medium
from reports.pdf.chapters.foreword import foreword
from reports.pdf.chapters.highlights import highlights
from reports.pdf.chapters.sections import sections
from reports.pdf.engine import engine
from reports.pdf.fetcher import ReportFetcher
from reports.pdf.printed import Printed, variants

WIDTH = 820  # pixels: sharp in the column beside the form, small enough to be there at once
MOST = 12  # pages; an agency's part has one to four
PARTS = {"agency": highlights, "section": sections, "foreword": foreword}


def perform(preview: Preview) -> None:
    """Draw the chapter that was asked for and store a picture of each page.

    What no second attempt can mend ends it as failed, with a sentence; anything else is raised.
    """
    try:
        with undisturbed():
            preview.finish(pictures=[_stored(picture) for picture in _pictures(_pdf(preview))])
    except CannotRender as error:
        preview.fail(error.sentence)


def _pdf(preview: Preview) -> bytes:
    """The chapter as a document of its own, in the report's first language and on its first paper."""
    variant = variants(preview.report)[0]
    printed = Printed(preview.content, preview.content_key, preview.wanted_at, 0, "", variant)
    html = document.fragment(printed, _shown(printed, preview))
    pages = engine(variant.paper).lay_out(html, ReportFetcher(document.photographs(printed)))
    return engine(variant.paper).write(pages, bytes.fromhex(preview.content_key)[:16])


def _shown(printed: Printed, preview: Preview) -> list[Chapter]:
    """The chapter by its key; no other part of the report is asked for what it would say."""
    key = preview.content["shown"]
    with override(printed.variant.language):
        told = PARTS[key.partition("-")[0]](printed, Medium.PAPER)
    shown = [chapter for chapter in told if chapter.key == key]
    if not shown:
        raise CannotRender(_("There is nothing to show yet: the part has no words."))
    return shown


def _pictures(pdf: bytes) -> Iterator[bytes]:
    pages = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(min(len(pages), MOST)):
            page = pages[number]
            picture = page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB")
            page.close()
            out = io.BytesIO()
            picture.save(out, "PNG", compress_level=1)
            yield out.getvalue()
    finally:
        pages.close()


def _stored(picture: bytes) -> str:
    return put(f"previews/{hashlib.sha256(picture).hexdigest()}.png", picture)
