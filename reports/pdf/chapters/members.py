"""Members and chair of the period."""

import datetime as dt

from django.utils.translation import gettext as _

from agencies import timeline
from isecg.canonical import Content
from isecg.dated import Precision
from reports.pdf.chapters.base import Chapter, Medium, date, period, said
from reports.pdf.chapters.base import agencies as by_slug
from reports.pdf.printed import Printed

WIDE, NARROW = 680, 344  # units: four to a millimetre on paper, a phone's width
BEFORE = dt.timedelta(days=365)  # what the picture shows of the time before the period, at most


def members(printed: Printed, medium: Medium) -> list[Chapter]:
    content, agencies = printed.content, by_slug(printed.content)
    changes = [
        {**change, "acronym": agencies[change["agency"]]["acronym"], "when": said(change["on"])}
        for change in content["membership_changes"]
    ]
    terms = [
        {
            **term,
            "acronym": term["agency"] and agencies[term["agency"]]["acronym"],
            "since": said(term["start"]),
            "until": said(term["end"]),
        }
        for term in content["chair_terms"]
    ]
    rows = [{**each, "since": said(each["joined"])} for each in content["agencies"] if each["member"]]
    context = {"members": rows, "changes": changes, "terms": terms, **_picture(content, terms, medium)}
    return [
        Chapter("members", "members", _("Members and chair"), _("Of the period, by acronym"), context=context)
    ]


def _picture(content: Content, terms: list[Content], medium: Medium) -> Content:
    """The chair through the period, which is shaded; for phones as well where it may be one. Without terms,
    as in the content of a preview, there is nothing to draw."""
    if not terms:
        return {"chart": "", "narrow": ""}
    start, end = period(content)
    spans = [_span(term, start - BEFORE if term["start"] else start) for term in terms]
    palette = timeline.SCREEN if medium is Medium.SCREEN else timeline.PRINT

    def draw(width: int) -> str:
        return timeline.draw(
            spans,
            today=end,
            today_words=date(content["report"]["period"]["last_day"]),
            palette=palette,
            width=width,
            shaded=(start, end),
        ).svg(f"chair-{width}")

    return {"chart": draw(WIDE), "narrow": draw(NARROW) if medium.small else ""}


def _span(term: Content, earliest: dt.date) -> timeline.Span:
    return timeline.Span(
        lane=term["acronym"] or _("not known"),
        start=max(_day(term["start"]) or earliest, earliest),
        end=_day(term["end"]),
        exact=bool(term["start"]) and term["start"]["precision"] == Precision.DAY,
        known=term["agency"] is not None,
    )


def _day(day: Content | None) -> dt.date | None:
    return dt.date.fromisoformat(day["day"]) if day else None
