"""What the agencies tell of their year."""

from django.utils.translation import gettext as _

from isecg.canonical import Content
from isecg.pdf.words import prose
from reports.pdf.chapters.base import Chapter, Medium, said
from reports.pdf.chapters.base import agencies as by_slug
from reports.pdf.printed import Printed

# An agency that writes less than these characters, without a picture, shares the page of the one before.
SHORT = 1200


def highlights(printed: Printed, medium: Medium) -> list[Chapter]:
    """The opening page with who tells and who does not, then a chapter for each agency, by acronym."""
    content, agencies = printed.content, by_slug(printed.content)
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
    running = f"{_('Highlights by agency')} · {agency['acronym']}"
    return Chapter(f"agency-{slug}", "agency", context=context, follows=short, running=running)
