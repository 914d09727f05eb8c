"""What the secretariat and the working groups tell."""

from django.utils.translation import gettext as _

from isecg.canonical import Content
from isecg.pdf.words import prose
from reports.models import Section
from reports.pdf.chapters.base import Chapter, Medium
from reports.pdf.printed import Printed

# A section with less than these characters shares the page of the one before.
SHORT = 1500


def sections(printed: Printed, medium: Medium) -> list[Chapter]:
    rows = printed.content["sections"]
    return [_section(row, follows=place > 0 and len(row["text"]) < SHORT) for place, row in enumerate(rows)]


def _section(row: Content, *, follows: bool) -> Chapter:
    context = {"html": prose(row["text"])}
    return Chapter(row["id"], "section", row["title"], _owner(row), context=context, follows=follows)


def _owner(row: Content) -> str:
    if row["kind"] == Section.Kind.SECRETARIAT:
        return _("By the secretariat")
    return (
        _("By a working group (%(agency)s)") % {"agency": row["by"]} if row["by"] else _("By a working group")
    )
