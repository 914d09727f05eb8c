"""The first page, for everybody, and the desk, for those who are signed in. Part of the roof: nobody
imports it but the addresses."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

import agencies.queries
import members.queries
import recommendations.queries.needs
import reports.queries
import reports.queries.needs
import reports.queries.sections
import reports.queries.turns
from agencies.models import ChairTerm, Membership
from isecg.access import Sentence
from isecg.dated import say
from isecg.nav import desk_links
from isecg.needs import by_deadline
from members.models import Mandate
from recommendations.models import Recommendation, State
from reports.models import Document

NEWS = 6
OPEN = 4
SOURCES = [
    members.queries.needs,
    recommendations.queries.needs.needs,
    reports.queries.needs.needs,
    reports.queries.turns.needs,
    reports.queries.sections.needs,
]


@dataclass(frozen=True)
class News:
    """Something that was published or has happened."""

    day: dt.date
    when: str
    kind: Sentence
    words: str
    address: str


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the group is, who chairs now, the latest report, what is new and what is open."""
    now = timezone.now()
    today = now.date()
    shelves = reports.queries.library()
    return render(
        request,
        "home.html",
        {
            **_chair(today),
            **_seats(today),
            "shelves": shelves,
            "latest": shelves[0] if shelves else None,
            "news": _news(shelves, now),
            "issued": Recommendation.objects.public(now).count(),
            "open": _open(today),
        },
    )


def _chair(today: dt.date) -> dict[str, Any]:
    """The term that runs, and, where nobody knows who chairs in it, the last one that is known."""
    term = agencies.queries.chair_on(today)
    known = ChairTerm.objects.with_end().filter(start__lte=today, agency__isnull=False)
    last = None if term and term.agency else known.order_by("-start").first()
    return {"term": term, "last_known": last}


def _seats(today: dt.date) -> dict[str, int]:
    """How many members there are today, how many of them were there from the start."""
    founder = Count("pk", filter=Q(founder=True))
    return Membership.objects.on(today).aggregate(members=Count("pk"), founders=founder)


def _open(today: dt.date) -> list[reports.queries.Line]:
    """Items of the work plan that are neither done nor dropped, the soonest due first."""
    waiting = [line for line in reports.queries.work_plan(today) if line.unfinished]
    return sorted(waiting, key=lambda line: line.due)[:OPEN]


def _news(shelves: list[reports.queries.Shelf], now: dt.datetime) -> list[News]:
    """The newest of: recommendations issued or withdrawn, reports published, documents released, highlights
    of the latest published report."""
    rows = [*_published(shelves), *_issued(now), *_documents(), *(_highlights(shelves[0]) if shelves else [])]
    return sorted(rows, key=lambda row: row.day, reverse=True)[:NEWS]


def _published(shelves: list[reports.queries.Shelf]) -> list[News]:
    return [
        News(day, say(day), _("Report"), str(shelf.report), shelf.report.get_absolute_url())
        for shelf in shelves
        for day in [shelf.publication.at.date()]
    ]


def _issued(now: dt.datetime) -> list[News]:
    """What is in force, by the day of its issue, and what was withdrawn, by that day. Drafts and open
    consultations are not public, and no news; a superseded one is told of by what took its place."""
    public, kinds = Recommendation.objects.public(now), {State.WITHDRAWN: _("Recommendation withdrawn")}
    rows = [
        *public.filter(state=State.ISSUED).order_by("-issued_at")[:NEWS],
        *public.filter(state=State.WITHDRAWN).order_by("-ended_at")[:NEWS],
    ]
    return [
        News(day, say(day), kind, f"{row.number} {row.title}", row.get_absolute_url())
        for row in rows
        if (at := row.ended_at or row.issued_at)
        for day, kind in [(at.date(), kinds.get(State(row.state), _("Recommendation")))]
    ]


def _documents() -> list[News]:
    address = reverse("reports:documents")
    return [
        News(each.day, each.day_words, _("Document"), each.title, f"{address}#{each.slug}")
        for each in Document.objects.filter(day__isnull=False).order_by("-day")[:NEWS]
        if each.day
    ]


def _highlights(shelf: reports.queries.Shelf) -> list[News]:
    """From the snapshot: what was edited after publishing is not public yet."""
    content, address = shelf.edition.snapshot.content, shelf.report.get_absolute_url()
    acronyms = {agency["slug"]: agency["acronym"] for agency in content["agencies"]}
    return [
        News(day, say(day, row["on"]["precision"]), acronyms[row["agency"]], row["title"], address)
        for row in content["highlights"]
        for day in [dt.date.fromisoformat(row["on"]["day"])]
    ]


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What needs me, by deadline, each row with its one next action."""
    now = timezone.now()
    mandates = Mandate.objects.on(now.date()).filter(member=request.user.pk)
    context = {
        "needs": [(need, need.is_late(now)) for need in by_deadline(SOURCES, request.user, now)],
        "mandates": mandates.select_related("agency").prefetch_related("agency__names"),
        "links": desk_links(request),
    }
    return render(request, "desk.html", context)
