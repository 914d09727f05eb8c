"""The fonts of the PDF: files of pinned packages, so that the same report has the same bytes anywhere.

Text is set in Source Serif and Source Sans. Letters these lack (names in Arabic, Hebrew, Chinese and others)
come from Noto, so that no name becomes a row of empty boxes; a document brings in only what its words need.
"""

import io
import re
import struct
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from fontTools.ttLib import TTFont

PACKAGES = {"SourceSerifPro": "font_source_serif_pro", "SourceSansPro": "font_source_sans_pro"}
NAMES = [
    "SourceSerifPro-Regular",
    "SourceSerifPro-It",
    "SourceSerifPro-Semibold",
    "SourceSansPro-Light",
    "SourceSansPro-Regular",
    "SourceSansPro-It",
    "SourceSansPro-Semibold",
    "SourceSansPro-Bold",
]
# Controls, and marks that choose a variant or a direction: no font need have them.
SILENT = {"Cc", "Cf", "Zs", "Zl", "Zp"}
VARIANTS = {*map(chr, range(0xFE00, 0xFE10)), *map(chr, range(0xE0100, 0xE01F0))}
NOTO = "manimgx_fonts"
HAN = r"\u2e80-\u312f\u3190-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
HANGUL = r"\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"


@dataclass(frozen=True)
class Other:
    """A font for letters that Source lacks: its family, its package and file, the letters (as a pattern).

    `serif` says which it is where it is one of a pair. There is one weight: the regular.
    """

    family: str
    package: str
    file: str
    letters: str
    serif: bool | None = None

    @property
    def path(self) -> Path:
        return _file(self.package, self.file)

    @property
    def name(self) -> str:
        return self.family.replace(" ", "")


def _noto(script: str, letters: str) -> Other:
    return Other(f"Noto Sans {script}".strip(), NOTO, f"NotoSans{script}[wght].ttf", letters)


OTHERS = (
    _noto("Arabic", r"\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufeff"),
    _noto("Hebrew", r"\u0590-\u05ff\ufb1d-\ufb4f"),
    Other("Noto Serif SC", "pylopdf_fonts_zh_cn", "NotoSerifSC-Regular.otf", HAN, True),
    Other("Noto Sans SC", "pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf", HAN, False),
    Other("Noto Serif KR", "pylopdf_fonts_ko", "NotoSerifKR-Regular.otf", HANGUL, True),
    Other("Noto Sans KR", "pylopdf_fonts_ko", "NotoSansKR-Regular.otf", HANGUL, False),
    _noto("Devanagari", r"\u0900-\u097f\ua8e0-\ua8ff"),
    _noto("Bengali", r"\u0980-\u09ff"),
    _noto("Gurmukhi", r"\u0a00-\u0a7f"),
    _noto("Gujarati", r"\u0a80-\u0aff"),
    _noto("Oriya", r"\u0b00-\u0b7f"),
    _noto("Tamil", r"\u0b80-\u0bff"),
    _noto("Telugu", r"\u0c00-\u0c7f"),
    _noto("Kannada", r"\u0c80-\u0cff"),
    _noto("Malayalam", r"\u0d00-\u0d7f"),
    _noto("Sinhala", r"\u0d80-\u0dff"),
    _noto("Thai", r"\u0e00-\u0e7f"),
    _noto("Lao", r"\u0e80-\u0eff"),
    _noto("Myanmar", r"\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f"),
    _noto("Georgian", r"\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f"),
    _noto("Ethiopic", r"\u1200-\u139f\u2d80-\u2ddf\uab00-\uab2f"),
    _noto("Khmer", r"\u1780-\u17ff\u19e0-\u19ff"),
    _noto("Armenian", r"\u0530-\u058f"),
    _noto("", r"\u00a1-\u052f\u1ab0-\u1aff\u1d00-\u218f\u2c60-\u2c7f\u2e00-\u2e7f\ua640-\uab6f"),
    _noto("Symbols", r"\u2100-\u23ff\u2460-\u27bf\U0001f100-\U0001f2ff"),
    Other("Noto Emoji", NOTO, "NotoEmoji[wght].ttf", r"\u203c-\u3299\U0001f000-\U0001faff"),
)
FILES = {each.name: each for each in OTHERS}
VARIATIONS = ("fvar", "gvar", "avar", "cvar", "HVAR", "VVAR", "MVAR", "STAT")


