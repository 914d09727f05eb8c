"""The goals of the coming year."""

from django.utils.translation import gettext as _

from isecg.canonical import Content
from isecg.pdf.words import prose
from reports.pdf.chapters.base import Chapter, Medium
from reports.pdf.printed import Printed


def goals(printed: Printed, medium: Medium) -> list[Chapter]:
    content = printed.content
    year = content["report"]["year"] + 1
    kept = {(row["year"], row["number"]) for row in content["goals_kept"]}
    rows = [
        {**goal, "html": prose(goal["text"]), "linked": _named(goal["continues"]) in kept}
        for goal in content["goals"]
    ]
    title = _("Goals for %(year)s") % {"year": year}
    return [
        Chapter(
            "goals",
            "goals",
            title,
            _("What the group wants to reach next"),
            context={"goals": rows, "year": year},
        )
    ]


def _named(goal: Content | None) -> tuple[int, int] | None:
    return (goal["year"], goal["number"]) if goal else None
