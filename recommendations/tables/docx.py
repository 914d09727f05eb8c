"""The comment table for Word: landscape, its row of headers repeated on every page, words only."""

import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from isecg.canonical import Content
from recommendations.sheets.write import ACCENT, MADE
from recommendations.tables.cells import COLUMNS

WIDTH = 273  # millimetres of A4 across, without its margins
TWIPS = 56.7  # a millimetre


def write(table: Content, statement: str, language: str) -> bytes:
    """The file."""
    document = docx.Document()
    _set_up(document, table, statement, language)
    document.add_heading(table["title"], level=1)
    document.add_paragraph(table["chosen"])
    document.add_paragraph(statement).runs[0].bold = True
    whole = sum(column.width for column in COLUMNS)
    widths = [WIDTH * column.width / whole for column in COLUMNS]
    document.element.body.insert(-1, _table(table["title"], table["headers"], table["rows"], widths))
    document.add_heading(table["total_title"], level=2)
    counts = [WIDTH / len(table["total_headers"])] * len(table["total_headers"])
    totals = _table(table["total_title"], table["total_headers"], table["totals"], counts)
    document.element.body.insert(-1, totals)
    document.add_paragraph()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _set_up(document: Any, table: Content, statement: str, language: str) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(12)
    section.top_margin, section.bottom_margin = Mm(14), Mm(14)
    properties = document.core_properties
    properties.title, properties.author, properties.language = table["title"], "ISECG portal", language
    properties.created = properties.modified = MADE
    properties.comments = statement
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Calibri", Pt(8)
    code = {"en": "en-GB", "de": "de-DE"}.get(language, language)
    spoken = _element("w:lang", val=code)
    style.element.get_or_add_rPr().append(spoken)
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{table['number']} · {statement} · ")
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = foot.add_run()
        run._r.append(_element("w:fldChar", fldCharType=kind) if kind else _text("w:instrText", words))


def _table(title: str, headers: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Any:
    """The table, built as it is written to the file: for thousands of cells the library's way is slow."""
    table = OxmlElement("w:tbl")
    table.append(_properties(title))
    grid = OxmlElement("w:tblGrid")
    for width in widths:
        grid.append(_element("w:gridCol", w=str(round(width * TWIPS))))
    table.append(grid)
    table.append(_row(headers, widths, header=True))
    for cells in rows:
        table.append(_row(cells, widths))
    return table


def _properties(title: str) -> Any:
    properties = OxmlElement("w:tblPr")
    properties.append(_element("w:tblStyle", val="TableGrid"))
    properties.append(_element("w:tblW", w="5000", type="pct"))
    properties.append(_element("w:tblLayout", type="fixed"))
    properties.append(_element("w:tblLook", val="0420", firstRow="1", noVBand="1"))
    properties.append(_element("w:tblCaption", val=title))
    return properties


def _row(cells: Sequence[str], widths: Sequence[float], *, header: bool = False) -> Any:
    row = OxmlElement("w:tr")
    properties = OxmlElement("w:trPr")
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))
    row.append(properties)
    for words, width in zip(cells, widths, strict=True):
        row.append(_cell(words, width, header=header))
    return row


def _cell(words: str, width: float, *, header: bool) -> Any:
    cell = OxmlElement("w:tc")
    properties = OxmlElement("w:tcPr")
    properties.append(_element("w:tcW", w=str(round(width * TWIPS)), type="dxa"))
    if header:
        properties.append(_element("w:shd", val="clear", color="auto", fill=ACCENT.lstrip("#")))
    cell.append(properties)
    paragraph, run = OxmlElement("w:p"), OxmlElement("w:r")
    if header:
        look = OxmlElement("w:rPr")
        look.append(OxmlElement("w:b"))
        look.append(_element("w:color", val="FFFFFF"))
        run.append(look)
    for at, line in enumerate(words.split("\n")):
        if at:
            run.append(OxmlElement("w:br"))
        run.append(_text("w:t", line))
    paragraph.append(run)
    cell.append(paragraph)
    return cell


def _element(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _text(tag: str, words: str) -> Any:
    element = OxmlElement(tag)
    element.text = words
    element.set(qn("xml:space"), "preserve")
    return element
