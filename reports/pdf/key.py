"""The name of a report's content: what makes its bytes what they are. Read by web processes, too."""

import hashlib

from django.conf import settings

from isecg.canonical import Content, digest
from isecg.pdf.key import drawing
from reports.models import AnnualReport, Snapshot

# What draws the report beyond what every PDF shares.
DRAWING = (
    "templates/reports/pdf/*",
    "templates/reports/chapters/*",
    "reports/pdf/css/*.css",
    "reports/pdf/**/*.py",
    "reports/charts/*.py",
    "agencies/timeline.py",
)


def content_key(snapshot: Snapshot) -> str:
    """The same for the same snapshot, copies, address of the portal, templates, style sheets, fonts and
    versions; otherwise another. Not the edition's number: two clicks make one edition."""
    report = snapshot.report
    copies = f"{report.languages} {report.papers} {settings.SITE_URL}"
    told = hashlib.sha256(
        f"{snapshot.sha256} {snapshot.taken_at.isoformat()} {snapshot.report_id} {copies}".encode()
    )
    told.update(drawing(*DRAWING))
    return told.hexdigest()


def preview_key(content: Content, report: AnnualReport) -> str:
    """The same for the same words, language and paper as long as nothing draws otherwise."""
    told = hashlib.sha256(f"{digest(content)} {report.languages[0]} {report.papers[0]}".encode())
    told.update(drawing(*DRAWING))
    return told.hexdigest()
