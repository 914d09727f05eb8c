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
from reports.pdf.chapters.flow import LINKS, Flow
from reports.pdf.chapters.pictures import around, placed
from reports.pdf.printed import Printed

# Who writes less than these characters, without a picture, shares the page of the one before.
SHORT = 1200
# So few parts need no list of their pages: the first stands in its place.
FEW = 4
# Lines that are taken where the first highlight of a part begins.
HEAD_OF_AGENCY, HEAD_OF_DESTINATION, OPENING = 9, 6, 13
FACTS = 95  # letters of an agency's facts on a line, beside its country
BETWEEN = re.compile(r"(?<=</p>)\s*(?=<p\b)")
LAST = re.compile(r"</(?:p|li)>(?!.*</(?:p|li)>)", re.S)


def highlights(printed: Printed, medium: Medium) -> list[Chapter]:
    """The opening with who tells nothing, then a part for each agency by acronym, or for each destination."""
    content, paper = printed.content, printed.variant.paper
    by_agency = content["report"]["arrangement"] == Arrangement.AGENCY
    parts = _agencies(content, paper) if by_agency else _destinations(content, paper)
    return [_opening(content, parts, by_agency), *parts]


def _opening(content: Content, parts: list[Chapter], by_agency: bool) -> Chapter:
    """Whose part is where, if they are many, and which agencies tell nothing."""
    telling = {row["agency"] for row in content["highlights"]}
    nothing = content["nothing_to_report"]
    quiet = [each for each in content["agencies"] if each["slug"] not in telling]
    context = {
        "by_agency": by_agency,
        "told": bool(parts),
        "index": [{"key": part.key, "who": part.name, **part.context["short"]} for part in parts]
        if len(parts) > FEW
        else [],
        "nothing": [each["acronym"] for each in quiet if each["slug"] in nothing],
        "silent": [each["acronym"] for each in quiet if each["member"] and each["slug"] not in nothing],
    }
    title = _("Highlights by agency") if by_agency else _("Highlights by destination")
    return Chapter("highlights", "highlights", title, _("What the agencies tell of the period"), context)


def _agencies(content: Content, paper: str) -> list[Chapter]:
    telling: dict[str, list[Content]] = {}
    for row in content["highlights"]:
        telling.setdefault(row["agency"], []).append(row)
    agencies, few = by_slug(content), len(telling) <= FEW
    return [
        _agency(content, agencies[slug], rows, Flow(paper), opens=few and not at)
        for at, (slug, rows) in enumerate(telling.items())
    ]


def _agency(content: Content, agency: Content, rows: list[Content], flow: Flow, *, opens: bool) -> Chapter:
    """An agency's part; one that has little to say does not take a page of its own. `opens`: the first of
    few, which begins on the opening's page."""
    acronym, short, facts = agency["acronym"], _is_short(rows), _facts(content, agency)
    flow.at = HEAD_OF_AGENCY + OPENING * opens + len(" · ".join([agency["name_en"], *facts])) // FACTS
    context = {
        "agency": agency,
        "short": {"what": agency["name_en"] or agency["name"], "theirs": not agency["name_en"]},
        "facts": facts,
        "highlights": _all_told(rows, flow),
        "long": not short,
    }
    return Chapter(
        f"agency-{agency['slug']}",
        "agency",
        context=context,
        name=acronym,
        follows=short or opens,
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


def _destinations(content: Content, paper: str) -> list[Chapter]:
    names = [*((place.value, str(place.label)) for place in Destination), ("", _("No destination given"))]
    found = [(key, name, rows) for key, name in names if (rows := _at(content, key))]
    few = len(found) <= FEW
    return [
        _destination(content, key, name, rows, Flow(paper), opens=few and not at)
        for at, (key, name, rows) in enumerate(found)
    ]


def _at(content: Content, destination: str) -> list[Content]:
    rows = [row for row in content["highlights"] if row["destination"] == destination]
    return sorted(rows, key=lambda row: (row["on"]["day"], row["id"]))


def _destination(
    content: Content, key: str, name: str, rows: list[Content], flow: Flow, *, opens: bool
) -> Chapter:
    agencies, short = by_slug(content), _is_short(rows)
    who = dict.fromkeys(agencies[row["agency"]]["acronym"] for row in rows)
    flow.at = HEAD_OF_DESTINATION + OPENING * opens
    told = [{**each, "of": agencies[each["agency"]]} for each in _all_told(rows, flow)]
    return Chapter(
        f"destination-{key.replace('_', '-') or 'none'}",
        "destination",
        context={"name": name, "short": {"what": ", ".join(who)}, "highlights": told, "long": not short},
        name=name,
        follows=short or opens,
        running=_("Highlights by destination"),
    )


def _links(row: Content) -> bool:
    return bool(row["activities"] or row["recommendations"])


def _is_short(rows: list[Content]) -> bool:
    return not any(row["photograph"] for row in rows) and sum(len(row["text"]) for row in rows) < SHORT


def _all_told(rows: list[Content], flow: Flow) -> list[Content]:
    return [_told(row, flow, first=not at, alone=len(rows) == 1) for at, row in enumerate(rows)]


def _told(row: Content, flow: Flow, *, first: bool, alone: bool) -> Content:
    """A picture stands among the paragraphs, where `flow` has room; the first of a part above its heading."""
    destination, picture = row["destination"], placed(row["photograph"], first=first)
    paragraphs = BETWEEN.split(with_source(prose(row["text"]), row["source"]))
    above = picture and first and picture["place"] == "across"
    flow.note(row["source"])
    if picture and alone:
        others = around(picture) + flow.takes(row["title"], paragraphs, links=_links(row))
        picture = {**picture, "lines": flow.trimmed(picture["lines"], others)}
    if picture and above:
        flow.block(picture["lines"] + around(picture))
    flow.heading(row["title"], first=first)
    behind = len(paragraphs)
    if picture and not above:
        behind, lines = flow.picture(paragraphs, picture["lines"], around(picture), links=_links(row))
        picture = {**picture, "lines": lines}
    else:
        flow.all_of(paragraphs)
    if _links(row):
        flow.text(LINKS)
    return {
        **row,
        "when": said(row["on"]),
        "where": str(Destination(destination).label) if destination else "",
        "lead": picture if above else None,
        "picture": None if above else picture,
        "opening": mark_safe("\n".join(paragraphs[:behind])),  # noqa: S308  (parts of a safe text)
        "rest": mark_safe("\n".join(paragraphs[behind:])),  # noqa: S308  (parts of a safe text)
    }


def with_source(html: SafeString, source: str) -> SafeString:
    """The text with a footnote behind its last words that names the source."""
    if not source:
        return html
    note = format_html('<span class="footnote">{} {}</span>', _("Source:"), source)
    told, count = LAST.subn(lambda end: note + end[0], str(html), count=1)
    return mark_safe(told if count else f"{html}<p>{note}</p>")  # noqa: S308  (both parts are safe)
