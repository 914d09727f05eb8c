"""A finished PDF made fit to be kept: what it says about itself, its colours, its attached files, its bytes.

PDF/A-3a and PDF/UA-1 in one file. Their two identifications stand in one block of metadata: in two blocks
a validator accepts neither.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any, Self
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from weasyprint import Document

from isecg.pdf.writing import written

PROFILE = "sRGB2014.icc"
PRODUCER = "ISECG portal"
# What an attached file is to the document (ISO 19005-3, annex E).
RELATIONSHIPS = ("Source", "Data", "Alternative", "Supplement", "Unspecified")


@dataclass(frozen=True)
class About:
    """What a PDF says about itself; `created` is aware, `identifier` 16 bytes that name the content."""

    title: str
    author: str
    subject: str
    language: str
    created: dt.datetime
    identifier: bytes
    keywords: tuple[str, ...] = field(default=())

    @classmethod
    def of(cls, document: Document, identifier: bytes) -> Self:
        """What the head of an HTML document says of itself."""
        said = document.metadata
        return cls(
            title=said.title or "",
            author=", ".join(said.authors),
            subject=said.description or "",
            language=said.lang or "",
            created=dt.datetime.fromisoformat(said.created),
            identifier=identifier,
            keywords=tuple(said.keywords),
        )


@dataclass(frozen=True)
class Attachment:
    """A file that goes along inside the PDF."""

    name: str
    mime: str
    data: bytes
    description: str
    relationship: str = "Data"

    def __post_init__(self) -> None:
        if self.relationship not in RELATIONSHIPS:
            raise ValueError(self.relationship)


def seal(pdf: pikepdf.Pdf, about: About, attachments: Iterable[Attachment] = ()) -> bytes:
    """The bytes of `pdf` as PDF/A-3a and PDF/UA-1; changes it.

    The same pages, words and attachments give the same bytes: every date is `about.created`, streams are
    compressed by one library, whose version is in the content key.
    """
    _tell(pdf, about)
    _colours(pdf)
    _print_links(pdf)
    _attach(pdf, sorted(attachments, key=lambda each: each.name), about.created)
    pdf.trailer.ID = Array([String(about.identifier), String(about.identifier)])
    return written(
        pdf, min_version="1.7", deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
    )


def _tell(pdf: pikepdf.Pdf, about: About) -> None:
    """Title, author, language and dates, in the catalogue, the old way and as metadata."""
    day = about.created.astimezone(dt.UTC).strftime("D:%Y%m%d%H%M%SZ")
    told = {
        "/Title": about.title,
        "/Author": about.author,
        "/Subject": about.subject,
        "/Keywords": ", ".join(about.keywords),
        "/Creator": PRODUCER,
        "/Producer": PRODUCER,
        "/CreationDate": day,
        "/ModDate": day,
    }
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary({key: String(said) for key, said in told.items() if said})
    )
    pdf.Root.Lang = String(about.language)
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    metadata = pdf.make_stream(_metadata(about).encode())
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = metadata


def _metadata(about: About) -> str:
    instant = about.created.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    words = {
        "title": escape(about.title),
        "author": escape(about.author),
        "subject": escape(about.subject),
        "keywords": escape(", ".join(about.keywords)),
        "language": escape(about.language),
        "instant": instant,
        "tool": PRODUCER,
    }
    return (files(__package__) / "metadata.xml").read_text(encoding="utf-8").format(**words)


def _colours(pdf: pikepdf.Pdf) -> None:
    """Colours are sRGB, said by the profile itself."""
    profile = pdf.make_stream((files("weasyprint.pdf") / PROFILE).read_bytes(), N=3)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String(PROFILE),
        Info=String(PROFILE),
        DestOutputProfile=profile,
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


def _print_links(pdf: pikepdf.Pdf) -> None:
    """Links are seen on paper as on a screen, as PDF/A asks."""
    for page in pdf.pages:
        for annotation in page.get("/Annots", []):
            annotation.F = 4


def _attach(pdf: pikepdf.Pdf, attachments: list[Attachment], created: dt.datetime) -> None:
    """Each file with its kind, its words and what it is to the document."""
    names: Any = pdf.Root.get("/Names", Dictionary())
    for gone in ("/EmbeddedFiles", "/JavaScript"):
        if gone in names:
            del names[gone]
    if "/AF" in pdf.Root:
        del pdf.Root["/AF"]
    if not attachments:
        return
    specs = [(each.name, pdf.make_indirect(_file(pdf, each, created))) for each in attachments]
    flat = [part for name, spec in specs for part in (String(name), spec)]
    names.EmbeddedFiles = pdf.make_indirect(Dictionary(Names=Array(flat)))
    pdf.Root.Names = names
    pdf.Root.AF = Array([spec for _name, spec in specs])


def _file(pdf: pikepdf.Pdf, attachment: Attachment, created: dt.datetime) -> Dictionary:
    day = String(created.astimezone(dt.UTC).strftime("D:%Y%m%d%H%M%SZ"))
    stream = pdf.make_stream(attachment.data)
    stream.Type, stream.Subtype = Name.EmbeddedFile, Name(f"/{attachment.mime}")
    stream.Params = Dictionary(
        Size=len(attachment.data),
        CreationDate=day,
        ModDate=day,
        CheckSum=String(hashlib.md5(attachment.data, usedforsecurity=False).digest()),
    )
    return Dictionary(
        Type=Name.Filespec,
        F=String(attachment.name),
        UF=String(attachment.name),
        Desc=String(attachment.description),
        AFRelationship=Name(f"/{attachment.relationship}"),
        EF=Dictionary(F=stream, UF=stream),
    )
