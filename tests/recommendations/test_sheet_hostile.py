"""Files that are no sheets, or are made to harm: refused with a sentence, in bounded time and memory."""

import datetime as dt
import io
import resource
import time
import zipfile
import zlib
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from agencies.models import Agency
from members.models import Member
from recommendations.models import Comment, Consultation, Upload
from recommendations.sheets.guard import NotASheet
from recommendations.sheets.read import read
from tests.recommendations import commenting
from tests.recommendations.sheetfiles import HEADERS, ROW, changed, inline, with_cells, workbook

MEMBER = "xl/worksheets/sheet1.xml"


def keep(_name: str, content: bytes) -> bytes:
    return content


def bomb() -> bytes:
    """A megabyte that unpacks to a gigabyte."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", "spreadsheetml.sheet.main+xml")
        with archive.open(MEMBER, "w", force_zip64=True) as member:
            for _ in range(1000):
                member.write(b" " * 1_000_000)
    return out.getvalue()


def lying_bomb() -> bytes:
    """One whose list of members says that it is small, and whose checksum is that of its first bytes."""
    data = bytearray(bomb())
    end = bytes(data).rfind(b"PK\x01\x02")
    data[end + 16 : end + 20] = zlib.crc32(b" " * 1000).to_bytes(4, "little")
    data[end + 24 : end + 28] = (1000).to_bytes(4, "little")
    return bytes(data)


def entities() -> bytes:
    """Ten entities, each ten times the one before."""
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE worksheet [<!ENTITY e0 "ha">{lines}]>'

    def put(name: str, content: bytes) -> bytes:
        return doctype.encode() + content.replace(b"A comment.", b"&e9;") if name == MEMBER else content

    return changed(workbook(), put)


def outside() -> bytes:
    """An entity that would read a file of the server, in an encoding that hides it from a simple search."""
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]><x/>'
    return changed(workbook(), lambda name, data: text.encode("utf-16") if name == MEMBER else data)


def encrypted_member() -> bytes:
    data = bytearray(workbook())
    at = 0
    while (at := bytes(data).find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1
        at += 4
    return bytes(data)


def lzma() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return out.getvalue()


def twice() -> bytes:
    out = io.BytesIO(workbook())
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(MEMBER, b"<worksheet/>")
    return out.getvalue()


def document() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "wordprocessingml.document.main+xml")
        archive.writestr("word/document.xml", "<document/>")
    return out.getvalue()


def open_document() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MACROS = {"xl/vbaProject.bin": OLE}
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "is empty"),
    "words": (lambda: "Mitglied;Absatz\n1;ü\n".encode("latin-1"), "is not a sheet"),
    "comma separated, in another encoding": (lambda: "a,b\n1,2\n".encode("utf-16"), "is not a sheet"),
    "page": (lambda: b"<html><table><tr><td>1</td></tr></table></html>", "is not a sheet"),
    "PDF that is an archive too": (lambda: b"%PDF-1.7\n" + workbook(), "is not a sheet"),
    "picture that is an archive too": (lambda: b"GIF89a" + workbook(), "is not a sheet"),
    "Word": (document, "is not a sheet"),
    "OpenDocument": (open_document, r"\.ods"),
    "old Excel": (lambda: OLE + b"\0" * 600, r"old Excel file \(\.xls\)"),
    "encrypted": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    "encrypted member": (encrypted_member, "protected by a password"),
    "macros": (lambda: changed(workbook(), keep, **MACROS), "holds macros"),
    "macros by their type": (
        lambda: changed(
            workbook(),
            lambda name, data: data.replace(b"spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"),
        ),
        "holds macros",
    ),
    "too large": (lambda: workbook() + b"\0" * 2_000_000, "larger than 2 MB"),
    "bomb": (bomb, "unpacks to more"),
    "bomb that lies": (lying_bomb, "could not be read"),
    "many members": (
        lambda: changed(workbook(), keep, **{f"x/{n}.xml": b"<x/>" for n in range(400)}),
        "unpacks to more",
    ),
    "many elements": (lambda: with_cells("<row>" + "<c/>" * 1_500_000 + "</row>"), "unpacks to more"),
    "entities": (entities, "not put together"),
    "entity from outside": (outside, "not put together"),
    "odd compression": (lzma, "not put together"),
    "two members of one name": (twice, "not put together"),
    "half of it": (lambda: workbook()[:2000], "not put together"),
    "only its beginning": (lambda: b"PK\x03\x04", "not put together"),
    "no content types": (
        lambda: changed(workbook(), lambda name, data: None if "Content" in name else data),
        "is not a sheet",
    ),
    "broken XML": (lambda: with_cells("<row><c>"), "could not be read"),
    "odd cells": (lambda: with_cells('<row><c r="??" t="s"><v>999</v></c></row>'), "could not be read"),
    "odd row": (lambda: with_cells('<row r="NaN"><c/></row>'), "could not be read"),
    "no headers": (lambda: workbook(headers=["a", "b"]), "No row of headers"),
    "headers too far down": (lambda: workbook(above=12), "No row of headers"),
    "no rows": (lambda: workbook(rows=[]), "No row below the headers"),
    "ten thousand rows": (
        lambda: workbook(rows=[("DLR", "1", "te", f"C{n}") for n in range(10_000)]),
        "more than 1,000 filled rows",
    ),
}


@pytest.mark.parametrize(("make", "sentence"), REFUSED.values(), ids=REFUSED)
def test_a_file_is_refused_with_a_sentence(make: Callable[[], bytes], sentence: str) -> None:
    data = make()
    begin, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(NotASheet, match=sentence):
        read(data)
    assert time.process_time() - begin < 5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000  # KiB


def test_a_row_a_million_rows_down_does_not_matter() -> None:
    below = '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    sheet = read(with_cells(inline(*HEADERS) + inline(*ROW) + below))
    assert [row.cells["text"] for row in sheet.rows] == ["A comment."]


def test_what_a_sheet_says_of_its_size_is_not_believed() -> None:
    def boast(_name: str, content: bytes) -> bytes:
        return content.replace(b'<dimension ref="A1:F2"', b'<dimension ref="A1:XFD1048576"')

    data = changed(workbook(), boast)
    assert len(read(data).rows) == 1


def test_formulas_are_never_worked_out_nor_taken() -> None:
    sheet = read(workbook([("DLR", "1", "te", '=HYPERLINK("http://127.0.0.1")', "", "=1+1")]))
    assert sheet.rows[0].formulas == ("text", "to_text")
    assert sheet.rows[0].cells["text"] == "="


def test_words_that_only_begin_like_a_formula_are_words() -> None:
    sheet = read(with_cells(inline(*HEADERS) + inline("DLR", "1", "te", "=1+1", "+2", "@x")))
    assert sheet.rows[0].formulas == ()
    assert [sheet.rows[0].cells[name] for name in ("text", "from_text", "to_text")] == ["=1+1", "+2", "@x"]


def test_links_to_other_files_are_not_followed() -> None:
    sheet = read(changed(workbook(), keep, **{"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}))
    assert [str(each) for each in sheet.remarks] == [
        "The file links to other files; these links were not followed."
    ]


def test_letters_that_cannot_be_printed_are_gone() -> None:
    sheet = read(workbook([("DLR", "1", "te", "a_x0000_b_xD800_c\u202ed_x000D_\ne", "", "")]))
    assert sheet.rows[0].cells["text"] == "abcd\ne"


def test_numbers_and_days_in_cells_are_what_people_see() -> None:
    rows = [("DLR", 2, "te", 7.5, "", True), ("DLR", dt.date(2026, 1, 2), "te", "x", "", "")]
    first, second = read(workbook(rows)).rows
    assert [first.cells[name] for name in ("place", "text", "to_text")] == ["2", "7.5", "1"]
    assert second.cells["place"] == "2.1."


def test_the_headers_may_stand_below_other_words() -> None:
    [row] = read(workbook(above=6)).rows
    assert (row.number, row.cells["place"]) == (14, "1")


@pytest.fixture
def open_now(editor: Member, asked: list[Agency]) -> Consultation:
    return commenting.open_now(editor, asked)


@pytest.fixture
def desk(open_now: Consultation, delegate_a: Member, sign_in: Callable[[Member], Client]) -> Client:
    return sign_in(delegate_a)


@pytest.mark.parametrize(
    "name", ["sheet.xlsx", "a" * 300 + ".xlsx", "../../etc/passwd", "\u202exslx.exe", "x"]
)
@pytest.mark.parametrize("data", [b"", b"a,b\n1,2", b"PK\x03\x04broken", OLE])
def test_the_page_says_what_is_wrong_and_keeps_nothing(
    desk: Client, open_now: Consultation, name: str, data: bytes
) -> None:
    address = f"/recommendations/{open_now.recommendation.number}/sheet/"
    token = desk.get(address).context["form"]["token"].value()
    file = SimpleUploadedFile(name, data)
    answer = desk.post(address, {"token": token, "agency": "dlr", "file": file})
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"][0]
    assert not Upload.objects.exists()
    assert not Comment.objects.exists()


def test_a_file_over_the_limit_is_refused_unread(desk: Client, open_now: Consultation) -> None:
    address = f"/recommendations/{open_now.recommendation.number}/sheet/"
    token = desk.get(address).context["form"]["token"].value()
    file = SimpleUploadedFile("sheet.xlsx", workbook() + b"\0" * 2_000_000)
    answer = desk.post(address, {"token": token, "agency": "dlr", "file": file})
    assert (answer.status_code, "larger than 2 MB" in answer.content.decode()) == (422, True)


def test_without_a_file_the_page_says_so(desk: Client, open_now: Consultation) -> None:
    answer = desk.post(f"/recommendations/{open_now.recommendation.number}/sheet/", {"agency": "dlr"})
    assert answer.status_code == 422
    assert "file" in answer.context["form"].errors
