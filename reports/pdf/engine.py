"""The engines of the annual report: for each paper, for whole documents and for fragments. Workers only."""

from functools import cache
from pathlib import Path

import pydyf
from weasyprint import Document

from isecg.pdf.engine import Engine

CSS = Path(__file__).with_name("css")
# In order: what comes later may say better what came before.
SHEETS = ("base", "front", "back")
# Heads and page numbers: a fragment has none, they are stamped when it is joined with the others.
HEADS = "heads"


def sheets(paper: str, *, heads: bool = True) -> list[Path]:
    """The style sheets of a report on a paper; with running heads and page numbers or without."""
    return [CSS / f"{name}.css" for name in (*SHEETS, paper, *([HEADS] if heads else []))]


@cache
def engine(paper: str = "a4") -> Engine:
    """This process's engine for whole reports on a paper."""
    return Engine(sheets(paper), label_pages)


@cache
def fragment_engine(paper: str = "a4") -> Engine:
    """This process's engine for parts of reports, without heads and page numbers."""
    return Engine(sheets(paper, heads=False))


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
