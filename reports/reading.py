"""A report in the browser: the same chapters, words and ids as in the PDF, from the same snapshot."""

import datetime as dt
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import override

from reports import charts
from reports.pdf.chapters import Chapter, chapters, period
from reports.queries import Line

ON_THE_PAGE_ALREADY = {"cover", "contents", "statement"}


def told(content: dict[str, Any]) -> list[Chapter]:
    """The chapters a page shows: cover and contents are its own, the statement stands below every page."""
    return [chapter for chapter in chapters(content) if chapter.key not in ON_THE_PAGE_ALREADY]


def contents(content: dict[str, Any]) -> list[Chapter]:
    """What the page's list of contents names, in the report's language."""
    with override(content["language"]):
        return [chapter for chapter in told(content) if chapter.title]


def article(content: dict[str, Any]) -> SafeString:
    """The report as HTML, in the report's language whatever the reader's."""
    with override(content["language"]):
        drawn = charts.rows(content["work_items"])
        words = {
            "content": content,
            "chapters": told(content),
            "progress": charts.progress(drawn, charts.SCREEN).svg("progress") if drawn else "",
            "narrow": charts.progress_narrow(drawn, charts.SCREEN).svg("progress-narrow") if drawn else "",
            "gantt": charts.gantt(drawn, period(content), charts.SCREEN).svg("gantt") if drawn else "",
        }
        return render_to_string("reports/article.html", words)


def charts_of(lines: list[Line], on: dt.date) -> dict[str, SafeString]:
    """Progress and Gantt chart of the live work plan; the year of `on` is shaded."""
    if not lines:
        return {}
    rows = [
        charts.Row(
            code=line.item.code,
            title=line.item.title,
            start=line.item.start,
            due=line.item.due,
            percent=line.percent,
            status=line.status.value,
            entries=tuple(entry.day for entry in line.entries),
        )
        for line in lines
    ]
    year = (dt.date(on.year, 1, 1), dt.date(on.year + 1, 1, 1))
    return {
        "progress": charts.progress(rows, charts.SCREEN).svg("progress"),
        "narrow": charts.progress_narrow(rows, charts.SCREEN).svg("progress-narrow"),
        "gantt": charts.gantt(rows, year, charts.SCREEN).svg("gantt"),
    }
