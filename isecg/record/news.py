"""What was published, the newest first: for the first page and for the feed."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

import reports.queries
from isecg.access import Sentence
from isecg.dated import say
from recommendations.models import Recommendation, State
from reports.models import Document


@dataclass(frozen=True)
class News:
    """Something that was published or has happened."""

    day: dt.date
    when: str
    kind: Sentence
    words: str
    address: str


def published(shelves: list[reports.queries.Shelf], now: dt.datetime, most: int) -> list[News]:
    """The newest of: recommendations issued or withdrawn, reports published, documents released. Three
    queries."""
    return newest([*_reports(shelves), *_issued(now, most), *_documents(most)], most)


def happened(shelf: reports.queries.Shelf) -> list[News]:
    """Highlights of a report, from its snapshot: what was edited after publishing is not public yet."""
    content, address = shelf.edition.snapshot.content, shelf.report.get_absolute_url()
    acronyms = {agency["slug"]: agency["acronym"] for agency in content["agencies"]}
    return [
        News(day, say(day, row["on"]["precision"]), acronyms[row["agency"]], row["title"], address)
        for row in content["highlights"]
        for day in [dt.date.fromisoformat(row["on"]["day"])]
    ]


def newest(rows: list[News], most: int) -> list[News]:
    return sorted(rows, key=lambda row: row.day, reverse=True)[:most]


def _reports(shelves: list[reports.queries.Shelf]) -> list[News]:
    return [
        News(day, say(day), _("Report"), str(shelf.report), shelf.report.get_absolute_url())
        for shelf in shelves
        for day in [shelf.publication.at.date()]
    ]


def _issued(now: dt.datetime, most: int) -> list[News]:
    """What is in force, by the day of its issue, and what was withdrawn, by that day. Drafts and open
    consultations are not public, and no news; a superseded one is told of by what took its place."""
    public, kinds = Recommendation.objects.public(now), {State.WITHDRAWN: _("Recommendation withdrawn")}
    rows = [
        *public.filter(state=State.ISSUED).order_by("-issued_at")[:most],
        *public.filter(state=State.WITHDRAWN).order_by("-ended_at")[:most],
    ]
    return [
        News(day, say(day), kind, f"{row.number} {row.title}", row.get_absolute_url())
        for row in rows
        if (at := row.ended_at or row.issued_at)
        for day, kind in [(at.date(), kinds.get(State(row.state), _("Recommendation")))]
    ]


def _documents(most: int) -> list[News]:
    address = reverse("reports:documents")
    return [
        News(each.day, each.day_words, _("Document"), each.title, f"{address}#{each.slug}")
        for each in Document.objects.filter(day__isnull=False).order_by("-day")[:most]
        if each.day
    ]
