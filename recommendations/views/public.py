"""What everybody reads: the list of recommendations, and one of them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from recommendations.models import Recommendation


@login_not_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The recommendations this reader may see."""
    context = {"recommendations": Recommendation.objects.visible_to(request.user)}
    return render(request, "recommendations/list.html", context)


@login_not_required
@require_safe
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """One recommendation: what it is and how it stands, then its text."""
    recommendation = get_object_or_404(Recommendation.objects.visible_to(request.user), number=number)
    return render(request, "recommendations/detail.html", {"recommendation": recommendation})
