"""The colours of `static/css/tokens.css`, and the contrast of those that meet, computed as WCAG 2.2 says."""

import re
from dataclasses import dataclass
from functools import cache

from isecg import ROOT

SHEET = ROOT / "static" / "css" / "tokens.css"
SCHEMES = ("light", "dark")
TOKEN = re.compile(r"--([a-z-]+):\s*#([0-9a-f]{6});")
TEXT, LARGE, SHAPE = 7.0, 4.5, 3.0

GROUNDS = ("ground", "surface", "raised")
MEETINGS: list[tuple[str, tuple[str, ...], float]] = [
    # what is drawn, on which grounds, and the contrast it must have: AAA for text, 3 for shapes
    ("ink", (*GROUNDS, "good-ground", "warn-ground", "bad-ground", "info-ground", "mark-ground"), TEXT),
    ("soft", GROUNDS, TEXT),
    ("link", (*GROUNDS, "good-ground", "warn-ground", "bad-ground", "info-ground"), TEXT),
    ("on-action", ("action", "action-over"), TEXT),
    ("on-band", ("band",), TEXT),
    ("soft-on-band", ("band",), TEXT),
    ("good", ("good-ground", "ground", "raised"), TEXT),
    ("warn", ("warn-ground", "ground", "raised"), TEXT),
    ("bad", ("bad-ground", "ground", "raised", "surface"), TEXT),
    ("info", ("info-ground", "ground", "raised"), TEXT),
    ("accent", GROUNDS, LARGE),
    ("edge", GROUNDS, SHAPE),
    ("accent-on-band", ("band",), SHAPE),
]


@dataclass(frozen=True)
class Meeting:
    """A colour on another one, in one scheme."""

    scheme: str
    colour: str
    ground: str
    needed: float
    contrast: float

    @property
    def holds(self) -> bool:
        return self.contrast >= self.needed


@cache
def colours(scheme: str) -> dict[str, str]:
    """Token -> six hexadecimal digits; the dark sheet changes some of the light one's."""
    light, _media, dark = SHEET.read_text().partition("@media (prefers-color-scheme: dark)")
    return dict(TOKEN.findall(light)) | (dict(TOKEN.findall(dark)) if scheme == "dark" else {})


def luminance(colour: str) -> float:
    """Relative luminance of six hexadecimal digits."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white), rounded down to a hundredth."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return int(100 * (lighter + 0.05) / (darker + 0.05)) / 100


def meetings(scheme: str) -> list[Meeting]:
    """Every pair of MEETINGS in that scheme."""
    known = colours(scheme)
    return [
        Meeting(scheme, colour, ground, needed, contrast(known[colour], known[ground]))
        for colour, grounds, needed in MEETINGS
        for ground in grounds
    ]
