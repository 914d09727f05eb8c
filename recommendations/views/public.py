"""What everybody reads: the list of recommendations, one of them, and one as of a day."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from recommendations import reading
from recommendations.forms.public import AsOfForm, FilterForm
from recommendations.models import Issue, Recommendation, Revision
from recommendations.permissions.steps import can_draft
from recommendations.queries import public, responses, texts
from recommendations.queries.doing import doing
from recommendations.queries.life import life
from recommendations.queries.listing import calls, listing
from recommendations.queries.prints import files_of
from recommendations.queries.steps import issue_of
from recommendations.services.texts import read
from recommendations.views.citing import citations

PER_PAGE = 25


@login_not_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The recommendations this reader may see: open for them, in the making, issued."""
    form = FilterForm(request.GET, signed_in=request.user.is_authenticated)
    chosen = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    words = {"words": chosen["q"]} if "q" in chosen else {}
    narrowed = {name: chosen[name] for name in ("kind", "state") if name in chosen}
    found = listing(request.user, timezone.now(), **narrowed, **words)
    context = {
        "form": form,
        "chosen": chosen,
        "found": found,
        "page": Paginator(found.issued, PER_PAGE).get_page(request.GET.get("page")),
        "query": f"&{urlencode(chosen)}" if chosen else "",
        "draft": can_draft(request.user),
    }
    return render(request, "recommendations/list.html", context, status=422 if form.errors else 200)


@login_not_required
@require_safe
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """One recommendation: what it is and how it stands, what this reader can do, its text, its facts."""
    now, reader = timezone.now(), request.user
    seen = public.whole(Recommendation.objects.visible_to(reader))
    recommendation = get_object_or_404(seen, number=number)
    form = AsOfForm(request.GET if "as_of" in request.GET else None)
    if form.is_valid():
        return redirect("recommendations:on", number, form.cleaned_data["as_of"])
    status = public.status(recommendation, reader, now)
    shown = public.shown_revision(recommendation, reader, now)
    context = {
        "recommendation": recommendation,
        "status": status,
        "addressees": recommendation.addressees.named(now.date()),
        "life": life(recommendation, status, now),
        "doing": doing(recommendation, reader, now),
        "calls": calls(recommendation, reader, now),
        "revision": shown,
        "read_before": _read(request, shown),
        "paragraphs": reading.paragraphs(shown) if shown else [],
        "form": form,
        "today": now.date(),
        **_issued(recommendation, reader, now),
    }
    return render(request, "recommendations/detail.html", context, status=422 if form.errors else 200)


def _read(request: HttpRequest, shown: Revision | None) -> int | None:
    """Who is signed in has read the revision from now on; the number of the one they read before, if that
    is another which they may still see."""
    if shown is None or not request.user.is_authenticated:
        return None
    before = texts.last_read(shown.recommendation, request.user)
    if before == shown.number:
        return None
    if request.method == "GET":
        read(shown, by=request.user)
    seen = Revision.objects.visible_to(request.user).filter(recommendation=shown.recommendation_id)
    return before if before is not None and seen.filter(number=before).exists() else None


def _issued(recommendation: Recommendation, reader: Any, now: dt.datetime) -> dict[str, Any]:
    """What only an issued one has: everything of its day, how to cite it, what agencies answered."""
    issue = issue_of(recommendation) if recommendation.is_public(now) else None
    if issue is None:
        return {"issue": None}
    rows = responses.of_recommendation(recommendation, reader)
    return {
        **_facts(recommendation, issue),
        "files": files_of(issue, recommendation),
        "statements": responses.statements(rows, reader, now.date()),
        "can_answer": responses.can_answer(reader, recommendation, now),
        "supersedes": recommendation.supersedes.public(now),
    }


def _facts(recommendation: Recommendation, issue: Issue) -> dict[str, Any]:
    return {"issue": issue, "content": issue.content, "citations": citations(issue, recommendation)}


@login_not_required
@require_safe
def on(request: HttpRequest, number: str, day: dt.date) -> HttpResponse:
    """The recommendation as of the end of a day (UTC): its text if it was issued by then, and whether it
    still counted."""
    now, reader = timezone.now(), request.user
    seen = public.whole(Recommendation.objects.visible_to(reader))
    recommendation = get_object_or_404(seen, number=number)
    then = public.on(recommendation, day, now)
    issue = issue_of(recommendation) if then.text else None
    context = {
        "recommendation": recommendation,
        "day": day,
        "then": then,
        "form": AsOfForm({"as_of": day}),
        "paragraphs": reading.paragraphs(issue.revision) if issue else [],
        **(_facts(recommendation, issue) if issue else {}),
    }
    return render(request, "recommendations/on.html", context)
