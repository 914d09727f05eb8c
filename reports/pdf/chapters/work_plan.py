"""How far the work plan is."""

from django.utils.translation import gettext as _

from isecg.canonical import Content
from isecg.pdf.words import prose
from reports import charts
from reports.pdf.chapters.base import Chapter, Medium, date, period
from reports.pdf.chapters.base import agencies as by_slug
from reports.pdf.printed import Printed
from reports.queries import Status


def work_plan(printed: Printed, medium: Medium) -> list[Chapter]:
    content, agencies = printed.content, by_slug(printed.content)
    items = [_item(item, content, agencies) for item in content["work_items"]]
    rows = charts.rows(content["work_items"])
    bars = charts.in_parts(rows)
    stretch = period(content)
    months = charts.window(rows, stretch)
    context = {
        "items": items,
        "counts": [
            (sum(item["status"] == status for item in items), status.label, status.value)
            for status in (Status.DONE, Status.ON_TRACK, Status.LATE, Status.NOT_STARTED)
        ],
        "unreported": [item for item in items if not item["reported"]],
        "progress": [
            charts.progress(part, medium.palette).svg(f"progress-{number}")
            for number, part in enumerate(bars)
        ],
        "gantt": [
            charts.gantt(part, stretch, medium.palette, months).svg(f"gantt-{number}")
            for number, part in enumerate(bars)
        ],
        "last_day": date(content["report"]["period"]["last_day"]),
    }
    return [
        Chapter(
            "work-plan",
            "work_plan",
            _("Progress of the work plan"),
            _("What was planned, and how far it is"),
            context,
        )
    ]


def _item(item: Content, content: Content, agencies: Content) -> Content:
    start = content["report"]["period"]["start"]
    return {
        **item,
        "lead_name": item["lead"] and agencies[item["lead"]]["acronym"],
        "with": [agencies[slug]["acronym"] for slug in item["contributors"]],
        "starts": date(item["start"]),
        "ends": date(item["due"]),
        "words": Status(item["status"]).label,
        "html": prose(item["description"]),
        "told": [
            {"on": date(entry["day"]), "percent": entry["percent"], "html": prose(entry["text"])}
            for entry in item["entries"]
            if entry["day"] >= start
        ],
    }
