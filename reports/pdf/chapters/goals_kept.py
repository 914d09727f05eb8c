"""What became of the goals that had been set for the year, and how goals were kept over the years."""

from django.utils.translation import gettext as _

from isecg.canonical import Content
from isecg.pdf.words import prose
from reports import charts
from reports.charts.goals import ORDER, name_of
from reports.pdf.chapters.base import Chapter, Medium, date
from reports.pdf.printed import Printed


def goals_kept(printed: Printed, medium: Medium) -> list[Chapter]:
    content = printed.content
    coming = {(printed.year + 1, row["number"]) for row in content["goals"]}
    goals, record = [_goal(row, coming) for row in content["goals_kept"]], content["goals_record"]
    if not goals and not record:
        return []
    context = {"goals": goals, "year": printed.year, **(_record(record, medium) if record else {})}
    title = _("Goals of %(year)s") % {"year": printed.year}
    about = _("What became of them, and what shows it")
    return [Chapter("goals-kept", "goals_kept", title, about, context=context)]


def _goal(row: Content, coming: set[tuple[int, int]]) -> Content:
    after = row["continued_by"]
    return {
        **row,
        "linked": bool(after) and (after["year"], after["number"]) in coming,
        "html": prose(row["text"]),
        "words": name_of(row["outcome"]) if row["outcome"] else _("no outcome stated yet"),
        "shown_by": prose(row["evidence"]),
        "on": date(row["decided_on"]) if row["decided_on"] else "",
    }


def _record(record: list[Content], medium: Medium) -> Content:
    """The years, the newest first, as a chart and as the columns and rows of its table."""
    rows = sorted(record, key=lambda row: -row["year"])
    return {
        "chart": charts.goals_kept(record, medium.palette).svg("goals-kept-chart"),
        "columns": [name_of(name) for name in ORDER],
        "record": [
            {
                "year": row["year"],
                "counts": [(name_of(name), row[name]) for name in ORDER],
                "goals": sum(row[name] for name in ORDER),
            }
            for row in rows
        ],
    }
