"""Fonts of parts that are joined: each part says which glyphs it needs, one program serves them all.

Glyphs keep their numbers when a font is cut down to those that are used, so text of any part can be shown
with a program that has the glyphs of all parts. Cutting is WeasyPrint's own. Workers only.
"""

import hashlib
import io
import json
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

import pikepdf
import pydyf
from weasyprint.pdf.fonts import Font, build_fonts_dictionary
from weasyprint.text.ffi import ffi, harfbuzz

from isecg.pdf import fonts
from isecg.pdf.writing import written

ffi.cdef("""
    hb_blob_t * hb_blob_create (const char *data, unsigned int length, int mode, void *own, void *destroy);
    hb_face_t * hb_face_create (hb_blob_t *blob, unsigned int index);
""")
DUPLICATE = 0  # HarfBuzz keeps a copy of the data

# What a font dictionary says beside its glyphs; `told` and `_font` go by it.
FACTS = (
    "family",
    "flags",
    "ascent",
    "descent",
    "italic_angle",
    "stemv",
    "stemh",
    "index",
    "style",
    "weight",
    "variations",
    "tables",
    "font_size",
    "upem",
)
# One glyph draws every hyphen (as `structure.texts` says it of the whole).
HYPHENS = {"\u2010": "-", "\u00ad": "-"}
Told = dict[str, Any]


class CannotShare(Exception):
    """A font that is not the portal's own, or glyphs without numbers: these parts cannot be joined."""


class Needed(dict[int, Font]):
    """The fonts of a part while it is written: WeasyPrint adds to it, and cuts none of them down."""

    def __setitem__(self, key: int, font: Font) -> None:
        font.__class__ = _Needed
        font.original = _digest(font.file_content)
        font.file_content = font.file_content[:4]
        super().__setitem__(key, font)


class _Needed(Font):
    """A font whose program stays out of the part."""

    original: str

    def clean(self, *_: object) -> None:
        """There is nothing to cut."""


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def told(needed: dict[int, Any]) -> Told:
    """What `embed` wants to know of the fonts of a part, by their name in its pages."""
    found: Told = {}
    for font in needed.values():
        said = found.setdefault(
            font.hash,
            {
                "name": font.name.decode(),
                "file": font.original,
                **{fact: getattr(font, fact) for fact in FACTS},
                "widths": {},
                "unicode": {},
                "missing": False,
            },
        )
        said["widths"] |= {str(glyph): width for glyph, width in font.widths.items()}
        meant = {str(glyph): HYPHENS.get(text, text) for glyph, text in font.to_unicode.items()}
        said["unicode"] = meant | said["unicode"]
        said["missing"] |= bool(font.missing or font.bitmap)
    return found


def merged(parts: Iterable[Told]) -> Told:
    """The fonts of all parts, each with every glyph that any part needs; what a glyph means is said by the
    first part that has it. Raises CannotShare."""
    union: Told = {}
    for part in reversed([*parts]):
        for name, said in part.items():
            if said["missing"]:
                raise CannotShare(said["name"])
            have = union.setdefault(name, {**said, "widths": {}, "unicode": {}})
            if have["file"] != said["file"]:
                raise CannotShare(said["name"])
            have["widths"] |= said["widths"]
            have["unicode"] |= said["unicode"]
    return union


def embed(union: Told) -> bytes:
    """A PDF with the dictionaries of `merged` fonts as its `Fonts`; the same for the same glyphs."""
    return _embedded(json.dumps(union, sort_keys=True))


@lru_cache(maxsize=8)
def _embedded(union: str) -> bytes:
    """An edit seldom brings a glyph that no other part has: a worker then has this already."""
    pdf = pydyf.PDF()
    needed = {name: _font(name, said) for name, said in json.loads(union).items()}
    dictionary = build_fonts_dictionary(pdf, needed, True, True, {"hinting": False, "pdf_version": "1.7"})
    pdf.add_object(dictionary)
    pdf.catalog["Fonts"] = dictionary.reference
    out = io.BytesIO()
    pdf.write(out, "1.7", b"fonts")
    with pikepdf.open(out) as compressed:
        return written(compressed, static_id=True)


def _font(name: str, said: Told) -> Font:
    """WeasyPrint's own object of a font, from a file instead of from a layout."""
    font = Font.__new__(Font)
    for fact in FACTS:
        setattr(font, fact, said[fact])
    font.hash, font.name = name, said["name"].encode()
    font.file_content = _originals()(said["file"])
    font.hb_face = _face(font.file_content, font.index)
    font.widths = {int(glyph): width for glyph, width in sorted(said["widths"].items(), key=_number)}
    font.to_unicode = {int(glyph): text for glyph, text in sorted(said["unicode"].items(), key=_number)}
    font.missing, font.bitmap, font.used_in_forms = {}, False, False
    font.png = font.svg = font.colr = False
    return font


def _number(row: tuple[str, Any]) -> int:
    return int(row[0])


def _face(data: bytes, index: int) -> Any:
    blob = ffi.gc(
        harfbuzz.hb_blob_create(data, len(data), DUPLICATE, ffi.NULL, ffi.NULL), harfbuzz.hb_blob_destroy
    )
    return ffi.gc(harfbuzz.hb_face_create(blob, index), harfbuzz.hb_face_destroy)


@cache
def _originals() -> Any:
    """Looks a font program up by its checksum: the portal's own, those of every document first."""
    known: dict[str, str] = {}
    names = iter([*fonts.NAMES, *fonts.FILES])

    def find(sha256: str) -> bytes:
        while sha256 not in known:
            name = next(names, None)
            if name is None:
                raise CannotShare(sha256)
            known[_digest(fonts.data(name))] = name
        return fonts.data(known[sha256])

    return find
