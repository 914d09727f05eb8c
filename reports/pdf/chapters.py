"""The parts of the report and what their templates need, from a snapshot's content alone: no query here.

Chapters know nothing of each other, so that each, with those that follow it, can be laid out by itself.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from isecg.dated import say
from isecg.pdf.words import prose
from reports import charts
from reports.models import DocumentKind
from reports.pdf.cover import cover
from reports.queries import Status

Content = dict[str, Any]
# An agency that writes less than these characters, without a picture, shares the page of the one before.
SHORT = 1200


@dataclass
class Chapter:
    """A part of the report. Without a title it is not in the contents list.

    It begins a page, unless it `follows`: then it stands on the page of the one before, if it fits there.
    """

    key: str
    template: str
    title: str = ""
    about: str = ""
    context: Content = field(default_factory=dict)
    follows: bool = False

    @property
    def path(self) -> str:
        return f"reports/pdf/{self.template}.html"


def chapters(content: Content) -> list[Chapter]:
    """The report in order. Parts with nothing to say are left out, those the report owes are not."""
    agencies = {each["slug"]: each for each in content["agencies"]}
    told = [
        Chapter("cover", "cover", context=cover(content)),
        *_foreword(content),
        _glance(content, agencies),
        *_highlights(content, agencies),
        _work_plan(content, agencies),
        _goals(content),
        _members(content, agencies),
        Chapter("statement", "statement", _("Not legally binding"), _("What this report means in law")),
    ]
    contents = Chapter("contents", "contents", context={"chapters": [part for part in told if part.title]})
    return [told[0], contents, *told[1:]]


def said(day: Content | None) -> str:
    """A day of the snapshot in words, as exactly as it is known."""
    return say(dt.date.fromisoformat(day["day"]), day["precision"]) if day else ""


def period(content: Content) -> tuple[dt.date, dt.date]:
    """The period's first day and the first day behind it."""
    days = content["report"]["period"]
    return dt.date.fromisoformat(days["start"]), dt.date.fromisoformat(days["last_day"]) + dt.timedelta(
        days=1
    )


def _date(day: str) -> str:
    return say(dt.date.fromisoformat(day))


def _foreword(content: Content) -> list[Chapter]:
    report = content["report"]
    if not report["foreword"]:
        return []
    context = {"foreword": prose(report["foreword"]), "by": report["foreword_by"]}
    return [Chapter("foreword", "foreword", _("Foreword"), report["foreword_by"], context)]


def _glance(content: Content, agencies: Content) -> Chapter:
    events = [
        {
            "id": row["id"],
            "title": row["title"],
            "on": said(row["on"]),
            "agency": agencies[row["agency"]]["acronym"],
        }
        for row in sorted(content["highlights"], key=lambda row: (row["on"]["day"], row["id"]))
    ]
    context = {"numbers": _numbers(content), "events": events, "documents": _documents(content)}
    return Chapter(
        "glance", "glance", _("The year at a glance"), _("In numbers, and in order of date"), context
    )


def _numbers(content: Content) -> list[tuple[int, str]]:
    """(number, what it counts), each counted from the snapshot."""
    items, highlights = content["work_items"], content["highlights"]
    members = sum(each["member"] for each in content["agencies"])
    telling = len({row["agency"] for row in highlights})
    done = sum(item["status"] == Status.DONE for item in items)
    start = content["report"]["period"]["start"]
    entries = sum(entry["day"] >= start for item in items for entry in item["entries"])
    documents, goals = len(content["documents"]), len(content["goals"])
    return [
        (members, ngettext("member agency in the period", "member agencies in the period", members)),
        (len(highlights), ngettext("highlight of the year", "highlights of the year", len(highlights))),
        (telling, ngettext("agency with a highlight", "agencies with highlights", telling)),
        (len(items), ngettext("item of the work plan", "items of the work plan", len(items))),
        (done, ngettext("item of the work plan is done", "items of the work plan are done", done)),
        (entries, ngettext("entry of progress in the period", "entries of progress in the period", entries)),
        (documents, ngettext("document released", "documents released", documents)),
        (goals, ngettext("goal for the coming year", "goals for the coming year", goals)),
    ]


