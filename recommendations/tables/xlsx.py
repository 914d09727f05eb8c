"""The comment table for Excel and LibreOffice. Every cell is words: nothing in it is a formula or a link."""

import io
from collections.abc import Sequence

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from isecg.canonical import Content
from recommendations.sheets.write import ACCENT, INK, LINE, MADE, OPTIONS, SOFT, WHITE
from recommendations.tables.cells import COLUMNS

LONGEST = 32_767  # letters that a cell can hold


def write(table: Content, statement: str) -> bytes:
    """The file: the comments, and on a second sheet the counts per agency."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        book.set_properties({"title": table["title"], "author": "ISECG portal", "created": MADE})
        base = {"font_name": "Calibri", "font_size": 11, "font_color": INK, "valign": "top"}
        cell = {**base, "text_wrap": True, "border": 1, "border_color": LINE, "num_format": "@"}
        look = {
            "title": book.add_format({**base, "bold": True, "font_size": 16}),
            "plain": book.add_format({**base, "font_color": SOFT}),
            "header": book.add_format({**cell, "bold": True, "font_color": WHITE, "bg_color": ACCENT}),
            "cell": book.add_format(cell),
        }
        widths = [column.width for column in COLUMNS]
        comments, counts = book.add_worksheet(_("Comments")[:31]), book.add_worksheet(_("Totals")[:31])
        _fill(comments, table, table["headers"], table["rows"], widths, look)
        comments.autofilter(3, 0, 3 + len(table["rows"]), len(widths) - 1)
        _fill(counts, table, table["total_headers"], table["totals"], [16] * 20, look)
        for sheet in (comments, counts):
            _page(sheet, table, statement)
    return out.getvalue()


def _fill(
    sheet: Worksheet,
    table: Content,
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[int],
    look: dict[str, Format],
) -> None:
    sheet.write_string(0, 0, table["title"], look["title"])
    sheet.write_string(1, 0, table["chosen"], look["plain"])
    for at, words in enumerate(headers):
        sheet.set_column(at, at, widths[at])
        sheet.write_string(3, at, words, look["header"])
    for number, row in enumerate(rows, 4):
        for at, words in enumerate(row):
            sheet.write_string(number, at, words[:LONGEST], look["cell"])
    sheet.freeze_panes(4, 1)
    sheet.repeat_rows(3)


def _page(sheet: Worksheet, table: Content, statement: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.7)
    sheet.set_footer(f"&L&8{table['number']} · {statement}&R&8&P / &N".replace("& ", "&& "))
