"""How far the work plan is, what was changed in it, and what was done."""

from django.utils.translation import gettext as _

from isecg.canonical import Content
from isecg.pdf.words import prose
from reports import charts
from reports.pdf.chapters.base import Chapter, Medium, date, period
from reports.pdf.chapters.base import agencies as by_slug
from reports.pdf.chapters.changes import changed, dropped
from reports.pdf.printed import Printed
from reports.queries import Status

# The figures at the head of the chapter; those after the third are shown where they count something.
FIGURES = (
    "work_items",
    "work_items_done",
    "work_items_on_track",
    "work_items_late",
    "work_items_not_started",
    "work_items_dropped",
)
ALWAYS = 4
FEW = 12  # items: what was done on them begins on the page where the tables end


def work_plan(printed: Printed, medium: Medium) -> list[Chapter]:
    """The plan in charts and as a table; then what was done item by item, from a page of its own if much."""
    content, agencies = printed.content, by_slug(printed.content)
    title, about = _("Progress of the work plan"), _("What was planned, how far it is, what was changed")
    items = [_item(item, content, agencies) for item in content["work_items"]]
    context = {"items": items, "last_day": date(content["report"]["period"]["last_day"])}
    if not items:
        return [Chapter("work-plan", "work_plan", title, about, context=context)]
    context |= _charts(content, medium) | _named(items, agencies) | {"figures": _figures(content)}
    chapters = [Chapter("work-plan", "work_plan", title, about, context=context)]
    done = [item for item in items if item["told"] or item["html"]]
    if done:
        words = _("What was done")
        chapters.append(
            Chapter(
                "work-done",
                "work_done",
                name=words,
                context={"items": done},
                follows=len(done) <= FEW,
                running=f"{title} · {words}",
            )
        )
    return chapters


def _figures(content: Content) -> list[str]:
    values = {row["name"]: row["value"] for row in content["figures"]}
    return [name for place, name in enumerate(FIGURES) if place < ALWAYS or values.get(name)]


def _charts(content: Content, medium: Medium) -> Content:
    rows, stretch = charts.rows(content["work_items"]), period(content)
    parts, months = charts.in_parts(rows), charts.window(rows, stretch)
    opening = charts.in_parts(rows, opens=True)
    return {
        "progress": [
            {
                "wide": charts.progress(part, medium.palette).svg(f"progress-{number}"),
                "narrow": charts.progress_narrow(part, medium.palette).svg(f"progress-narrow-{number}")
                if medium.small
                else "",
            }
            for number, part in enumerate(opening)
        ],
        "gantt": [
            charts.gantt(part, stretch, medium.palette, months).svg(f"gantt-{number}")
            for number, part in enumerate(parts)
        ],
    }


def _named(items: list[Content], agencies: Content) -> Content:
    """What the report owes to name: items without an entry, changed, dropped."""
    return {
        "unreported": [item for item in items if not item["reported"] and not item["dropped"]],
        "changed": changed(items, agencies),
        "dropped": dropped(items),
    }


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
