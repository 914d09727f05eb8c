"""What kind of file somebody has uploaded, before anything reads it: bounded in size, memory and time.

A sheet is a ZIP of XML. Everything that makes such a file dangerous is looked for in the ZIP itself: how
much it unpacks to, how many marks there are to parse, whether it is encrypted, holds macros, or defines
entities. The file is never stored and never sent to anybody.
"""

import io
import zipfile

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SIZE = 2_000_000  # bytes of the file
UNPACKED = 16_000_000  # bytes of all that is in it
MEMBERS = 300  # files in it
MARKS = 900_000  # elements and attributes that would have to be parsed
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others need memory that the file itself chooses
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


def inspect(data: bytes) -> list[str | Promise]:
    """Look at an uploaded file. Returns what was left out of account; raises NotASheet with a sentence."""
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


def _members(archive: zipfile.ZipFile) -> list[str | Promise]:
    members = archive.infolist()
    names = [each.filename.lower() for each in members]
    if "mimetype" in names and b"opendocument.spreadsheet" in archive.read("mimetype")[:200]:
        raise NotASheet(OPEN_DOCUMENT)
    if len(members) > MEMBERS or sum(each.file_size for each in members) > UNPACKED:
        raise NotASheet(TOO_MUCH)
    if any(each.flag_bits & 0x1 for each in members):
        raise NotASheet(ENCRYPTED)
    if len(set(names)) < len(names) or any(each.compress_type not in METHODS for each in members):
        raise NotASheet(ODD)
    _content_types(archive, names)
    _markup(archive, members)
    return [LINKS] if any(name.startswith("xl/externallinks/") for name in names) else []


def _content_types(archive: zipfile.ZipFile, names: list[str]) -> None:
    if "[content_types].xml" not in names:
        raise NotASheet(NO_SHEET)
    types = archive.read(next(name for name in archive.namelist() if name.lower() == "[content_types].xml"))
    macros = b"macroenabled" in types.lower() or any("vbaproject" in name for name in names)
    if macros or any(name.startswith("xl/macrosheets/") for name in names):
        raise NotASheet(MACROS)
    if SHEET not in types and TEMPLATE not in types:
        raise NotASheet(NO_SHEET)


def _markup(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """A member never unpacks to more than it declares, so the sum above is a bound for this reading."""
    marks = 0
    for each in members:
        if not each.filename.lower().endswith((".xml", ".rels", ".vml")):
            continue
        text = archive.read(each)
        marks += text.count(b"<") + text.count(b"=")
        if marks > MARKS:
            raise NotASheet(TOO_MUCH)
        if any(word in text for word in ENTITIES):
            raise NotASheet(ODD)
