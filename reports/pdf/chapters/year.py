"""The year on one spread: in figures, and what happened when."""

import datetime as dt

from django.utils.translation import gettext as _

from agencies.models import Destination
from isecg.canonical import Content
from reports import charts
from reports.pdf.chapters.base import Chapter, Medium, period, said
from reports.pdf.chapters.base import agencies as by_slug
from reports.pdf.printed import Printed

# The figures one looks for first, and those that are shown if one of them has nothing to count.
FIGURES = (
    "highlights",
    "agencies_with_highlights",
    "members",
    "activities",
    "recommendations",
    "meetings",
    "documents",
    "progress_entries",
    "work_items_done",
    "goals_met",
    "goals",
    "work_items",
)
MOST = 9
PAGE = 505  # points that headings and remarks leave of a page of US Letter
ROW = 25  # points, if every fourth title takes two lines
UNITS = charts.WIDTH / 481.89  # of the drawing to a point
# A figure of nought is shown where there was something to count from.
OUT_OF = {"work_items_done": "work_items", "goals_met": "goals_of_the_year"}


def year(printed: Printed, medium: Medium) -> list[Chapter]:
    content = printed.content
    title, about = _("The year at a glance"), _("In figures, and what happened when")
    context = {"figures": _figures(content), "places": _places(content), **_chart(content, medium)}
    return [Chapter("year", "year", title, about, context)]


def _figures(content: Content) -> list[str]:
    values = {row["name"]: row["value"] for row in content["figures"]}
    shown = [name for name in FIGURES if values.get(name) or values.get(OUT_OF.get(name, ""))]
    return shown[:MOST]


def _places(content: Content) -> list[tuple[str, str]]:
    """(figure, destination) of those that highlights are told of."""
    told = {row["destination"] for row in content["highlights"]}
    return [(f"highlights_{place.value}", str(place.label)) for place in Destination if place.value in told]


def _chart(content: Content, medium: Medium) -> Content:
    marks, rows = _by_destination(content) if _places(content) else _by_agency(content)
    if not marks:
        return {}
    drawn = (marks, rows, period(content), medium.palette)
    chart = charts.when(*drawn)
    return {
        "chart": chart.svg("when"),
        "narrow": charts.when_narrow(*drawn).svg("when-narrow") if medium.small else "",
        "events": _events(content) if len(marks) <= _room(chart) else [],
    }


def _room(chart: charts.Chart) -> int:
    """How many rows of a table have room on the chart's page, whichever paper it is."""
    return int((PAGE - chart.height / UNITS) // ROW)


def _events(content: Content) -> list[Content]:
    """The highlights in order of date."""
    found = by_slug(content)
    return [
        {**row, "when": said(row["on"]), "who": found[row["agency"]]["acronym"]}
        for row in sorted(content["highlights"], key=lambda row: (row["on"]["day"], row["id"]))
    ]


def _by_destination(content: Content) -> tuple[list[charts.Mark], list[tuple[str, str]]]:
    names = [*((place.value, str(place.label)) for place in Destination), ("", _("No destination given"))]
    acronyms = {slug: each["acronym"] for slug, each in by_slug(content).items()}
    marks = [_mark(row, row["destination"], acronyms[row["agency"]]) for row in content["highlights"]]
    told = {mark.row for mark in marks}
    return marks, [(row, name) for row, name in names if row in told]


def _by_agency(content: Content) -> tuple[list[charts.Mark], list[tuple[str, str]]]:
    marks = [_mark(row, row["agency"]) for row in content["highlights"]]
    told = {mark.row for mark in marks}
    return marks, [(each["slug"], each["acronym"]) for each in content["agencies"] if each["slug"] in told]


def _mark(row: Content, where: str, label: str = "") -> charts.Mark:
    """Where only the month is known, the dot stands in the middle of it."""
    day, exact = dt.date.fromisoformat(row["on"]["day"]), row["on"]["precision"] == "day"
    return charts.Mark(where, day if exact else day.replace(day=15), label, exact)
