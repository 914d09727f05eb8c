"""What was changed in the work plan, in words: which field, what stood there before and what after."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isecg.canonical import Content
from reports.models import PlanChange
from reports.pdf.chapters.base import date

Kind = PlanChange.Kind
# In the order in which they are told.
FIELDS: dict[str, Promise] = {
    "title": gettext_lazy("Title"),
    "description": gettext_lazy("Description"),
    "working_group": gettext_lazy("Working group"),
    "lead": gettext_lazy("Lead"),
    "contributors": gettext_lazy("Contributing"),
    "start": gettext_lazy("Start"),
    "due": gettext_lazy("Due"),
}


def changed(items: list[Content], agencies: Content) -> list[Content]:
    """The changes of the period but those by which items were dropped, in order of their day."""
    rows = [
        _change(change, item, agencies)
        for item in items
        for change in item["changes"]
        if change["kind"] != Kind.DROPPED
    ]
    return sorted(rows, key=lambda row: (row["day"], row["item"]["code"]))


def dropped(items: list[Content]) -> list[Content]:
    """The items that were dropped and not taken up again; of those dropped in the period, why."""
    return [
        {**item["dropped"], "item": item, "on": date(item["dropped"]["on"]), "why": _why(item)}
        for item in items
        if item["dropped"]
    ]


def _why(item: Content) -> str:
    return next((each["why"] for each in reversed(item["changes"]) if each["kind"] == Kind.DROPPED), "")


def _change(change: Content, item: Content, agencies: Content) -> Content:
    names = [name for name in FIELDS if name in change["before"] or name in change["after"]]
    return {
        **change,
        "item": item,
        "on": date(change["day"]),
        "words": Kind(change["kind"]).label,
        "fields": [
            {
                "name": FIELDS[name],
                "before": _said(name, change["before"].get(name), agencies),
                "after": _said(name, change["after"].get(name), agencies),
            }
            for name in names
        ],
    }


def _said(name: str, value: Any, agencies: Content) -> str:
    if not value:
        return _("nothing")
    if name in ("start", "due"):
        return date(value)
    if name == "lead":
        return _acronym(value, agencies)
    if name == "contributors":
        return ", ".join(_acronym(slug, agencies) for slug in value)
    return str(value)


def _acronym(slug: str, agencies: Content) -> str:
    """An agency that the report names nowhere else is called by its address."""
    return agencies[slug]["acronym"] if slug in agencies else slug.upper()
