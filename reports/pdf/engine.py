"""WeasyPrint, warmed up: one font configuration and one parsed style sheet a process. Workers only.

What was measured, and why so: `isecg/decisions/` and the notes on speed there. The whole report is one
document here; each chapter begins a page and can be laid out by itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pydyf
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration

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
        try:
            document = HTML(string=html, url_fetcher=ReportFetcher(photographs), base_url="report:")
            return document.render(font_config=self.fonts, stylesheets=[self.sheet], **OPTIONS)
        except Refused as error:
            raise error.reason from error

    def write(self, document: Document, identifier: bytes) -> bytes:
        """The PDF of laid-out pages; the same pages and identifier give the same bytes."""
        return document.write_pdf(finisher=_label_pages, pdf_identifier=identifier, **OPTIONS)


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
