"""The engines of the annual report, one for each paper. Workers only."""

from functools import cache
from pathlib import Path

import pydyf
from weasyprint import Document

from isecg.pdf.engine import Engine

CSS = Path(__file__).with_name("css")
# In order: what comes later may say better what came before.
SHEETS = ("base", "front", "back", "heads")


def sheets(paper: str) -> list[Path]:
    """The style sheets of a report on a paper."""
    return [_sheet(name) for name in (*SHEETS, paper)]


def _sheet(name: str) -> Path:
    return CSS / f"{name}.css"


@cache
def engine(paper: str = "a4") -> Engine:
    """This process's engine for reports on a paper, whole or in parts."""
    return _common().further([_sheet(paper)])


@cache
def _common() -> Engine:
    return Engine([_sheet(name) for name in SHEETS], label_pages)


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
