"""What everybody reads: the list of recommendations, and one of them."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from recommendations.forms.public import FilterForm
from recommendations.models import Recommendation
from recommendations.permissions.steps import can_draft
from recommendations.queries.listing import listing

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
    """One recommendation: what it is and how it stands, then its text."""
    recommendation = get_object_or_404(Recommendation.objects.visible_to(request.user), number=number)
    return render(request, "recommendations/detail.html", {"recommendation": recommendation})
