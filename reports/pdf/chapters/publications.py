"""What the group published in the period."""

from django.utils.translation import gettext as _

from isecg.pdf.words import prose
from reports.models import DocumentKind
from reports.pdf.chapters.base import Chapter, Medium, said
from reports.pdf.chapters.lists import few
from reports.pdf.printed import Printed


def publications(printed: Printed, medium: Medium) -> list[Chapter]:
    rows = [
        {
            **row,
            "id": f"document-{row['slug']}",
            "when": said(row["on"]),
            "words": DocumentKind(row["kind"]).label,
            "html": prose(row["about"]),
        }
        for row in printed.content["documents"]
    ]
    if not rows:
        return []
    title, about = _("Publications"), _("Released in the period")
    return [Chapter("publications", "publications", title, about, context={"rows": rows}, follows=few(rows))]
