"""The first page, for everybody, and the desk, for those who are signed in. Part of the roof: nobody
imports it but the addresses."""

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
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
from isecg.nav import desk_links
from isecg.needs import by_deadline
from isecg.record import ics, news
from members.models import Mandate
from recommendations.models import Recommendation

NEWS = 6
OPEN = 4
SOURCES = [
    members.queries.needs,
    recommendations.queries.needs.needs,
    reports.queries.needs.needs,
    reports.queries.turns.needs,
    reports.queries.sections.needs,
]


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
    name = term.agency.name_on(today) if term and term.agency else None
    return {"term": term, "chair_name": name, "last_known": last}


def _seats(today: dt.date) -> dict[str, int]:
    """How many members there are today, how many of them were there from the start."""
    founder = Count("pk", filter=Q(founder=True))
    return Membership.objects.on(today).aggregate(members=Count("pk"), founders=founder)


def _open(today: dt.date) -> list[reports.queries.Line]:
    """Items of the work plan that are neither done nor dropped, the soonest due first."""
    waiting = [line for line in reports.queries.work_plan(today) if line.unfinished]
    return sorted(waiting, key=lambda line: line.due)[:OPEN]


def _news(shelves: list[reports.queries.Shelf], now: dt.datetime) -> list[news.News]:
    """The newest of what was published, and of the highlights of the latest published report."""
    highlights = news.happened(shelves[0]) if shelves else []
    return news.newest([*news.published(shelves, now, NEWS), *highlights], NEWS)


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


@require_safe
def desk_calendar(request: HttpRequest) -> HttpResponse:
    """What needs me and has a deadline, for one's own calendar."""
    now = timezone.now()
    rows = [need for need in by_deadline(SOURCES, request.user, now) if need.deadline]
    events = [
        ics.Event(need.deadline, str(need.words), need.address, key=str(need.action))
        for need in rows
        if need.deadline
    ]
    return ics.answer(events, _("ISECG: what needs me"), now)
