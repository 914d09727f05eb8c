"""Members and chair of the period."""

from django.utils.translation import gettext as _

from reports.pdf.chapters.base import Chapter, Medium, said
from reports.pdf.chapters.base import agencies as by_slug
from reports.pdf.printed import Printed


def members(printed: Printed, medium: Medium) -> list[Chapter]:
    content, agencies = printed.content, by_slug(printed.content)
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
    rows = [{**each, "since": said(each["joined"])} for each in content["agencies"] if each["member"]]
    context = {"members": rows, "changes": joined_or_left, "terms": terms}
    return [Chapter("members", "members", _("Members and chair"), _("Of the period, by acronym"), context)]
