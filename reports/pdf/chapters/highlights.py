"""What the agencies tell of their year: agency by agency, or by destination."""

import re

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from agencies.models import Destination
from isecg.canonical import Content
from isecg.pdf.words import prose
from reports.models import Arrangement
from reports.pdf.chapters.base import Chapter, Medium, said
from reports.pdf.chapters.base import agencies as by_slug
from reports.pdf.chapters.pictures import placed
from reports.pdf.printed import Printed

# Who writes less than these characters, without a picture, shares the page of the one before.
SHORT = 1200
FIRST = re.compile(r"</p>\s*(?=<p\b)")
LAST = re.compile(r"</(?:p|li)>(?!.*</(?:p|li)>)", re.S)


def highlights(printed: Printed, medium: Medium) -> list[Chapter]:
    """The opening with who tells nothing, then a part for each agency by acronym, or for each destination."""
    content = printed.content
    by_agency = content["report"]["arrangement"] == Arrangement.AGENCY
    parts = _agencies(content) if by_agency else _destinations(content)
    return [_opening(content, parts, by_agency), *parts]


def _opening(content: Content, parts: list[Chapter], by_agency: bool) -> Chapter:
    """Whose part is where, and which agencies tell nothing."""
    telling = {row["agency"] for row in content["highlights"]}
    nothing = content["nothing_to_report"]
    quiet = [each for each in content["agencies"] if each["slug"] not in telling]
    context = {
        "by_agency": by_agency,
        "index": [{"key": part.key, "who": part.name, **part.context["short"]} for part in parts],
        "nothing": [each["acronym"] for each in quiet if each["slug"] in nothing],
        "silent": [each["acronym"] for each in quiet if each["member"] and each["slug"] not in nothing],
    }
    title = _("Highlights by agency") if by_agency else _("Highlights by destination")
    return Chapter("highlights", "highlights", title, _("What the agencies tell of the period"), context)


def _agencies(content: Content) -> list[Chapter]:
    telling: dict[str, list[Content]] = {}
    for row in content["highlights"]:
        telling.setdefault(row["agency"], []).append(row)
    agencies = by_slug(content)
    return [_agency(content, agencies[slug], rows) for slug, rows in telling.items()]


def _agency(content: Content, agency: Content, rows: list[Content]) -> Chapter:
    """An agency's part; one that has little to say does not take a page of its own."""
    acronym = agency["acronym"]
    context = {
        "agency": agency,
        "short": {"what": agency["name_en"] or agency["name"], "theirs": not agency["name_en"]},
        "facts": _facts(content, agency),
        "highlights": [_told(row, first=not at) for at, row in enumerate(rows)],
    }
    return Chapter(
        f"agency-{agency['slug']}",
        "agency",
        context=context,
        name=acronym,
        follows=_is_short(rows),
        running=_("Highlights by agency"),
    )


def _facts(content: Content, agency: Content) -> list[str]:
    """The agency in short; its country comes first, from the template."""
    slug, facts = agency["slug"], []
    if agency["joined"]:
        words = _("founding member, %(day)s") if agency["founder"] else _("member since %(day)s")
        facts.append(words % {"day": said(agency["joined"])})
    leads = [item["code"] for item in content["work_items"] if item["lead"] == slug]
    helps = [item["code"] for item in content["work_items"] if slug in item["contributors"]]
    facts += [_("leads %(items)s") % {"items": ", ".join(leads)}] if leads else []
    facts += [_("contributes to %(items)s") % {"items": ", ".join(helps)}] if helps else []
    return facts


def _destinations(content: Content) -> list[Chapter]:
    names = [*((place.value, str(place.label)) for place in Destination), ("", _("No destination given"))]
    found = [(key, name, _at(content, key)) for key, name in names]
    return [_destination(content, key, name, rows) for key, name, rows in found if rows]


def _at(content: Content, destination: str) -> list[Content]:
    rows = [row for row in content["highlights"] if row["destination"] == destination]
    return sorted(rows, key=lambda row: (row["on"]["day"], row["id"]))


def _destination(content: Content, key: str, name: str, rows: list[Content]) -> Chapter:
    agencies = by_slug(content)
    who = dict.fromkeys(agencies[row["agency"]]["acronym"] for row in rows)
    told = [{**_told(row, first=not at), "of": agencies[row["agency"]]} for at, row in enumerate(rows)]
    return Chapter(
        f"destination-{key.replace('_', '-') or 'none'}",
        "destination",
        context={"name": name, "short": {"what": ", ".join(who)}, "highlights": told},
        name=name,
        follows=_is_short(rows),
        running=_("Highlights by destination"),
    )


def _is_short(rows: list[Content]) -> bool:
    return not any(row["photograph"] for row in rows) and sum(len(row["text"]) for row in rows) < SHORT


def _told(row: Content, *, first: bool) -> Content:
    """A picture stands behind the first paragraph, but the first of a part above its heading."""
    destination, picture = row["destination"], placed(row["photograph"], first=first)
    above = picture and first and picture["place"] == "across"
    opening, rest = _parted(with_source(prose(row["text"]), row["source"]))
    return {
        **row,
        "when": said(row["on"]),
        "where": str(Destination(destination).label) if destination else "",
        "lead": picture if above else None,
        "picture": None if above else picture,
        "opening": opening,
        "rest": rest,
    }


def _parted(html: SafeString) -> tuple[SafeString, SafeString]:
    """The first of several paragraphs, and all that follows; a text that begins otherwise is not parted."""
    end = FIRST.search(html) if html.startswith("<p") else None
    at = end.end() if end else len(html)
    return mark_safe(html[:at]), mark_safe(html[at:])  # noqa: S308  (both parts are safe)


def with_source(html: SafeString, source: str) -> SafeString:
    """The text with a footnote behind its last words that names the source."""
    if not source:
        return html
    note = format_html('<span class="footnote">{} {}</span>', _("Source:"), source)
    told, count = LAST.subn(lambda end: note + end[0], str(html), count=1)
    return mark_safe(told if count else f"{html}<p>{note}</p>")  # noqa: S308  (both parts are safe)
