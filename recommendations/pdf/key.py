"""The name of a print's content: what makes its bytes what they are. Read by web processes, too."""

import hashlib

from isecg.canonical import Content, digest
from isecg.pdf.key import drawing

# What draws a recommendation beyond what every PDF shares.
DRAWING = (
    "templates/recommendations/pdf/*",
    "templates/recommendations/redline_*.html",
    "recommendations/pdf/*.css",
    "recommendations/pdf/*.py",
    "recommendations/reading.py",
    "recommendations/redline/*.py",
    "recommendations/anchors.py",
    "recommendations/tables/cells.py",
    "recommendations/lineage/*.py",
    "recommendations/models/*.py",
    "isecg/deadlines.py",
)


def content_key(what: str, content: Content, language: str) -> str:
    """The same for the same content, language, templates, style sheet, fonts and versions; else another."""
    told = hashlib.sha256(f"{what} {language} {digest(content)}".encode())
    told.update(drawing(*DRAWING))
    return told.hexdigest()
