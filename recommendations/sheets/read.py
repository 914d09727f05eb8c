"""A filled sheet as rows of plain words: any sheet of the file, headers anywhere in its first rows."""

import io
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import openpyxl
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from isecg import markdown
from recommendations.sheets.columns import Column, header_row
from recommendations.sheets.guard import NotASheet, inspect
from recommendations.sheets.marks import SheetMark, sheet_mark

HEADERS_WITHIN = 20  # rows
COLUMNS = 60
ROWS = 1_000  # filled ones
LOOKED_AT = 12_000  # rows, filled or not
CELL = 32_767  # letters: what Excel itself allows
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
WRITTEN = (Column.PLACE, Column.KIND, Column.COMMENT, Column.FROM, Column.TO, Column.REASON)

NO_HEADERS = _(
    "No row of headers was found in the first 20 rows. The sheet needs at least a column “Comment” or "
    "“Proposed change: to”, and a column “Paragraph”."
)
TOO_MANY = _("This sheet has more than 1,000 filled rows. Split it, or ask the secretariat.")
UNREADABLE = _(
    "This sheet could not be read. Open it in Excel or LibreOffice, save it again as .xlsx, upload that."
)
NOTHING = _("No row below the headers is filled in.")


@dataclass(frozen=True)
class Row:
    """A filled row: its number as Excel counts, its cells by column, and which of them hold a formula."""

    number: int
    cells: dict[str, str]
    formulas: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """What was found in a file."""

    rows: list[Row]
    mark: SheetMark | None = None
    remarks: list[str | Promise] = field(default_factory=list)


def read(data: bytes) -> Sheet:
    """The filled rows of an uploaded file. Raises NotASheet with a sentence where that cannot be."""
    data, remarks = inspect(data)
    try:
        sheets = _sheets(data)
    except Exception as error:  # whatever a broken file makes the library raise is the file's fault
        raise NotASheet(UNREADABLE) from error
    found = max(sheets, key=lambda each: len(each[1]), default=None)
    if found is None or not found[1]:
        raise NotASheet(NO_HEADERS)
    mark = next((mark for table, _columns, _at in sheets for mark in _marks(table)), None)
    rows = list(_filled(*found))
    if len(rows) > ROWS:
        raise NotASheet(TOO_MANY)
    if not rows:
        raise NotASheet(NOTHING)
    return Sheet(rows, mark, remarks)


Cell = tuple[str, bool]  # words, and whether they are a formula
Table = list[tuple[int, list[Cell]]]


def _sheets(data: bytes) -> list[tuple[Table, dict[Column, int], int]]:
    """Each sheet of the file: its filled rows, which column holds what, and the row of headers."""
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # what the library cannot show of a sheet (colours, lists) is not asked
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        try:
            tables = [_table(sheet) for sheet in book.worksheets]
        finally:
            book.close()
    return [(table, *_headers(table)) for table in tables]


def _table(sheet: Any) -> Table:
    rows: Table = []
    for number, cells in enumerate(sheet.iter_rows(max_row=LOOKED_AT, max_col=COLUMNS), 1):
        words = [_cell(each) for each in cells]
        if any(text for text, _formula in words):
            rows.append((number, words))
        if len(rows) > ROWS + HEADERS_WITHIN:
            break
    return rows


def _headers(table: Table) -> tuple[dict[Column, int], int]:
    """The row that reads most like our headers; nothing if none has a place and something to say."""
    best: dict[Column, int] = {}
    where = 0
    for number, cells in table:
        if number > HEADERS_WITHIN:
            break
        found = header_row(text for text, _formula in cells)
        says = Column.COMMENT in found or Column.TO in found
        if says and Column.PLACE in found and len(found) > len(best):
            best, where = found, number
    return best, where


def _marks(table: Table) -> Iterator[SheetMark]:
    for number, cells in table:
        if number > HEADERS_WITHIN:
            return
        yield from (mark for text, _formula in cells if (mark := sheet_mark(text)))


def _filled(table: Table, columns: dict[Column, int], headers: int) -> Iterator[Row]:
    for number, cells in table:
        if number <= headers:
            continue
        words = {column.value: cells[at][0] for column, at in columns.items() if at < len(cells)}
        if any(words.get(column) for column in WRITTEN):
            formulas = [each.value for each in WRITTEN if each in columns and cells[columns[each]][1]]
            yield Row(number, words, tuple(sorted(formulas)))


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return "", False
    if cell.data_type == "f":
        return "=", True
    return _words(value), False


def _words(value: Any) -> str:
    """A cell as the words somebody sees in it."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date | datetime):
        return f"{value.day}.{value.month}."  # what Excel makes of a paragraph number such as 2.1
    return markdown.printable(_unescaped(str(value)[: CELL + 1])).strip()


def _unescaped(text: str) -> str:
    """Line ends as people type them; Excel writes odd characters as `_x000D_`."""
    text = ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def as_rows(stored: Iterable[dict[str, Any]]) -> list[Row]:
    """Rows as they were kept with an upload."""
    return [Row(each["row"], each["cells"], tuple(each["formulas"])) for each in stored]
