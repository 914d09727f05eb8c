"""Words, looked for in what a reader may see. The database reads them as the reader's language does; what has
them in its name is found by a part of a word, too. A fixed number of queries, whatever is found."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from babel import Locale
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Exists, OuterRef, Q, QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

import reports.queries
from agencies.models import Activity, Agency, AgencyName
from isecg.access import Sentence
from recommendations.models import Recommendation
from recommendations.queries.listing import LANGUAGES
from recommendations.queries.listing import search as recommendations
from reports.models import Document, Meeting, WorkItem

MOST = 10
SHORTEST = 3  # letters of a country's name; two are in half of them


@dataclass(frozen=True)
class Hit:
    """Where the words stand."""

    words: str
    about: str
    address: str


@dataclass(frozen=True)
class Kind:
    """What was found of one kind: the first of them, how many there are, and where all of that kind are."""

    words: Sentence
    hits: list[Hit]
    count: int
    address: str


def found(words: str, reader: Any, now: dt.datetime) -> list[Kind]:
    """By kind; kinds in which nothing is found are left out."""
    sources: list[Callable[[str, Any, dt.datetime], Kind]] = [
        _recommendations, _agencies, _highlights, _work_items, _activities, _meetings, _documents
    ]  # fmt: skip
    return [kind for source in sources if (kind := source(words, reader, now)).hits]


def _recommendations(words: str, reader: Any, now: dt.datetime) -> Kind:
    rows = recommendations(Recommendation.objects.visible_to(reader, now), words, now).order_by("-number")
    hits = [Hit(f"{row.number} {row.title}", row.summary, row.get_absolute_url()) for row in rows]
    return _kind(_("Recommendations"), hits, "recommendations:list")


def _agencies(words: str, reader: Any, now: dt.datetime) -> Kind:
    """By any name a seat ever had, by country, and by what is said of it."""
    names = _with(AgencyName.objects.all(), words, "acronym", "name", "name_en")
    rows = _with(Agency.objects.named(now.date()), words, "about", more=_of_country(words) | _named(names))
    hits = [Hit(f"{row.acronym}, {row.name}", "", row.get_absolute_url()) for row in rows]
    return _kind(_("Members"), hits, "agencies:list")


def _named(names: QuerySet[AgencyName]) -> Q:
    return Q(Exists(names.filter(agency=OuterRef("pk"))))


def _of_country(words: str) -> Q:
    wanted, names = words.casefold(), Locale.parse(get_language() or "en", sep="-").territories
    codes = [code for code, name in names.items() if len(code) == 2 and wanted in name.casefold()]
    return Q(country__in=codes if len(wanted) >= SHORTEST else [])


def _highlights(words: str, reader: Any, now: dt.datetime) -> Kind:
    """What the current editions tell, as they tell it: each highlight that has all the words."""
    wanted, shelves = words.casefold().split(), reports.queries.library()
    prefetch_related_objects([shelf.edition for shelf in shelves], "snapshot")
    hits = [
        Hit(row["title"], str(shelf.report), f"{shelf.report.get_absolute_url()}#{row['id']}")
        for shelf in shelves
        for row in shelf.edition.snapshot.content["highlights"]
        if all(word in f"{row['title']} {row['text']}".casefold() for word in wanted)
    ]
    return _kind(_("In the annual reports"), hits, "reports:list")


def _work_items(words: str, reader: Any, now: dt.datetime) -> Kind:
    rows = _with(WorkItem.objects.all(), words, "code", "title", "description", "working_group")
    hits = [Hit(str(row), row.working_group, row.get_absolute_url()) for row in rows.order_by("code")]
    return _kind(_("Work plan"), hits, "reports:work_plan")


def _activities(words: str, reader: Any, now: dt.datetime) -> Kind:
    rows = _with(Activity.objects.all(), words, "name", "about", "status")
    hits = [Hit(row.name, row.get_destination_display(), row.get_absolute_url()) for row in rows]
    return _kind(_("Activities"), hits, "agencies:activities")


def _meetings(words: str, reader: Any, now: dt.datetime) -> Kind:
    rows, address = (
        _with(Meeting.objects.all(), words, "title", "place", "about"),
        reverse("reports:meetings"),
    )
    return _kind(
        _("Meetings"),
        [Hit(row.title, row.place, f"{address}#{row.slug}") for row in rows],
        "reports:meetings",
    )


def _documents(words: str, reader: Any, now: dt.datetime) -> Kind:
    rows, address = _with(Document.objects.all(), words, "title", "about"), reverse("reports:documents")
    return _kind(
        _("Documents"),
        [Hit(row.title, row.day_words, f"{address}#{row.slug}") for row in rows],
        "reports:documents",
    )


def _with(rows: QuerySet[Any], words: str, *fields: str, more: Q | None = None) -> QuerySet[Any]:
    """Rows with the words in their fields; or with what was typed, as it stands, in the first of them."""
    config = LANGUAGES.get((get_language() or "en")[:2], "simple")
    matches = Q(searched=SearchQuery(words, config=config, search_type="websearch"))
    matches |= Q(**{f"{fields[0]}__icontains": words})
    return rows.annotate(searched=SearchVector(*fields, config=config)).filter(
        matches | more if more else matches
    )


def _kind(words: Sentence, hits: list[Hit], name: str) -> Kind:
    return Kind(words, hits[:MOST], len(hits), reverse(name))
