"""The HTML of a copy of a report: whole, or only some of its chapters."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from isecg.canonical import Content
from reports.figures import shown
from reports.pdf.chapters import Chapter, Medium, chapters
from reports.pdf.chapters.base import date
from reports.pdf.printed import Printed

# The levels of headings by the level a chapter's template means: a page has its own first.
HEADINGS = {Medium.PAPER: ("h1", "h2", "h3", "h4"), Medium.SCREEN: ("h2", "h3", "h4", "h5")}


def html(printed: Printed) -> SafeString:
    """The whole document, for WeasyPrint, in the copy's language. Asks the database nothing."""
    return _document(printed, {**framed(printed), "chapters": chapters(printed), "whole": True})


def fragment(printed: Printed, chosen: list[Chapter], around: Content | None = None) -> SafeString:
    """A document of these chapters only; numbers of pages in their text are left open (`isecg.pdf.numbers`).
    `around` is the copy's `framed`, where it is at hand."""
    return _document(printed, {**(around or framed(printed)), "chapters": chosen})


def _document(printed: Printed, words: Content) -> SafeString:
    with override(printed.variant.language):
        return render_to_string("reports/pdf/report.html", words)


def framed(printed: Printed) -> Content:
    """What the templates of all chapters have on paper: the same for every part of a copy."""
    with override(printed.variant.language):
        return frame(printed, Medium.PAPER)


def frame(printed: Printed, medium: Medium) -> Content:
    """What the templates of all chapters have beside their own context; to be asked in the copy's language.

    `spoken` is the language of people's words as an attribute, where it is another than the copy's.
    """
    content = printed.content
    days = content["report"]["period"]
    theirs = content["language"]
    site = settings.SITE_URL if medium is Medium.PAPER else ""
    return {
        "printed": printed,
        "content": content,
        "report": content["report"],
        "language": printed.variant.language,
        "spoken": SafeString("" if theirs == printed.variant.language else f' lang="{theirs}"'),
        "medium": medium.value,
        "site": site,
        "figures": shown(content, printed.number, site),
        "title": _("ISECG Annual Report %(year)s") % {"year": printed.year},
        "period": f"{date(days['start'])} – {date(days['last_day'])}",
        **{f"h{level}": tag for level, tag in enumerate(HEADINGS[medium], 1)},
    }


def photographs(printed: Printed) -> set[str]:
    """The photographs the report shows."""
    content = printed.content
    shown = [content["report"]["cover"], *(row["photograph"] for row in content["highlights"])]
    return {picture["sha256"] for picture in shown if picture}
