"""Rows for spreadsheets: what people wrote stays words, and is never run as a formula."""

import csv
import io
from collections.abc import Iterable
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def plain(cell: Any) -> Any:
    """A cell that a spreadsheet takes for words and never for a formula; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def as_csv(heads: Iterable[Any], rows: Iterable[Iterable[Any]]) -> bytes:
    """CSV in UTF-8, with the mark without which Excel takes it for another encoding."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([plain(cell) for cell in heads])
    writer.writerows([plain(cell) for cell in row] for row in rows)
    return ("\ufeff" + out.getvalue()).encode()
