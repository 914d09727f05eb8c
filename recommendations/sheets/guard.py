"""What kind of file somebody has uploaded, before anything reads it: bounded in size, memory and time.

A sheet is a ZIP of XML. Everything that makes such a file dangerous is looked for in the ZIP itself: how
much it unpacks to, how many marks there are to parse, whether it is encrypted, holds macros, or defines
entities. The file is never stored and never sent to anybody.
"""

import io
import zipfile
from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SIZE = 2_000_000  # bytes of the file
UNPACKED = 16_000_000  # bytes of all that is in it
MEMBERS = 300  # files in it
MARKS = 900_000  # elements and attributes that would have to be parsed
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others need memory that the file itself chooses
READ = (".xml", ".rels", "mimetype")  # what else is in it (pictures, settings of printers) is not asked
SHEET = b"spreadsheetml.sheet.main+xml"
TEMPLATE = b"spreadsheetml.template.main+xml"
ENTITIES = [
    word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le", "utf-16-be")
]

NO_SHEET = _("This file is not a sheet. Upload the filled sheet as .xlsx, as Excel and LibreOffice save it.")
EMPTY = _("This file is empty. Save the sheet again and upload it.")
TOO_LARGE = _("This file is larger than 2 MB. A sheet with comments is far smaller: remove pictures from it.")
OLD_EXCEL = _("This is an old Excel file (.xls). Save it as .xlsx (Excel workbook) and upload that.")
OPEN_DOCUMENT = _("This is an OpenDocument sheet (.ods). Save it as .xlsx and upload that.")
ENCRYPTED = _("This file is protected by a password. Save it without one and upload that.")
MACROS = _("This file holds macros; they are never taken. Save it as .xlsx (without macros) and upload that.")
TOO_MUCH = _("This file unpacks to more than a sheet with comments can hold; it was not read.")
ODD = _("This file is not put together as a sheet is; it was not read. Save it again as .xlsx.")
LINKS = _("The file links to other files; these links were not followed.")


class NotASheet(Exception):
    """The file cannot be taken; `sentence` says why and what to do."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def inspect(data: bytes) -> tuple[bytes, list[str | Promise]]:
    """Look at an uploaded file. Returns the same sheet packed anew, and what was left out of account; raises
    NotASheet with a sentence.

    What reads the sheet next gets the members as they were looked at here: whatever the file said of their
    size is forgotten.
    """
    _kind(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _members(archive)
    except NotASheet:
        raise
    except Exception as error:  # whatever a broken archive makes the library raise is the file's fault
        raise NotASheet(ODD) from error


def _kind(data: bytes) -> None:
    if not data:
        raise NotASheet(EMPTY)
    if len(data) > SIZE:
        raise NotASheet(TOO_LARGE)
    if data.startswith(OLE):
        raise NotASheet(ENCRYPTED if "EncryptedPackage".encode("utf-16-le") in data else OLD_EXCEL)
    # The first bytes count: a file that is a picture or a page first and an archive behind is none of ours.
    if not data.startswith(ZIP):
        raise NotASheet(NO_SHEET)


def _members(archive: zipfile.ZipFile) -> tuple[bytes, list[str | Promise]]:
    members = archive.infolist()
    names = [each.filename.lower() for each in members]
    if len(members) > MEMBERS or sum(each.file_size for each in members) > UNPACKED:
        raise NotASheet(TOO_MUCH)
    if any(each.flag_bits & 0x1 for each in members):
        raise NotASheet(ENCRYPTED)
    if len(set(names)) < len(names) or any(each.compress_type not in METHODS for each in members):
        raise NotASheet(ODD)
    contents = {each.filename: _read(archive, each) for each in members}
    _content_types({name.lower(): content for name, content in contents.items()})
    _markup(contents.values())
    remarks: list[str | Promise] = (
        [LINKS] if any(name.startswith("xl/externallinks/") for name in names) else []
    )
    return _packed(contents), remarks


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """A member, never more of it than it declares: read without a number, the library unpacks all of it first
    and looks at the declared size afterwards."""
    if not member.filename.lower().endswith(READ):
        return b""
    with archive.open(member) as file:
        return file.read(member.file_size + 1)


def _content_types(contents: dict[str, bytes]) -> None:
    if b"opendocument.spreadsheet" in contents.get("mimetype", b""):
        raise NotASheet(OPEN_DOCUMENT)
    types = contents.get("[content_types].xml", b"")
    macros = b"macroenabled" in types.lower() or any("vbaproject" in name for name in contents)
    if macros or any(name.startswith("xl/macrosheets/") for name in contents):
        raise NotASheet(MACROS)
    if SHEET not in types and TEMPLATE not in types:
        raise NotASheet(NO_SHEET)


def _markup(contents: Iterable[bytes]) -> None:
    marks = 0
    for text in contents:
        marks += text.count(b"<") + text.count(b"=")
        if marks > MARKS:
            raise NotASheet(TOO_MUCH)
        if any(word in text for word in ENTITIES):
            raise NotASheet(ODD)


def _packed(contents: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return out.getvalue()
