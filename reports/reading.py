"""A report in the browser: the same chapters, words and ids as in the PDF, from the same snapshot."""

import datetime as dt

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import override

from reports import charts
from reports.pdf import document
from reports.pdf.chapters import Chapter, Medium, chapters
from reports.pdf.printed import Printed
from reports.queries import Line

ON_THE_PAGE_ALREADY = {"cover", "contents"}


def told(printed: Printed) -> list[Chapter]:
    """The chapters a page shows: cover and contents are its own."""
    return [part for part in chapters(printed, Medium.SCREEN) if part.key not in ON_THE_PAGE_ALREADY]


def article(printed: Printed) -> SafeString:
    """The report as HTML, in the copy's language whatever the reader's."""
    with override(printed.variant.language):
        words = {**document.frame(printed, Medium.SCREEN), "chapters": told(printed)}
        return render_to_string("reports/article.html", words)


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
            dropped=line.dropped and line.dropped.day,
        )
        for line in lines
    ]
    year = (dt.date(on.year, 1, 1), dt.date(on.year + 1, 1, 1))
    return {
        "progress": charts.progress(rows, charts.SCREEN).svg("progress"),
        "narrow": charts.progress_narrow(rows, charts.SCREEN).svg("progress-narrow"),
        "gantt": charts.gantt(rows, year, charts.SCREEN).svg("gantt"),
    }
