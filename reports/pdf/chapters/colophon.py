"""What the report means in law, and what this copy is."""

from django.utils.translation import gettext as _

from reports.pdf.chapters.base import Chapter, Medium
from reports.pdf.printed import Printed


def colophon(printed: Printed, medium: Medium) -> list[Chapter]:
    return [Chapter("colophon", "colophon", _("Not legally binding"), _("What this report means in law"))]
