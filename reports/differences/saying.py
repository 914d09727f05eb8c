"""Values of a snapshot in the words of a page."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from isecg.dated import say
from isecg.templatetags.portal import country
from reports.figures.words import said as cell

Names = Mapping[str, str]  # of agencies, by their addresses
Say = Callable[[Any, Names], str]


def words(value: Any, names: Names) -> str:
    """What is words already, or a number."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)


def day(value: Any, names: Names) -> str:
    """A day as exactly as it is known."""
    return say(dt.date.fromisoformat(value["day"]), value["precision"]) if value else ""


def date(value: Any, names: Names) -> str:
    """An exact day."""
    return say(dt.date.fromisoformat(value)) if value else ""


def agency(value: Any, names: Names) -> str:
    """An agency by its acronym."""
    return names.get(value, value) if value else ""


def agencies(value: Any, names: Names) -> str:
    """Several."""
    return ", ".join(agency(each, names) for each in value)


def listed(value: Any, names: Names) -> str:
    """Codes or other words in a row."""
    return ", ".join(map(str, value))


def land(value: Any, names: Names) -> str:
    """A country."""
    return country(value)


def goal(value: Any, names: Names) -> str:
    """A goal as it is called."""
    return f"{value['year']}/{value['number']}" if value else ""


def named(key: str) -> Say:
    """Records that are linked, by one of their words."""
    return lambda value, names: ", ".join(each[key] for each in value)


def label(labels: Mapping[str, str | Promise]) -> Say:
    """A code in its words."""
    return lambda value, names: str(labels.get(value, value))


def picture(value: Any, names: Names) -> str:
    """A photograph: two are told apart by size and the beginning of their checksum."""
    if not value:
        return ""
    said = _("%(width)s × %(height)s pixels (%(sha256)s…), %(credit)s: %(alt)s; in sight: %(x)s %%, %(y)s %%")
    x, y = value.get("focal", (50, 50))
    return said % {**value, "sha256": value["sha256"][:8], "x": x, "y": y}


def dropped(value: Any, names: Names) -> str:
    """By which decision an item was dropped."""
    if not value:
        return ""
    return _("on %(day)s: %(decision)s") % {"day": date(value["on"], names), "decision": value["decision"]}


def period(value: Any, names: Names) -> str:
    """First and last day."""
    return f"{date(value['start'], names)} – {date(value['last_day'], names)}"


def entries(value: Any, names: Names) -> str:
    """Entries of progress as a text, a paragraph each."""
    rows = [f"{date(row['day'], names)}, {row['percent']} %:\n{row['text']}" for row in value]
    return "\n\n".join(rows)


def changes(value: Any, names: Names) -> str:
    """Changes of the plan as a text, a paragraph each."""
    return "\n\n".join(_change(row, names) for row in value)


def _change(row: Any, names: Names) -> str:
    told = f"{date(row['day'], names)}, {cell('kind', row['kind'])}: {row['why']}"
    decided = f" ({row['decision']})" if row["decision"] else ""
    both = [f"{name}: {row['before'].get(name, '')} → {row['after'].get(name, '')}" for name in _names(row)]
    return told + decided + (f"; {'; '.join(both)}" if both else "")


def _names(row: Any) -> list[str]:
    return sorted({*row["before"], *row["after"]})
