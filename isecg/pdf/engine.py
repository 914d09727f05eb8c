"""WeasyPrint, warmed up: one font configuration and the parsed style sheets. Workers only."""

import gc
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path

import pydyf
from django.utils.translation import gettext_noop as _
from weasyprint import CSS, HTML, Document
from weasyprint.logger import LOGGER
from weasyprint.text.fonts import FontConfiguration

from isecg.pdf import fonts, labels, numbers, styles
from isecg.pdf.errors import CannotRender, unknown_letters
from isecg.pdf.fetcher import SCHEME, Fetcher, Refused
from isecg.pdf.structure import mend

TYPOGRAPHY = Path(__file__).with_name("typography.css")
# Uncompressed: `archive.seal` compresses, always by the same library, whose version is in the content key.
OPTIONS = {"pdf_variant": "pdf/ua-1", "pdf_tags": True, "uncompressed_pdf": True}
Finisher = Callable[[Document, pydyf.PDF], None]

labels.install()
numbers.install()
styles.install()


@dataclass
class Engine:
    """Fonts, the general typography and the app's own style sheets, read once; `finisher` mends each file."""

    own: Sequence[Path]
    finisher: Finisher | None = None
    fonts: FontConfiguration = field(default_factory=FontConfiguration)

    def __post_init__(self) -> None:
        self.sheets = self._read_all([TYPOGRAPHY, *self.own])
        self.brought: set[str] = set()

    def further(self, own: Sequence[Path]) -> "Engine":
        """An engine with these style sheets behind the others; both have the same fonts."""
        other = copy(self)
        other.sheets = [*self.sheets, *self._read_all(own)]
        return other

    def lay_out(self, html: str, fetcher: Fetcher | None = None) -> Document:
        """The pages of a document.

        Raises CannotRender when it asks for anything but its own files, or has letters that no font has.
        """
        self._bring(html)
        with nothing_missing():
            document = HTML(string=html, url_fetcher=fetcher or Fetcher(), base_url=SCHEME)
            return document.render(font_config=self.fonts, stylesheets=self.sheets, **OPTIONS)

    def write(self, document: Document, identifier: bytes) -> bytes:
        """The PDF of laid-out pages; the same pages and identifier give the same bytes. Raises as above."""
        with nothing_missing():
            return document.write_pdf(finisher=self._finish, pdf_identifier=identifier, **OPTIONS)

    def _finish(self, document: Document, pdf: pydyf.PDF) -> None:
        mend(document, pdf)
        if self.finisher:
            self.finisher(document, pdf)

    def _read_all(self, paths: Iterable[Path]) -> list[CSS]:
        return [self._read(fonts.with_others(path.read_text())) for path in paths]

    def _read(self, sheet: str) -> CSS:
        return CSS(string=sheet, url_fetcher=Fetcher(), font_config=self.fonts)

    def _bring(self, html: str) -> None:
        """Add the fonts that the words of a document need beside those of every document."""
        if letters := fonts.unknown(html):
            raise unknown_letters(letters)
        for other in fonts.needed(html):
            if other.name not in self.brought:
                self._read(fonts.face(other, SCHEME))
                self.brought.add(other.name)


class Complaints(logging.Handler):
    """What WeasyPrint could not draw and otherwise would only tell its log."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if (words := record.getMessage()).startswith("Failed to"):
            self.told.append(words)


@contextmanager
def nothing_missing() -> Iterator[None]:
    """Raises CannotRender when the block asks for a forbidden file or leaves a picture or a chart out."""
    complaints = Complaints()
    LOGGER.addHandler(complaints)
    try:
        yield
    except Refused as error:
        raise error.reason from error
    finally:
        LOGGER.removeHandler(complaints)
    if complaints.told:
        raise CannotRender(
            _("A part of the document could not be drawn (%(what)s)."), what=complaints.told[0][:80]
        )


@contextmanager
def undisturbed() -> Iterator[None]:
    """Collect garbage after the block, not in it: a layout makes many objects and drops few, and somebody
    waits for what is stored at its end."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()
