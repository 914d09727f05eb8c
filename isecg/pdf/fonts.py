"""The fonts of the PDF: files of two pinned packages, so that the same report has the same bytes anywhere."""

from importlib.util import find_spec
from pathlib import Path

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


def path(name: str) -> Path:
    """The file of a font in NAMES. Raises KeyError for any other name."""
    if name not in NAMES:
        raise KeyError(name)
    spec = find_spec(PACKAGES[name.split("-")[0]])
    if spec is None or spec.origin is None:
        raise FileNotFoundError(name)
    return Path(spec.origin).parent / "files" / f"{name}.ttf"
