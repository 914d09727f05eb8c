"""How an issued recommendation is cited: as text, BibTeX, RIS and CSL-JSON."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from isecg import citation
from recommendations import citing
from recommendations.models import Issue, Recommendation
from recommendations.queries.prints import address_of
from recommendations.queries.steps import issue_of
from recommendations.views.lookup import recommendation_of


def citations(issue: Issue, recommendation: Recommendation) -> list[citation.Cited]:
    """What was issued, cited in all four forms."""
    work = citing.work(issue.content, address_of(recommendation))
    return citation.every(work, lambda form: reverse("recommendations:citation", args=[work.number, form]))


@login_not_required
@require_safe
def cite(request: HttpRequest, number: str) -> HttpResponse:
    """The citation in four forms, to copy or to download."""
    recommendation = recommendation_of(request, number)
    forms = citations(_issue(recommendation), recommendation)
    return render(request, "recommendations/cite.html", {"recommendation": recommendation, "forms": forms})


@login_not_required
@require_safe
def citation_file(request: HttpRequest, number: str, form: str) -> HttpResponse:
    """One of the four as a file."""
    recommendation = recommendation_of(request, number)
    work = citing.work(_issue(recommendation).content, address_of(recommendation))
    return citation.as_file(work, form, f"ISECG-recommendation-{number}")


def _issue(recommendation: Recommendation) -> Issue:
    """What everybody may cite; 404 where nothing is issued, or not yet public."""
    issue = issue_of(recommendation) if recommendation.is_public(timezone.now()) else None
    if issue is None:
        raise Http404
    return issue
