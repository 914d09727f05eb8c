"""The name of a PDF's content: what makes its bytes what they are. Read by web processes, too."""

import hashlib
from functools import cache
from importlib.metadata import version

from isecg import ROOT
from reports.models import Snapshot
from reports.pdf import fonts

# Everything that draws: changed templates, styles, words or charts make another PDF.
DRAWING = [
    "templates/reports/pdf/*",
    "templates/reports/charts/*",
    "reports/pdf/*.css",
    "reports/pdf/*.py",
    "reports/charts/*.py",
    "isecg/markdown.py",
    "isecg/dated.py",
    "isecg/templatetags/*.py",
    "isecg/locale/*/LC_MESSAGES/django.po",
]
PACKAGES = ["weasyprint", "pydyf", "fonttools", "markdown-it-py", "nh3", "pyphen"]


def content_key(snapshot: Snapshot) -> str:
    """The same for the same snapshot, templates, style sheet, fonts and versions; otherwise another."""
    told = hashlib.sha256(f"{snapshot.sha256} {snapshot.taken_at.isoformat()} {snapshot.report_id}".encode())
    told.update(drawing())
    return told.hexdigest()


@cache
def drawing() -> bytes:
    """Hash of all that draws, once a process."""
    told = hashlib.sha256()
    for package in PACKAGES:
        told.update(f"{package} {version(package)}\n".encode())
    files = [path for pattern in DRAWING for path in sorted(ROOT.glob(pattern)) if path.is_file()]
    for path in [*files, *map(fonts.path, fonts.NAMES)]:
        told.update(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return told.digest()
