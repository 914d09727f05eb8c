"""The year in figures and in order of date."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from isecg.canonical import Content
from reports.pdf.chapters.base import Chapter, Medium, said
from reports.pdf.chapters.base import agencies as by_slug
from reports.pdf.printed import Printed
from reports.queries import Status


def year(printed: Printed, medium: Medium) -> list[Chapter]:
    content, agencies = printed.content, by_slug(printed.content)
    events = [
        {
            "id": row["id"],
            "title": row["title"],
            "on": said(row["on"]),
            "agency": agencies[row["agency"]]["acronym"],
        }
        for row in sorted(content["highlights"], key=lambda row: (row["on"]["day"], row["id"]))
    ]
    context = {"numbers": _numbers(content), "events": events}
    return [
        Chapter("year", "year", _("The year at a glance"), _("In numbers, and in order of date"), context)
    ]


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
