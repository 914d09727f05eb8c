"""The list of contents."""

from django.utils.translation import gettext as _

from isecg.canonical import Content
from reports.pdf.chapters.base import Chapter
from reports.pdf.printed import Printed

MANY = 9  # parts of a chapter, from which on they stand in narrower columns
ROOMY = 13  # chapters; more lines stand closer, so that all are on one page


def contents(printed: Printed, told: list[Chapter]) -> list[Chapter]:
    """Names the chapters that have a title, and under each the parts behind it that have a name."""
    lines: list[Content] = []
    for each in told:
        if each.title:
            lines.append({"chapter": each, "parts": [], "many": False})
        elif each.name:
            lines[-1]["parts"].append(each)
            lines[-1]["many"] = len(lines[-1]["parts"]) > MANY
    tight = len(lines) > ROOMY or any(line["many"] for line in lines)
    context = {"lines": lines, "tight": tight}
    return [Chapter("contents", "contents", context=context, running=_("Contents"))]
