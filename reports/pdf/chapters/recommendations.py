"""The recommendations that were issued in the period."""

from django.utils.translation import gettext as _

from recommendations.models import Kind, State
from reports.pdf.chapters.base import Chapter, Medium, date
from reports.pdf.printed import Printed


def recommendations(printed: Printed, medium: Medium) -> list[Chapter]:
    rows = [
        {
            **row,
            "id": f"recommendation-{row['number']}",
            "on": date(row["issued_on"]),
            "words": Kind(row["kind"]).label,
            "since": State(row["state"]).label if row["state"] != State.ISSUED else "",
        }
        for row in printed.content["recommendations"]
    ]
    if not rows:
        return []
    title, about = _("Recommendations issued"), _("In the period, by number")
    return [Chapter("recommendations", "recommendations", title, about, context={"rows": rows})]
