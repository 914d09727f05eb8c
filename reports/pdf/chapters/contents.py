"""The list of contents."""

from django.utils.translation import gettext as _

from reports.pdf.chapters.base import Chapter
from reports.pdf.printed import Printed


def contents(printed: Printed, told: list[Chapter]) -> list[Chapter]:
    """Names the chapters that have a title."""
    context = {"chapters": [part for part in told if part.title]}
    return [Chapter("contents", "contents", context=context, running=_("Contents"))]
