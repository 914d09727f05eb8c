"""The foreword of the chair."""

from django.utils.translation import gettext as _

from isecg.pdf.words import prose
from reports.pdf.chapters.base import Chapter, Medium
from reports.pdf.printed import Printed


def foreword(printed: Printed, medium: Medium) -> list[Chapter]:
    report = printed.content["report"]
    if not report["foreword"]:
        return []
    context = {"foreword": prose(report["foreword"]), "by": report["foreword_by"]}
    return [Chapter("foreword", "foreword", _("Foreword"), report["foreword_by"], context)]
