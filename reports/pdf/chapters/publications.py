"""What the group published in the period."""

from django.utils.translation import gettext as _

from isecg.pdf.words import prose
from reports.models import DocumentKind
from reports.pdf.chapters.base import Chapter, Medium, said
from reports.pdf.printed import Printed


def publications(printed: Printed, medium: Medium) -> list[Chapter]:
    rows = [
        {
            **row,
            "when": said(row["on"]),
            "words": DocumentKind(row["kind"]).label,
            "html": prose(row["about"]),
        }
        for row in printed.content["documents"]
    ]
    if not rows:
        return []
    return [
        Chapter(
            "publications",
            "publications",
            _("Publications"),
            _("Released in the period"),
            {"documents": rows},
        )
    ]