def _highlights(content: Content, agencies: Content) -> list[Chapter]:
    """The opening page with who tells and who does not, then a chapter for each agency, by acronym."""
    telling: Content = {}
    for row in content["highlights"]:
        telling.setdefault(row["agency"], []).append(row)
    silent = [
        each["acronym"] for each in content["agencies"] if each["member"] and each["slug"] not in telling
    ]
    index = [
        {**agencies[slug], "key": f"agency-{slug}", "count": len(rows)} for slug, rows in telling.items()
    ]
    opening = Chapter(
        "highlights",
        "highlights",
        _("Highlights by agency"),
        _("What the agencies tell of the period"),
        {"index": index, "silent": silent},
    )
    return [opening, *(_agency(content, agencies[slug], rows) for slug, rows in telling.items())]


def _agency(content: Content, agency: Content, rows: list[Content]) -> Chapter:
    """An agency's chapter; one that has little to say does not take a page of its own."""
    items, slug = content["work_items"], agency["slug"]
    pictures = [row["photograph"] for row in rows if row["photograph"]]
    context = {
        "agency": agency,
        "joined": said(agency["joined"]),
        "leads": [item["code"] for item in items if item["lead"] == slug],
        "contributes": [item["code"] for item in items if slug in item["contributors"]],
        "highlights": [{**row, "when": said(row["on"]), "html": prose(row["text"])} for row in rows],
        # Where every highlight has a picture, each takes the page's whole width.
        "wide": len(pictures) == len(rows) and all(each["width"] > each["height"] for each in pictures),
    }
    short = not pictures and sum(len(row["text"]) for row in rows) < SHORT
    return Chapter(f"agency-{slug}", "agency", context=context, follows=short)


def _work_plan(content: Content, agencies: Content) -> Chapter:
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
            charts.progress(part, charts.PRINT).svg(f"progress-{number}") for number, part in enumerate(bars)
        ],
        "gantt": [
            charts.gantt(part, stretch, charts.PRINT, months).svg(f"gantt-{number}")
            for number, part in enumerate(bars)
        ],
        "last_day": _date(content["report"]["period"]["last_day"]),
    }
    return Chapter(
        "work-plan",
        "work_plan",
        _("Progress of the work plan"),
        _("What was planned, and how far it is"),
        context,
    )


def _item(item: Content, content: Content, agencies: Content) -> Content:
    start = content["report"]["period"]["start"]
    return {
        **item,
        "lead_name": item["lead"] and agencies[item["lead"]]["acronym"],
        "with": [agencies[slug]["acronym"] for slug in item["contributors"]],
        "starts": _date(item["start"]),
        "ends": _date(item["due"]),
        "words": Status(item["status"]).label,
        "html": prose(item["description"]),
        "told": [
            {"on": _date(entry["day"]), "percent": entry["percent"], "html": prose(entry["text"])}
            for entry in item["entries"]
            if entry["day"] >= start
        ],
    }


def _goals(content: Content) -> Chapter:
    year = content["report"]["year"] + 1
    goals = [{**goal, "html": prose(goal["text"])} for goal in content["goals"]]
    title = _("Goals for %(year)s") % {"year": year}
    return Chapter(
        "goals", "goals", title, _("What the group wants to reach next"), {"goals": goals, "year": year}
    )


def _documents(content: Content) -> list[Content]:
    return [
        {
            **row,
            "when": said(row["on"]),
            "words": DocumentKind(row["kind"]).label,
            "html": prose(row["about"]),
        }
        for row in content["documents"]
    ]


def _members(content: Content, agencies: Content) -> Chapter:
    joined_or_left = [
        {**change, "acronym": agencies[change["agency"]]["acronym"], "when": said(change["on"])}
        for change in content["membership_changes"]
    ]
    terms = [
        {
            **term,
            "name": term["agency"] and agencies[term["agency"]],
            "since": said(term["start"]),
            "until": said(term["end"]),
        }
        for term in content["chair_terms"]
    ]
    members = [{**each, "since": said(each["joined"])} for each in content["agencies"] if each["member"]]
    context = {"members": members, "changes": joined_or_left, "terms": terms}
    return Chapter("members", "members", _("Members and chair"), _("Of the period, by acronym"), context)
