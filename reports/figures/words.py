"""Rows of figures as people read them: heads of columns, days, and codes in words."""

import datetime as dt
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from agencies.models import Destination
from isecg.dated import Precision, say
from isecg.templatetags.portal import country
from reports.models import Outcome, PlanChange
from reports.queries.plan import Status

HEADS: dict[str, str | Promise] = {
    "agency": gettext_lazy("Agency"),
    "agencies": gettext_lazy("Agencies"),
    "code": gettext_lazy("Code"),
    "country": gettext_lazy("Country"),
    "day": gettext_lazy("Day"),
    "destination": gettext_lazy("Destination"),
    "due": gettext_lazy("Due"),
    "goal": gettext_lazy("Goal"),
    "highlights": gettext_lazy("Highlights"),
    "joined": gettext_lazy("Member since"),
    "kind": gettext_lazy("Kind"),
    "left": gettext_lazy("Member until"),
    "name": gettext_lazy("Name"),
    "nothing_to_report": gettext_lazy("Said that there is nothing to report"),
    "number": gettext_lazy("Number"),
    "on": gettext_lazy("Day"),
    "outcome": gettext_lazy("Outcome"),
    "percent": gettext_lazy("Percent"),
    "place": gettext_lazy("Place"),
    "status": gettext_lazy("Status"),
    "title": gettext_lazy("Title"),
    "why": gettext_lazy("Why"),
    "year": gettext_lazy("Year"),
}
NUMBERS = {"highlights", "percent", "value"}
DAYS = {"day", "due", "joined", "left", "on"}
CODES: dict[str, dict[str, str | Promise]] = {
    "status": {each.value: each.label for each in Status},
    "destination": {each.value: each.label for each in Destination},
    "outcome": {
        **{each.value: each.label for each in Outcome},
        "open": pgettext_lazy("outcome", "not stated"),
    },
    "kind": {each.value: each.label for each in PlanChange.Kind},
}
PRECISIONS = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}


def head(column: str) -> str:
    """The head of a column in the reader's language."""
    return str(HEADS.get(column, capfirst(column)))


def said(column: str, value: Any) -> str:
    """A cell in the reader's language."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if column in CODES:
        return str(CODES[column].get(value, value))
    if column in DAYS and value:
        return _day(str(value))
    if column == "country":
        return country(str(value))
    return str(value)


def _day(value: str) -> str:
    known = value.removeprefix("by ")
    precision = PRECISIONS[len(known)] if known == value else Precision.BY
    return say(dt.date.fromisoformat(f"{known}-01-01"[:10]), precision)
