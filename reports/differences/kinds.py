"""The records of a snapshot: what makes two of them the same record, what they are called, what they say."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

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
    gettext_lazy("The report itself"),
    lambda row: "report",
    _report,
    {
        "year": Said(gettext_lazy("Year")),
        "period": Said(gettext_lazy("Period"), saying.period),
        "cover": Said(gettext_lazy("Picture of the cover"), saying.picture),
        "cover_note": Said(gettext_lazy("Line on the cover")),
        "arrangement": Said(
            gettext_lazy("Highlights stand"), saying.label({each.value: each.label for each in Arrangement})
        ),
        "foreword": _text(gettext_lazy("Foreword")),
        "foreword_by": Said(gettext_lazy("Foreword signed by")),
    },
    alone=True,
)
SECTIONS = Kind(
    "sections",
    gettext_lazy("Sections"),
    _by("id"),
    _section,
    {
        "slug": Said(gettext_lazy("Address")),
        "kind": Said(gettext_lazy("Kind"), saying.label({each.value: each.label for each in Section.Kind})),
        "title": Said(gettext_lazy("Title")),
        "by": Said(gettext_lazy("By")),
        "text": _text(gettext_lazy("Text")),
        "quotes": Said(gettext_lazy("Figures quoted"), saying.listed),
    },
)
HIGHLIGHTS = Kind(
    "highlights",
    gettext_lazy("Highlights"),
    _by("id"),
    _highlight,
    {
        "agency": Said(gettext_lazy("Agency"), saying.agency),
        "title": Said(gettext_lazy("Title")),
        "on": Said(gettext_lazy("Day"), saying.day),
        "destination": Said(gettext_lazy("Destination"), saying.label(DESTINATIONS)),
        "activities": Said(gettext_lazy("Activities"), saying.named("name")),
        "recommendations": Said(gettext_lazy("Recommendations"), saying.named("number")),
        "photograph": Said(gettext_lazy("Photograph"), saying.picture),
        "source": Said(gettext_lazy("Source")),
        "text": _text(gettext_lazy("Text")),
    },
)
NOTHING = Kind("nothing_to_report", gettext_lazy("Nothing to report"), _by("agency"), _silent)
WORK_ITEMS = Kind(
    "work_items",
    gettext_lazy("Work plan"),
    _by("code"),
    _item,
    {
        "title": Said(gettext_lazy("Title")),
        "status": Said(gettext_lazy("Status"), saying.label({each.value: each.label for each in Status})),
        "percent": Said(gettext_lazy("Percent done")),
        "lead": Said(gettext_lazy("Lead agency"), saying.agency),
        "contributors": Said(gettext_lazy("Contributing agencies"), saying.agencies),
        "working_group": Said(gettext_lazy("Working group")),
        "start": Said(gettext_lazy("Start"), saying.date),
        "due": Said(gettext_lazy("Due"), saying.date),
        "reported": Said(gettext_lazy("With an entry in the period")),
        "dropped": Said(gettext_lazy("Dropped"), saying.dropped),
        "description": _text(gettext_lazy("Description")),
        "entries": _text(gettext_lazy("Entries of progress"), saying.entries),
        "changes": _text(gettext_lazy("Changes of the plan"), saying.changes),
    },
)
KEPT = Kind(
    "goals_kept",
    gettext_lazy("Goals of the year"),
    _by("year", "number"),
    _kept,
    {
        "text": _text(gettext_lazy("Goal")),
        "items": Said(gettext_lazy("Work items"), saying.listed),
        "outcome": Said(gettext_lazy("Outcome"), saying.label(OUTCOMES)),
        "decided_on": Said(gettext_lazy("Outcome stated"), saying.date),
        "evidence": _text(gettext_lazy("Evidence")),
        "continued_by": Said(gettext_lazy("Continued by"), saying.goal),
    },
)
GOALS = Kind(
    "goals",
    gettext_lazy("Goals of the coming year"),
    _by("number"),
    _goal,
    {
        "text": _text(gettext_lazy("Goal")),
        "items": Said(gettext_lazy("Work items"), saying.listed),
        "continues": Said(gettext_lazy("Continues"), saying.goal),
    },
)
RECORD = Kind(
    "goals_record",
    gettext_lazy("Goals kept over the years"),
    _by("year"),
    _record,
    {
        **{each.value: Said(each.label) for each in Outcome},
        "open": Said(pgettext_lazy("outcome", "not stated")),
    },
)
AGENCIES = Kind(
    "agencies",
    gettext_lazy("Agencies"),
    _by("slug"),
    _agency,
    {
        "acronym": Said(gettext_lazy("Acronym")),
        "name": Said(gettext_lazy("Official name")),
        "name_en": Said(gettext_lazy("Name in English")),
        "country": Said(gettext_lazy("Country"), saying.land),
        "website": Said(gettext_lazy("Website")),
        "member": Said(gettext_lazy("Member in the period")),
        "founder": Said(gettext_lazy("Founding member")),
        "joined": Said(gettext_lazy("Member since"), saying.day),
        "left": Said(gettext_lazy("Member until"), saying.day),
    },
)
CHANGES = Kind(
    "membership_changes",
    gettext_lazy("Joined and left"),
    _by("what", "agency"),
    _membership,
    {"on": Said(gettext_lazy("Day"), saying.day)},
)
TERMS = Kind(
    "chair_terms",
    gettext_lazy("Chair"),
    lambda row: (row["agency"], row["start"] and row["start"]["day"]),
    _term,
    {
        "person": Said(gettext_lazy("Person")),
        "start": Said(gettext_lazy("From"), saying.day),
        "start_note": Said(gettext_lazy("Note")),
        "end": Said(gettext_lazy("Until"), saying.day),
    },
)
RECOMMENDATIONS = Kind(
    "recommendations",
    gettext_lazy("Recommendations issued"),
    _by("number"),
    _recommendation,
    {
        "title": Said(gettext_lazy("Title")),
        "kind": Said(gettext_lazy("Class"), saying.label({each.value: each.label for each in Class})),
        "issued_on": Said(gettext_lazy("Issued"), saying.date),
        "state": Said(gettext_lazy("State"), saying.label({each.value: each.label for each in Issued})),
        "summary": _text(gettext_lazy("Summary")),
    },
)
MEETINGS = Kind(
    "meetings",
    gettext_lazy("Meetings"),
    _by("slug"),
    _meeting,
    {
        "title": Said(gettext_lazy("Title")),
        "kind": Said(gettext_lazy("Kind"), saying.label({each.value: each.label for each in Meeting.Kind})),
        "on": Said(gettext_lazy("First day"), saying.day),
        "last_day": Said(gettext_lazy("Last day"), saying.date),
        "place": Said(gettext_lazy("Place")),
        "host": Said(gettext_lazy("Host"), saying.agency),
        "about": _text(gettext_lazy("Description")),
        "link": Said(gettext_lazy("Link")),
    },
)
DOCUMENTS = Kind(
    "documents",
    gettext_lazy("Documents"),
    _by("slug"),
    _document,
    {
        "title": Said(gettext_lazy("Title")),
        "kind": Said(gettext_lazy("Kind"), saying.label({each.value: each.label for each in DocumentKind})),
        "on": Said(gettext_lazy("Released"), saying.day),
        "about": _text(gettext_lazy("Description")),
        "link": Said(gettext_lazy("Link")),
    },
)
ACTIVITIES = Kind(
    "activities",
    gettext_lazy("Activities"),
    _by("slug"),
    _activity,
    {
        "name": Said(gettext_lazy("Name")),
        "agencies": Said(gettext_lazy("Agencies"), saying.agencies),
        "destination": Said(gettext_lazy("Destination"), saying.label(DESTINATIONS)),
        "status": Said(gettext_lazy("Status")),
        "status_on": Said(gettext_lazy("Status as of"), saying.date),
        "on": Said(gettext_lazy("Begins"), saying.day),
    },
)
STATEMENT = Kind(
    "statement",
    gettext_lazy("Statement on legal force"),
    lambda row: "statement",
    lambda row, names: _("Statement on legal force"),
    {"text": _text(gettext_lazy("Text"))},
    alone=True,
)
FIGURES_ = Kind(
    "figures", gettext_lazy("Figures"), _by("name"), _figure, {"value": Said(gettext_lazy("Value"))}
)
KINDS = (
    *(REPORT, SECTIONS, HIGHLIGHTS, NOTHING, WORK_ITEMS, KEPT, GOALS, RECORD),
    *(AGENCIES, CHANGES, TERMS, RECOMMENDATIONS, MEETINGS, DOCUMENTS, ACTIVITIES, STATEMENT, FIGURES_),
)
