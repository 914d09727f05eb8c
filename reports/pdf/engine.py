"""The engine of the annual report. Workers only.

The whole report is one document here. Each chapter begins a page and knows nothing of the others, so that
chapters can later be laid out apart.
"""

from functools import cache
from pathlib import Path

import pydyf
from weasyprint import Document

from isecg.pdf.engine import Engine

SHEET = Path(__file__).with_name("report.css")


@cache
def engine() -> Engine:
    """This process's engine for reports."""
    return Engine(SHEET, label_pages)


def label_pages(document: Document, pdf: pydyf.PDF) -> None:
    """Name the pages as they are printed: the cover has no number, the next page is 2."""
    words = document.metadata.custom.get("cover-label", "Cover")
    pdf.catalog["PageLabels"] = pydyf.Dictionary(
        {
            "Nums": pydyf.Array(
                [0, pydyf.Dictionary({"P": pydyf.String(words)}), 1, pydyf.Dictionary({"S": "/D", "St": 2})]
            )
        }
    )
