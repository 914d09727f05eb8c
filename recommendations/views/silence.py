"""The page of the silence procedures, and who was told what."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from isecg.access import require, secretariat_only
from isecg.mail.models import Message
from recommendations import workflow
from recommendations.emails import KINDS
from recommendations.models import Stand
from recommendations.queries import silence as queries
from recommendations.queries import told as telling
from recommendations.views.lookup import recommendation_of

PER_PAGE = 10
SILENCE_STEPS = ("object", "withdraw_objection", "state_position", "conclude")


@require_safe
def silence(request: HttpRequest, number: str) -> HttpResponse:
    """The text under silence, the rule and the count, objections and positions; earlier procedures below."""
    now = timezone.now()
    recommendation = recommendation_of(request, number)
    views = queries.procedures(recommendation, request.user, now)
    if not views:
        raise Http404
    options = workflow.options(recommendation, request.user, now)
    context = {
        "recommendation": recommendation,
        "latest": views[0],
        "earlier": views[1:],
        "options": {verb: options[verb] for verb in SILENCE_STEPS},
        "stands": Stand,
    }
    return render(request, "recommendations/silence.html", context)


@require_safe
def told(request: HttpRequest, number: str) -> HttpResponse:
    """Every mail about the recommendation with its state, for the secretariat."""
    recommendation = recommendation_of(request, number)
    require(secretariat_only(request.user))
    page = Paginator(telling.tellings(recommendation), PER_PAGE).get_page(request.GET.get("page"))
    told = [mail.member_id for each in page for mail in each.mails if mail.member_id]
    groups = telling.groups(told, timezone.now().date())
    people = {person.member.pk: person for group in groups for person in group.people}
    rows = [
        (
            KINDS.get(each.kind, each.kind),
            each,
            [(mail, people.get(mail.member_id or 0)) for mail in each.mails],
        )
        for each in page
    ]
    held = any(mail.state == Message.State.HELD for each in page for mail in each.mails)
    context = {"recommendation": recommendation, "page": page, "rows": rows, "held": held}
    return render(request, "recommendations/told.html", context)
