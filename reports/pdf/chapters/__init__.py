"""The parts of the report and what their templates need, from a copy's content alone: no query here.

A module for each part: it takes the copy and the medium and gives the chapters it makes of them. Parts with
nothing to say are left out, those the report owes are not.
"""

from collections.abc import Callable

from django.utils.translation import override

from reports.pdf.chapters.base import Chapter, Medium
from reports.pdf.chapters.colophon import colophon
from reports.pdf.chapters.contents import contents
from reports.pdf.chapters.cover import cover
from reports.pdf.chapters.foreword import foreword
from reports.pdf.chapters.goals import goals
from reports.pdf.chapters.goals_kept import goals_kept
from reports.pdf.chapters.highlights import highlights
from reports.pdf.chapters.meetings import meetings
from reports.pdf.chapters.members import members
from reports.pdf.chapters.publications import publications
from reports.pdf.chapters.recommendations import recommendations
from reports.pdf.chapters.sections import sections
from reports.pdf.chapters.work_plan import work_plan
from reports.pdf.chapters.year import year
from reports.pdf.printed import Printed

__all__ = ["Chapter", "Medium", "chapters"]

Part = Callable[[Printed, Medium], list[Chapter]]
# In the order of the report, behind cover and contents.
PARTS: list[Part] = [
    *(foreword, year, highlights, sections),
    *(work_plan, goals_kept, goals),
    *(members, recommendations, meetings, publications, colophon),
]


def chapters(printed: Printed, medium: Medium = Medium.PAPER) -> list[Chapter]:
    """The report in order, in the copy's language whatever the active one."""
    with override(printed.variant.language):
        told = [chapter for part in PARTS for chapter in part(printed, medium)]
        return [*cover(printed, medium), *contents(printed, told), *told]
