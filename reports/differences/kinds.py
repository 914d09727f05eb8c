"""The records of a snapshot: what makes two of them the same record, what they are called, what they say."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from agencies.models import Destination
from isecg.canonical import Content
from recommendations.models import Kind as Class
from recommendations.models import State as Issued
from reports.differences import saying
from reports.differences.saying import Names, Say
from reports.figures import FIGURES
from reports.models import Arrangement, DocumentKind, Meeting, Outcome, Section
from reports.queries.plan import Status

DESTINATIONS: dict[str, str | Promise] = {"": "", **{each.value: each.label for each in Destination}}
OUTCOMES: dict[str, str | Promise] = {
    "": pgettext_lazy("outcome", "not stated"),
    **{each.value: each.label for each in Outcome},
}


@dataclass(frozen=True)
class Said:
    """A field of a record: what it is called and how its value is said; a long one becomes a redline."""

    label: str | Promise
    say: Say = saying.words
    long: bool = False


@dataclass(frozen=True)
class Kind:
    """Records that stand in one list of a snapshot, or alone (`alone`), under `key`."""

    key: str
    title: str | Promise
    identity: Callable[[Content], Hashable]
    name: Callable[[Content, Names], str]
    fields: dict[str, Said] = field(default_factory=dict)
    alone: bool = False


def _text(label: str | Promise, say: Say = saying.words) -> Said:
    return Said(label, say, long=True)


def _report(row: Content, names: Names) -> str:
    return _("Foreword, cover and frame")


def _highlight(row: Content, names: Names) -> str:
    said = _("Highlight “%(title)s” of %(agency)s")
    return said % {"title": row["title"], "agency": saying.agency(row["agency"], names)}


def _membership(row: Content, names: Names) -> str:
    said = _("%(agency)s joined") if row["what"] == "joined" else _("%(agency)s left")
    return said % {"agency": saying.agency(row["agency"], names)}


def _term(row: Content, names: Names) -> str:
    who = saying.agency(row["agency"], names) or _("unknown or vacant")
    since = saying.day(row["start"], names) or _("before anything is known")
    return _("Chair: %(agency)s, since %(day)s") % {"agency": who, "day": since}


def _silent(row: Content, names: Names) -> str:
    return _("%(agency)s has nothing to report") % {"agency": saying.agency(row["agency"], names)}


def _agency(row: Content, names: Names) -> str:
    return _("Agency %(agency)s") % {"agency": row["acronym"]}


def _item(row: Content, names: Names) -> str:
    return _("Work item %(code)s, %(title)s") % row


def _goal(row: Content, names: Names) -> str:
    return _("Goal %(number)s of the coming year") % row


def _kept(row: Content, names: Names) -> str:
    return _("Goal %(year)s/%(number)s") % row


def _record(row: Content, names: Names) -> str:
    return _("Goals of %(year)s, counted") % row


def _section(row: Content, names: Names) -> str:
    return _("Section “%(title)s”") % row


def _recommendation(row: Content, names: Names) -> str:
    return _("Recommendation %(number)s, %(title)s") % row


def _meeting(row: Content, names: Names) -> str:
    return _("Meeting “%(title)s”") % row


def _document(row: Content, names: Names) -> str:
    return _("Document “%(title)s”") % row


def _activity(row: Content, names: Names) -> str:
    return _("Activity “%(name)s”") % row


def _figure(row: Content, names: Names) -> str:
    known = FIGURES.get(row["name"])
    return known.label if known else row["name"]


def _by(*keys: str) -> Callable[[Content], Hashable]:
    return lambda row: tuple(row[key] for key in keys)


REPORT = Kind(
    "report",
    lazy("The report itself"),
    lambda row: "report",
    _report,
    {
        "year": Said(lazy("Year")),
        "period": Said(lazy("Period"), saying.period),
        "cover": Said(lazy("Picture of the cover"), saying.picture),
        "cover_note": Said(lazy("Line on the cover")),
        "arrangement": Said(
            lazy("Highlights stand"), saying.label({each.value: each.label for each in Arrangement})
        ),
        "foreword": _text(lazy("Foreword")),
        "foreword_by": Said(lazy("Foreword signed by")),
    },
    alone=True,
)
SECTIONS = Kind(
    "sections",
    lazy("Sections"),
    _by("id"),
    _section,
    {
        "slug": Said(lazy("Address")),
        "kind": Said(lazy("Kind"), saying.label({each.value: each.label for each in Section.Kind})),
        "title": Said(lazy("Title")),
        "by": Said(lazy("By")),
        "text": _text(lazy("Text")),
        "quotes": Said(lazy("Figures quoted"), saying.listed),
    },
)
HIGHLIGHTS = Kind(
    "highlights",
    lazy("Highlights"),
    _by("id"),
    _highlight,
    {
        "agency": Said(lazy("Agency"), saying.agency),
        "title": Said(lazy("Title")),
        "on": Said(lazy("Day"), saying.day),
        "destination": Said(lazy("Destination"), saying.label(DESTINATIONS)),
        "activities": Said(lazy("Activities"), saying.named("name")),
        "recommendations": Said(lazy("Recommendations"), saying.named("number")),
        "photograph": Said(lazy("Photograph"), saying.picture),
        "source": Said(lazy("Source")),
        "text": _text(lazy("Text")),
    },
)
NOTHING = Kind("nothing_to_report", lazy("Nothing to report"), _by("agency"), _silent)
WORK_ITEMS = Kind(
    "work_items",
    lazy("Work plan"),
    _by("code"),
    _item,
    {
        "title": Said(lazy("Title")),
        "status": Said(lazy("Status"), saying.label({each.value: each.label for each in Status})),
        "percent": Said(lazy("Percent done")),
        "lead": Said(lazy("Lead agency"), saying.agency),
        "contributors": Said(lazy("Contributing agencies"), saying.agencies),
        "working_group": Said(lazy("Working group")),
        "start": Said(lazy("Start"), saying.date),
        "due": Said(lazy("Due"), saying.date),
        "reported": Said(lazy("With an entry in the period")),
        "dropped": Said(lazy("Dropped"), saying.dropped),
        "description": _text(lazy("Description")),
        "entries": _text(lazy("Entries of progress"), saying.entries),
        "changes": _text(lazy("Changes of the plan"), saying.changes),
    },
)
KEPT = Kind(
    "goals_kept",
    lazy("Goals of the year"),
    _by("year", "number"),
    _kept,
    {
        "text": _text(lazy("Goal")),
        "items": Said(lazy("Work items"), saying.listed),
        "outcome": Said(lazy("Outcome"), saying.label(OUTCOMES)),
        "decided_on": Said(lazy("Outcome stated"), saying.date),
        "evidence": _text(lazy("Evidence")),
        "continued_by": Said(lazy("Continued by"), saying.goal),
    },
)
GOALS = Kind(
    "goals",
    lazy("Goals of the coming year"),
    _by("number"),
    _goal,
    {
        "text": _text(lazy("Goal")),
        "items": Said(lazy("Work items"), saying.listed),
        "continues": Said(lazy("Continues"), saying.goal),
    },
)
RECORD = Kind(
    "goals_record",
    lazy("Goals kept over the years"),
    _by("year"),
    _record,
    {
        **{each.value: Said(each.label) for each in Outcome},
        "open": Said(pgettext_lazy("outcome", "not stated")),
    },
)
AGENCIES = Kind(
    "agencies",
    lazy("Agencies"),
    _by("slug"),
    _agency,
    {
        "acronym": Said(lazy("Acronym")),
        "name": Said(lazy("Official name")),
        "name_en": Said(lazy("Name in English")),
        "country": Said(lazy("Country"), saying.land),
        "website": Said(lazy("Website")),
        "member": Said(lazy("Member in the period")),
        "founder": Said(lazy("Founding member")),
        "joined": Said(lazy("Member since"), saying.day),
        "left": Said(lazy("Member until"), saying.day),
    },
)
CHANGES = Kind(
    "membership_changes",
    lazy("Joined and left"),
    _by("what", "agency"),
    _membership,
    {"on": Said(lazy("Day"), saying.day)},
)
TERMS = Kind(
    "chair_terms",
    lazy("Chair"),
    lambda row: (row["agency"], row["start"] and row["start"]["day"]),
    _term,
    {
        "person": Said(lazy("Person")),
        "start": Said(lazy("From"), saying.day),
        "start_note": Said(lazy("Note")),
        "end": Said(lazy("Until"), saying.day),
    },
)
RECOMMENDATIONS = Kind(
    "recommendations",
    lazy("Recommendations issued"),
    _by("number"),
    _recommendation,
    {
        "title": Said(lazy("Title")),
        "kind": Said(lazy("Class"), saying.label({each.value: each.label for each in Class})),
        "issued_on": Said(lazy("Issued"), saying.date),
        "state": Said(lazy("State"), saying.label({each.value: each.label for each in Issued})),
        "summary": _text(lazy("Summary")),
    },
)
MEETINGS = Kind(
    "meetings",
    lazy("Meetings"),
    _by("slug"),
    _meeting,
    {
        "title": Said(lazy("Title")),
        "kind": Said(lazy("Kind"), saying.label({each.value: each.label for each in Meeting.Kind})),
        "on": Said(lazy("First day"), saying.day),
        "last_day": Said(lazy("Last day"), saying.date),
        "place": Said(lazy("Place")),
        "host": Said(lazy("Host"), saying.agency),
        "about": _text(lazy("Description")),
        "link": Said(lazy("Link")),
    },
)
DOCUMENTS = Kind(
    "documents",
    lazy("Documents"),
    _by("slug"),
    _document,
    {
        "title": Said(lazy("Title")),
        "kind": Said(lazy("Kind"), saying.label({each.value: each.label for each in DocumentKind})),
        "on": Said(lazy("Released"), saying.day),
        "about": _text(lazy("Description")),
        "link": Said(lazy("Link")),
    },
)
ACTIVITIES = Kind(
    "activities",
    lazy("Activities"),
    _by("slug"),
    _activity,
    {
        "name": Said(lazy("Name")),
        "agencies": Said(lazy("Agencies"), saying.agencies),
        "destination": Said(lazy("Destination"), saying.label(DESTINATIONS)),
        "status": Said(lazy("Status")),
        "status_on": Said(lazy("Status as of"), saying.date),
        "on": Said(lazy("Begins"), saying.day),
    },
)
STATEMENT = Kind(
    "statement",
    lazy("Statement on legal force"),
    lambda row: "statement",
    lambda row, names: _("Statement on legal force"),
    {"text": _text(lazy("Text"))},
    alone=True,
)
FIGURES_ = Kind("figures", lazy("Figures"), _by("name"), _figure, {"value": Said(lazy("Value"))})
KINDS = (
    *(REPORT, SECTIONS, HIGHLIGHTS, NOTHING, WORK_ITEMS, KEPT, GOALS, RECORD),
    *(AGENCIES, CHANGES, TERMS, RECOMMENDATIONS, MEETINGS, DOCUMENTS, ACTIVITIES, STATEMENT, FIGURES_),
)
