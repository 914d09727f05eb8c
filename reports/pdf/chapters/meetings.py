"""The meetings that began in the period."""

import datetime as dt

from django.utils.translation import gettext as _

from isecg.canonical import Content
from isecg.dated import span
from isecg.pdf.words import prose
from reports.models import Meeting
from reports.pdf.chapters.base import Chapter, Medium, said
from reports.pdf.chapters.base import agencies as by_slug
from reports.pdf.chapters.lists import few
from reports.pdf.printed import Printed


def meetings(printed: Printed, medium: Medium) -> list[Chapter]:
    agencies = by_slug(printed.content)
    rows = [
        {
            **row,
            "id": f"meeting-{row['slug']}",
            "when": _when(row),
            "words": Meeting.Kind(row["kind"]).label,
            "host": row["host"] and agencies[row["host"]]["acronym"],
            "html": prose(row["about"]),
        }
        for row in printed.content["meetings"]
    ]
    if not rows:
        return []
    title, about, follows = _("Meetings"), _("Of the period, in order of date"), few(rows)
    return [Chapter("meetings", "meetings", title, about, context={"rows": rows}, follows=follows)]


def _when(row: Content) -> str:
    """Both days where both are known to the day."""
    if row["last_day"] and row["on"]["precision"] == "day":
        return span(dt.date.fromisoformat(row["on"]["day"]), dt.date.fromisoformat(row["last_day"]))
    return said(row["on"])
