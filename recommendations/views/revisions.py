"""Reading texts: a revision, its concordance, two revisions as a redline, and the history."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from isecg.access import standing
from recommendations import reading
from recommendations.forms.texts import PairForm
from recommendations.models import Recommendation, Revision
from recommendations.queries import compared, history, texts
from recommendations.services.texts import read
from recommendations.views.lookup import recommendation_of


def _frame(request: HttpRequest, number: str) -> dict[str, Any]:
    """The recommendation and its revisions, as far as this reader may see them."""
    recommendation = recommendation_of(request, number)
    return {
        "recommendation": recommendation,
        "revisions": texts.visible_revisions(recommendation, request.user),
    }


def _place(revisions: list[Revision], number: int) -> int:
    """Where a revision stands in the list; 404 for one that is none or not to be seen."""
    for at, revision in enumerate(revisions):
        if revision.number == number:
            return at
    raise Http404


def _remember(request: HttpRequest, revision: Revision) -> None:
    if request.method == "GET" and request.user.is_authenticated:
        read(revision, by=request.user)


@login_not_required
@require_safe
def revision(request: HttpRequest, number: str, revision: int) -> HttpResponse:
    """One revision as it was frozen. A signed-in reader has read it from now on."""
    context = _frame(request, number)
    revisions = context["revisions"]
    at = _place(revisions, revision)
    _remember(request, revisions[at])
    context |= {
        "revision": revisions[at],
        "paragraphs": reading.paragraphs(revisions[at]),
        "previous": revisions[at - 1] if at else None,
        "following": revisions[at + 1] if at + 1 < len(revisions) else None,
        "newest": revisions[-1],
        "named": standing(request.user).secretariat,
    }
    return render(request, "recommendations/revision.html", context)


@login_not_required
@require_safe
def concordance(request: HttpRequest, number: str, revision: int) -> HttpResponse:
    """What became of each paragraph since the revision before that this reader may see."""
    context = _frame(request, number)
    at = _place(context["revisions"], revision)
    if not at:
        raise Http404  # the first one has nothing before it
    previous, current = context["revisions"][at - 1 : at + 1]
    context |= {
        "revision": current,
        "previous": previous,
        "compared": compared.revisions(previous, current),
    }
    return render(request, "recommendations/concordance.html", context)


@login_not_required
@require_safe
def redline(request: HttpRequest, number: str) -> HttpResponse:
    """Two revisions as one text; unless chosen, the one last read against the newest."""
    context = _frame(request, number)
    form, pair = _chosen(request, context["recommendation"], context["revisions"])
    context |= {"form": form, "only": "only" in request.GET}
    if pair:
        old, new = pair
        context |= {"old": old, "new": new, "compared": compared.revisions(old, new)}
        if new == context["revisions"][-1]:
            _remember(request, new)
    wrong = len(context["revisions"]) > 1 and not form.is_valid()
    return render(request, "recommendations/redline.html", context, status=422 if wrong else 200)


def _chosen(
    request: HttpRequest, recommendation: Recommendation, revisions: list[Revision]
) -> tuple[PairForm, tuple[Revision, Revision] | None]:
    numbers = [each.number for each in revisions]
    default = texts.pair(numbers, texts.last_read(recommendation, request.user)) or (0, 0)
    typed = {
        "old": request.GET.get("from", str(default[0])),
        "new": request.GET.get("to", str(default[1])),
    }
    form = PairForm(typed, revisions=revisions)
    if len(revisions) < 2 or not form.is_valid():
        return form, None
    old, new = sorted((form.cleaned_data["old"], form.cleaned_data["new"]))
    return form, (revisions[numbers.index(old)], revisions[numbers.index(new)])


@login_not_required
@require_safe
def history_of(request: HttpRequest, number: str) -> HttpResponse:
    """Revisions, newest first, with the deadlines around them."""
    context = _frame(request, number)
    now = timezone.now()
    context |= {
        "moments": history.moments(context["recommendation"], request.user, now),
        "now": now,
        "pair": texts.pair([each.number for each in context["revisions"]], None),
    }
    return render(request, "recommendations/history.html", context)
