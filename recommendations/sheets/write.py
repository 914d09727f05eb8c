"""The sheet that a delegation takes away: its comments to be filled in, the text beside them to be read."""

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from recommendations.models import STATEMENT, CommentKind
from recommendations.sheets.columns import HEADERS, Column
from recommendations.sheets.marks import SheetMark

# Nothing in a cell may become a formula, a link or a number: every word stays the word it was.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
INK, SOFT, LINE, GROUND, ACCENT, WHITE = "#101A2E", "#434E66", "#D9DFE9", "#F4F6F9", "#14284D", "#FFFFFF"
WIDTHS = {
    Column.MEMBER: 11,
    Column.PLACE: 11,
    Column.KIND: 14,
    Column.COMMENT: 46,
    Column.FROM: 34,
    Column.TO: 34,
    Column.REASON: 34,
    Column.OBSERVATIONS: 34,
    Column.ID: 30,
}
EMPTY_ROWS = 100
MADE = dt.datetime(2000, 1, 1)  # the file does not say when it was made: same content, same file


@dataclass(frozen=True)
class Line:
    """A comment as the sheet shows it; `closed` ones are there to be read only."""

    mark: str
    place: str
    kind: str
    text: str
    from_text: str
    to_text: str
    reason: str
    observations: str = ""
    closed: bool = False


@dataclass(frozen=True)
class Passage:
    """A paragraph of the text, for reference."""

    place: str
    text: str
    heading: bool = False


@dataclass(frozen=True)
class Contents:
    """All that a sheet holds, in the reader's language."""

    mark: SheetMark
    agency: str
    title: str
    deadline: str
    lines: Sequence[Line]
    passages: Sequence[Passage]


def write(contents: Contents) -> bytes:
    """The file."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        words = {"number": contents.mark.number, "agency": contents.agency}
        title = _("Comments of %(agency)s on recommendation %(number)s") % words
        book.set_properties({"title": title, "author": "ISECG portal", "created": MADE})
        formats = _Formats(book)
        _comments(book.add_worksheet(_("Comments")[:31]), contents, title, formats)
        revision = _("Text of revision %(number)s") % {"number": contents.mark.revision}
        _text(book.add_worksheet(revision[:31]), contents, revision, formats)
    return out.getvalue()


class _Formats:
    """The looks of cells, each made once."""

    def __init__(self, book: Any) -> None:
        base = {"font_name": "Calibri", "font_size": 11, "font_color": INK, "valign": "top"}
        cell = {**base, "text_wrap": True, "border": 1, "border_color": LINE, "num_format": "@"}
        make = book.add_format
        self.title = make({**base, "bold": True, "font_size": 16})
        self.plain = make({**base, "font_color": SOFT})
        self.header = make(
            {**cell, "bold": True, "font_color": WHITE, "bg_color": ACCENT, "valign": "vcenter"}
        )
        self.cell = make(cell)
        self.closed = make({**cell, "font_color": SOFT, "bg_color": GROUND})
        self.heading = make({**cell, "bold": True, "bg_color": GROUND})
        self.unlocked = make({"num_format": "@"})


def _comments(sheet: Worksheet, contents: Contents, title: str, formats: _Formats) -> None:
    top = _head(sheet, contents, title, formats)
    columns = list(Column)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, WIDTHS[column], formats.unlocked, {"hidden": column is Column.ID})
        sheet.write_string(top, at, str(HEADERS[column]), formats.header)
    sheet.set_row(top, 32)
    for row, line in enumerate(contents.lines, top + 1):
        look = formats.closed if line.closed else formats.cell
        for at, column in enumerate(columns):
            words = _words(line, column, contents.agency)
            sheet.write_string(row, at, words, formats.closed if column is Column.OBSERVATIONS else look)
    last = top + len(contents.lines) + EMPTY_ROWS
    _empty(sheet, top + 1 + len(contents.lines), last, formats)
    _choices(sheet, top + 1, last, columns.index(Column.KIND))
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    _page(sheet, contents)


def _head(sheet: Worksheet, contents: Contents, title: str, formats: _Formats) -> int:
    """Title and instructions above the table; returns the row of the headers."""
    said = {"revision": contents.mark.revision, "title": contents.title, "deadline": contents.deadline}
    sentences = [
        _("%(title)s, revision %(revision)s. Deadline: %(deadline)s.") % said,
        str(STATEMENT),
        _("One row for each comment; write new ones below the others."),
        _("Paragraph: its number as in the second sheet, or “general” for the whole text."),
        _("Grey rows were submitted and stay as they are. A row you delete here stays in the portal."),
        _("Upload the file in the portal: it shows what it understood before anything is taken over."),
    ]
    sheet.write_string(0, 0, title, formats.title)
    for row, words in enumerate(sentences, 1):
        sheet.write_string(row, 0, words, formats.plain)
    sheet.write_string(0, len(Column) - 1, str(contents.mark), formats.plain)
    return len(sentences) + 2


def _words(line: Line, column: Column, agency: str) -> str:
    if column is Column.MEMBER:
        return agency
    if column is Column.ID:
        return line.mark
    return getattr(line, column.value)


def _empty(sheet: Worksheet, first: int, last: int, formats: _Formats) -> None:
    for row in range(first, last):
        for at, column in enumerate(Column):
            sheet.write_blank(
                row, at, None, formats.closed if column is Column.OBSERVATIONS else formats.cell
            )


def _choices(sheet: Worksheet, first: int, last: int, column: int) -> None:
    kinds = [str(kind.label) for kind in CommentKind]
    rule = {
        "validate": "list",
        "source": kinds,
        "error_title": _("Kind of comment"),
        "error_message": _("Choose one of: %(kinds)s.") % {"kinds": ", ".join(kinds)},
    }
    sheet.data_validation(first, column, last, column, rule)


def _text(sheet: Worksheet, contents: Contents, title: str, formats: _Formats) -> None:
    sheet.write_string(0, 0, title, formats.title)
    sheet.set_column(0, 0, 14, formats.unlocked)
    sheet.set_column(1, 1, 120, formats.unlocked)
    sheet.write_string(2, 0, str(HEADERS[Column.PLACE]), formats.header)
    sheet.write_string(2, 1, _("Text"), formats.header)
    for row, passage in enumerate(contents.passages, 3):
        look = formats.heading if passage.heading else formats.cell
        sheet.write_string(row, 0, passage.place, look)
        sheet.write_string(row, 1, passage.text[:32_767], look)
    sheet.freeze_panes(3, 0)
    sheet.repeat_rows(2)
    _page(sheet, contents)


def _page(sheet: Worksheet, contents: Contents) -> None:
    """On paper: landscape A4, as wide as one page, numbered, and what it is on every page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    statement = str(STATEMENT).replace("&", "&&")
    sheet.set_footer(f"&L&8{contents.mark.number} · {contents.agency} · {statement}&R&8&P / &N")
    sheet.hide_gridlines(2)
