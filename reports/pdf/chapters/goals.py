"""The goals of the coming year."""

from django.utils.translation import gettext as _

from isecg.pdf.words import prose
from reports.pdf.chapters.base import Chapter, Medium
from reports.pdf.printed import Printed


def goals(printed: Printed, medium: Medium) -> list[Chapter]:
    content = printed.content
    year = content["report"]["year"] + 1
    rows = [{**goal, "html": prose(goal["text"])} for goal in content["goals"]]
    title = _("Goals for %(year)s") % {"year": year}
    return [
        Chapter(
            "goals", "goals", title, _("What the group wants to reach next"), {"goals": rows, "year": year}
        )
    ]
