"""The name of a report's content: what makes its bytes what they are. Read by web processes, too."""

import hashlib
from collections.abc import Sequence

from django.conf import settings

from isecg.canonical import Content, digest
from isecg.pdf.key import drawing
from reports.models import AnnualReport, Snapshot
from reports.pdf.printed import Variant, variants

# What draws the report beyond what every PDF shares.
DRAWING = (
    "templates/reports/pdf/*",
    "templates/reports/chapters/*",
    "reports/pdf/css/*.css",
    "reports/pdf/**/*.py",
    "reports/charts/*.py",
    "agencies/timeline.py",
)


def content_key(snapshot: Snapshot, copies: Sequence[Variant] | None = None) -> str:
    """The same for the same snapshot, copies, address of the portal, templates, style sheets, fonts and
    versions; otherwise another. Not the edition's number: two clicks make one edition. `copies` are those
    that the report comes in now, unless told otherwise."""
    wanted = [f"{each.language}-{each.paper}" for each in copies or variants(snapshot.report)]
    parts = [snapshot.sha256, snapshot.taken_at.isoformat(), str(snapshot.report_id), *wanted]
    told = hashlib.sha256(" ".join([*parts, settings.SITE_URL]).encode())
    told.update(drawing(*DRAWING))
    return told.hexdigest()


def preview_key(content: Content, report: AnnualReport) -> str:
    """The same for the same words, language and paper as long as nothing draws otherwise."""
    told = hashlib.sha256(f"{digest(content)} {report.languages[0]} {report.papers[0]}".encode())
    told.update(drawing(*DRAWING))
    return told.hexdigest()
