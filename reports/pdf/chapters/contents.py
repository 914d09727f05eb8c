"""The list of contents."""

from django.utils.translation import gettext as _

from isecg.canonical import Content
from reports.pdf.chapters.base import Chapter
from reports.pdf.printed import Printed


def contents(printed: Printed, told: list[Chapter]) -> list[Chapter]:
    """Names the chapters that have a title, and under each the parts behind it that have a name."""
    lines: list[Content] = []
    for each in told:
        if each.title:
            lines.append({"chapter": each, "parts": []})
        elif each.name:
            lines[-1]["parts"].append(each)
    credit = (printed.content["report"]["cover"] or {}).get("credit", "")
    return [
        Chapter("contents", "contents", context={"lines": lines, "credit": credit}, running=_("Contents"))
    ]
