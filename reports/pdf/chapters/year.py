"""The year on one spread: in figures, and what happened when."""

import datetime as dt

from django.utils.translation import gettext as _

from agencies.models import Destination
from isecg.canonical import Content
from reports import charts
from reports.pdf.chapters.base import Chapter, Medium, period
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
# With as many highlights, the dots of the chart still have room for their titles.
TITLED = 24
ROOMY = 52  # units: a line of the chart, where there is room
HIGHEST = 1480  # units: what the smaller paper holds below the heading
# Points: the page's text, and what stands on it before the chart and around it. A short chart shares the page
# of the figures; else both stand beside each other, on a spread.
PAGE = {"a4": 675, "letter": 630}
ABOVE, FIGURE_ROW, PLACES, PLACE_ROW, AROUND = 105, 80, 60, 50, 80
UNIT = 72 / 25.4 / 8
# A figure of nought is shown where there was something to count from.
OUT_OF = {"work_items_done": "work_items", "goals_met": "goals_of_the_year"}


def year(printed: Printed, medium: Medium) -> list[Chapter]:
    content = printed.content
    title, about = _("The year at a glance"), _("In figures, and what happened when")
    figures, places = _figures(content), _places(content)
    above = ABOVE + FIGURE_ROW * -(-len(figures) // 3)
    above += PLACES + PLACE_ROW * -(-len(places) // 4) if places else 0
    room = int((PAGE[printed.variant.paper] - above - AROUND) / UNIT)
    context = {"figures": figures, "places": places, **_chart(content, medium, room)}
    return [Chapter("year", "year", title, about, context)]


def _figures(content: Content) -> list[str]:
    values = {row["name"]: row["value"] for row in content["figures"]}
    shown = [name for name in FIGURES if values.get(name) or values.get(OUT_OF.get(name, ""))]
    return shown[:MOST]


def _places(content: Content) -> list[tuple[str, str]]:
    """(figure, destination) of those that highlights are told of."""
    told = {row["destination"] for row in content["highlights"]}
    return [(f"highlights_{place.value}", str(place.label)) for place in Destination if place.value in told]


def _chart(content: Content, medium: Medium, room: int) -> Content:
    """The chart in the `room` (in units) that the figures leave on their page, or on one of its own."""
    marks, rows = _by_destination(content) if _places(content) else _by_agency(content)
    if not marks:
        return {}
    drawn = (marks, rows, period(content), medium.palette)
    tries = [charts.when(*drawn, lane=ROOMY), charts.when(*drawn)]
    together = next((chart for chart in tries if chart.height <= room), None)
    chart = together or tries[0]
    if chart.height > HIGHEST:
        chart = charts.when(*drawn, most=HIGHEST)
    return {
        "together": bool(together),
        "chart": chart.svg("when"),
        "narrow": charts.when_narrow(*drawn).svg("when-narrow") if medium.small else "",
    }


def _by_destination(content: Content) -> tuple[list[charts.Mark], list[tuple[str, str]]]:
    names = [*((place.value, str(place.label)) for place in Destination), ("", _("No destination given"))]
    acronyms = {slug: each["acronym"] for slug, each in by_slug(content).items()}
    rows = content["highlights"]
    titled = len(rows) <= TITLED
    marks = [_mark(row, row["destination"], _label(row, acronyms, titled)) for row in rows]
    told = {mark.row for mark in marks}
    return marks, [(row, name) for row, name in names if row in told]


def _by_agency(content: Content) -> tuple[list[charts.Mark], list[tuple[str, str]]]:
    rows = content["highlights"]
    marks = [_mark(row, row["agency"], row["title"] if len(rows) <= TITLED else "") for row in rows]
    told = {mark.row for mark in marks}
    return marks, [(each["slug"], each["acronym"]) for each in content["agencies"] if each["slug"] in told]


def _label(row: Content, acronyms: dict[str, str], titled: bool) -> str:
    acronym = acronyms[row["agency"]]
    return f"{acronym}: {row['title']}" if titled else acronym


def _mark(row: Content, where: str, label: str = "") -> charts.Mark:
    """Where only the month is known, the dot stands in the middle of it."""
    day, exact = dt.date.fromisoformat(row["on"]["day"]), row["on"]["precision"] == "day"
    return charts.Mark(where, day if exact else day.replace(day=15), label, exact)
