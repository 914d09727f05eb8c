"""WeasyPrint, warmed up: one font configuration and one parsed style sheet a process. Workers only.

The whole report is one document here. Each chapter begins a page and knows nothing of the others, so that
chapters can later be laid out apart.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pydyf
from django.utils.translation import gettext_lazy as _
from weasyprint import CSS, HTML, Document
from weasyprint.logger import LOGGER
from weasyprint.text.fonts import FontConfiguration

from reports.pdf.errors import CannotRender
from reports.pdf.fetcher import Refused, ReportFetcher

SHEET = Path(__file__).with_name("report.css")
OPTIONS = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}


@dataclass
class Engine:
    """Fonts and style sheet, read once."""

    fonts: FontConfiguration = field(default_factory=FontConfiguration)

    def __post_init__(self) -> None:
        self.sheet = CSS(string=SHEET.read_text(), url_fetcher=ReportFetcher(), font_config=self.fonts)

    def lay_out(self, html: str, photographs: Iterable[str] = ()) -> Document:
        """The pages of a document. Raises CannotRender when it asks for anything but its own files."""
        with nothing_missing():
            document = HTML(string=html, url_fetcher=ReportFetcher(photographs), base_url="report:")
            return document.render(font_config=self.fonts, stylesheets=[self.sheet], **OPTIONS)

    def write(self, document: Document, identifier: bytes) -> bytes:
        """The PDF of laid-out pages; the same pages and identifier give the same bytes. Raises as above."""
        with nothing_missing():
            return document.write_pdf(finisher=_label_pages, pdf_identifier=identifier, **OPTIONS)


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
            _("A part of the report could not be drawn ({what}).").format(what=complaints.told[0][:80])
        )


@cache
def engine() -> Engine:
    """This process's engine."""
    return Engine()


def _label_pages(document: Document, pdf: pydyf.PDF) -> None:
    """Name the pages as they are printed: the cover has no number, the next page is 2."""
    words = document.metadata.custom.get("cover-label", "Cover")
    pdf.catalog["PageLabels"] = pydyf.Dictionary(
        {
            "Nums": pydyf.Array(
                [0, pydyf.Dictionary({"P": pydyf.String(words)}), 1, pydyf.Dictionary({"S": "/D", "St": 2})]
            )
        }
    )
