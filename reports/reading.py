"""A report in the browser: the same chapters, words and ids as in the PDF, from the same snapshot."""

import datetime as dt
import re
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from isecg.canonical import Content
from reports import charts
from reports.models import Edition
from reports.pdf import document
from reports.pdf.chapters import Medium, chapters
from reports.pdf.printed import Printed, Variant
from reports.queries import Line

ON_THE_PAGE_ALREADY = {"cover", "contents"}
TABLE = re.compile(r"<table\b.*?</table>", re.S)


@dataclass(frozen=True)
class Twin:
    """An edition to read: its words, and the lines of its list of contents, each with the parts below it."""

    printed: Printed
    article: SafeString
    contents: list[Content]


def twin(edition: Edition) -> Twin:
    """The edition in the active language where it has a copy in that, else as its main copy."""
    copies = list(edition.copies.all())
    chosen = next((copy for copy in copies if copy.language == get_language()), copies[0])
    return in_browser(Printed.of(edition, Variant(chosen.language, chosen.paper)))


def in_browser(printed: Printed) -> Twin:
    """A copy as HTML, in its own language whatever the reader's. Cover and contents are the page's own."""
    told = chapters(printed, Medium.SCREEN)
    shown = [part for part in told if part.key not in ON_THE_PAGE_ALREADY]
    lines = next(part for part in told if part.key == "contents").context["lines"]
    with override(printed.variant.language):
        words = {**document.frame(printed, Medium.SCREEN), "chapters": shown}
        html = _movable(render_to_string("reports/article.html", words))
    return Twin(printed, html, lines)


def _movable(html: str) -> SafeString:
    """Tables in frames that can be moved sideways where they are wider than the screen."""
    frame = format_html('<div class="table-frame" role="group" aria-label="{}" tabindex="0">', _("Table"))
    return mark_safe(TABLE.sub(lambda table: f"{frame}{table[0]}</div>", html))  # noqa: S308  (our own page)


def charts_of(lines: list[Line], on: dt.date) -> dict[str, SafeString]:
    """Progress and Gantt chart of the live work plan; the year of `on` is shaded."""
    if not lines:
        return {}
    rows = [
        charts.Row(
            code=line.item.code,
            title=line.title,
            start=line.start,
            due=line.due,
            percent=line.percent,
            status=line.status.value,
            entries=tuple(entry.day for entry in line.entries),
            dropped=line.dropped.day if line.dropped else None,
        )
        for line in lines
    ]
    year = (dt.date(on.year, 1, 1), dt.date(on.year + 1, 1, 1))
    return {
        "progress": charts.progress(rows, charts.SCREEN).svg("progress"),
        "narrow": charts.progress_narrow(rows, charts.SCREEN).svg("progress-narrow"),
        "gantt": charts.gantt(rows, year, charts.SCREEN).svg("gantt"),
    }