def path(name: str) -> Path:
    """The file of a font in NAMES. Raises KeyError for any other name."""
    if name not in NAMES:
        raise KeyError(name)
    return _file(PACKAGES[name.split("-")[0]], f"files/{name}.ttf")


@cache
def data(name: str) -> bytes:
    """The font of this name, of NAMES or of FILES. Raises KeyError for any other name."""
    if name in NAMES:
        return path(name).read_bytes()
    return _regular(FILES[name].path)


def _regular(file: Path) -> bytes:
    """A font without its variations, which stands at its regular weight.

    Cutting a weight out of it would take seconds. No time is written into it: bytes must repeat.
    """
    with TTFont(file, recalcTimestamp=False) as font:
        if "fvar" not in font:
            return _renumbered(file.read_bytes()) if "CFF " in font else file.read_bytes()
        for table in VARIATIONS:
            if table in font:
                del font[table]
        out = io.BytesIO()
        font.save(out)
    return out.getvalue()


def _renumbered(data: bytes) -> bytes:
    """A font for Chinese or Korean, each glyph with the number of its place as its character's number, too.

    A PDF shows the glyphs of such a font by the latter (ISO 32000, 9.7.4.2), while the engine writes the
    former. Those who cut a font down leave them apart: readers then show another letter, or none. The font's
    list of these numbers is written over by one range, which takes five bytes.
    """
    with TTFont(io.BytesIO(data), lazy=True) as font:
        top = font["CFF "].cff[0]
        if "ROS" not in top.rawDict:
            return data
        at = font.reader.tables["CFF "].offset + top.rawDict["charset"]
        numbers = struct.pack(">BHH", 2, 1, top.numGlyphs - 2)
    return data[:at] + numbers + data[at + len(numbers) :]


def _file(package: str, name: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(name)
    return Path(spec.origin).parent / name


@cache
def _patterns() -> tuple[tuple[Other, re.Pattern[str]], ...]:
    return tuple((other, re.compile(f"[{other.letters}]")) for other in OTHERS)


@cache
def _has(file: Path) -> frozenset[str]:
    with TTFont(file, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def unusual(text: str) -> set[str]:
    """The letters of a text that Source lacks; not those that show nothing of themselves."""
    if text.isascii():
        return set()
    letters = set(text) - _common()
    return {letter for letter in letters if unicodedata.category(letter) not in SILENT} - VARIANTS


@cache
def _common() -> frozenset[str]:
    return _has(path("SourceSerifPro-Regular")) & _has(path("SourceSansPro-Regular"))


def needed(text: str) -> list[Other]:
    """The fonts beside Source that a document's words need."""
    letters = "".join(unusual(text))
    return [other for other, pattern in _patterns() if pattern.search(letters)]


def unknown(text: str) -> set[str]:
    """The letters of a text that no font here has: whatever the machine has would stand for them."""
    letters = unusual(text)
    return letters.difference(*(_has(other.path) for other in needed(text))) if letters else letters


def stack(first: str, *last: str, serif: bool | None = None, quoted: bool = True) -> str:
    """The families a text is set in, in order: `first`, those for other scripts, then the generic ones."""
    wanted = "Serif" in first if serif is None else serif
    families = [first, *(each.family for each in OTHERS if each.serif in (None, wanted))]
    names = [f'"{name}"' for name in families] if quoted else families
    return ", ".join([*names, *last])


def face(other: Other, scheme: str) -> str:
    """The rule by which a style sheet brings in one of the other fonts."""
    return f'@font-face {{ font-family: "{other.family}"; src: url({scheme}font/{other.name}) }}'


def with_others(sheet: str) -> str:
    """A style sheet whose families are followed by those for other scripts."""
    for first, last in (("Source Serif Pro", "serif"), ("Source Sans Pro", "sans-serif")):
        sheet = sheet.replace(f'"{first}", {last}', stack(first, last))
    return sheet
