"""Reading the text agencies are asked about, and commenting beside it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from recommendations.models import Consultation, Print
from recommendations.queries import beside
from recommendations.queries import comments as queries
from recommendations.queries.commented import commented
from recommendations.queries.texts import visible_revisions
from recommendations.services.texts import read
from recommendations.views.lookup import recommendation_of
from recommendations.views.prints import handed


@require_safe
def consultation(request: HttpRequest, number: str) -> HttpResponse:
    """The frozen text with what may be seen beside it. `?revision=` names an earlier consultation, `?for=`
    the agency a person with several acts for."""
    now = timezone.now()
    recommendation = recommendation_of(request, number)
    rounds = list(queries.consultations_of(recommendation, request.user, now))
    asked = _chosen(rounds, request.GET.get("revision", ""))
    own = beside.acting(asked, request.user, now, chosen=request.GET.get("for", ""))
    if asked.opens_at <= now:
        read(asked.revision, by=request.user)
    rows = beside.rows(asked, request.user, own, now)
    context = {
        "recommendation": recommendation,
        "consultation": asked,
        "rounds": rounds,
        "rows": rows,
        "own": own,
        "phase": asked.phase(now),
        "extensions": asked.extensions.all(),
        "earlier": _earlier(asked, request.user),
        **_counts(rows, own),
    }
    if own.agency:
        context["speakers"] = beside.speakers(own.agency, now.date())
    return render(request, "recommendations/consultation.html", context)


@require_safe
def consultation_pdf(request: HttpRequest, number: str) -> HttpResponseBase:
    """The same as a PDF: the text with what this reader may see beside it now."""
    now = timezone.now()
    recommendation = recommendation_of(request, number)
    rounds = list(queries.consultations_of(recommendation, request.user, now))
    asked = _chosen(rounds, request.GET.get("revision", ""))
    own = beside.acting(asked, request.user, now, chosen=request.GET.get("for", ""))
    slug = own.agency.slug if own.agency else ""
    content = commented(recommendation, request.user, now, revision=asked.revision.number, chosen=slug)
    if content is None:
        raise Http404
    return handed(request, recommendation, Print.What.COMMENTED, content)


def _chosen(rounds: list[Consultation], revision: str) -> Consultation:
    """The consultation on the named revision, else the newest."""
    named = [each for each in rounds if str(each.revision.number) == revision]
    for each in named or ([] if revision else rounds):
        return each
    raise Http404


def _earlier(asked: Consultation, reader: Any) -> int | None:
    """The revision before the one agencies are asked about, as far as this reader may see it."""
    numbers = [each.number for each in visible_revisions(asked.recommendation, reader)]
    return max((each for each in numbers if each < asked.revision.number), default=None)


def _counts(rows: list[beside.Row], own: beside.Acting) -> dict[str, Any]:
    cards = [card for row in rows for card in row.cards]
    return {
        "notes": sum(card.is_note for card in cards),
        "submitted": sum(card.own and not card.is_note and not card.comment.withdrawn_at for card in cards),
        "others": sum(not card.own for card in cards),
    }
