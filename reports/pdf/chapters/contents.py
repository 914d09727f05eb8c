"""The list of contents."""

import math

from django.utils.translation import gettext as _

from isecg.canonical import Content
from reports.pdf.chapters.base import Chapter
from reports.pdf.printed import Printed

MANY = 9  # parts of a chapter, from which on they stand in narrower columns
WIDE, NARROW = 2, 4  # parts in a row of each kind
ROOMY = 14  # chapters, three rows of parts counting as one; more stand closer, so that all are on one page


def contents(printed: Printed, told: list[Chapter]) -> list[Chapter]:
    """Names the chapters that have a title, and under each the parts behind it that have a name."""
    lines: list[Content] = []
    for each in told:
        if each.title:
            lines.append({"chapter": each, "parts": [], "many": False})
        elif each.name:
            lines[-1]["parts"].append(each)
            lines[-1]["many"] = len(lines[-1]["parts"]) > MANY
    rows = sum(math.ceil(len(line["parts"]) / (NARROW if line["many"] else WIDE)) for line in lines)
    tight = len(lines) + rows / 3 > ROOMY
    context = {"lines": lines, "tight": tight}
    return [Chapter("contents", "contents", context=context, running=_("Contents"))]
