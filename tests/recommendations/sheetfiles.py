"""Files that somebody may upload as a sheet: good ones, odd ones, and hostile ones."""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl

HEADERS = (
    "Member",
    "Paragraph",
    "Kind of comment",
    "Comment",
    "Proposed change: from",
    "Proposed change: to",
)
ROW = ("DLR", "1", "technical", "A comment.", "", "")


def workbook(
    rows: Sequence[Sequence[Any]] = (ROW,), *, headers: Sequence[Any] = HEADERS, above: int = 0
) -> bytes:
    """A sheet as somebody's own program writes it."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for _ in range(above):
        sheet.append([])
        sheet.append(["Some words above the table"])
    sheet.append(list(headers))
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(data: bytes, change: Callable[[str, bytes], bytes | None], **added: bytes) -> bytes:
    """An archive whose members went through `change` (None leaves one out), with more members."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if (kept := change(name, old.read(name))) is not None:
                new.writestr(name, kept)
        for name, content in added.items():
            new.writestr(name, content)
    return out.getvalue()


def with_cells(xml: str, data: bytes | None = None) -> bytes:
    """A sheet whose rows are this XML."""

    def put(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return content
        start, end = content.index(b"<sheetData>"), content.index(b"</sheetData>")
        return content[: start + 11] + xml.encode() + content[end:]

    return changed(data or workbook(), put)


def inline(*cells: str) -> str:
    """A row of words as XML, without numbers of rows and columns."""
    return "<row>" + "".join(f'<c t="inlineStr"><is><t>{each}</t></is></c>' for each in cells) + "</row>"
