"""The demonstration's accounts, by role, with one button each to sign in as that person.

Only there when DEMO=1, which a production start refuses.
"""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from members.models import Mandate, Member


@login_not_required
def accounts(request: HttpRequest) -> HttpResponse:
    """Who can be tried out."""
    people = Member.objects.filter(is_demonstration=True).prefetch_related("mandates__agency__names")
    return render(request, "demo.html", {"people": people, "mandates": Mandate.objects.none()})


@login_not_required
@require_POST
def sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign in as a demonstration account."""
    member = get_object_or_404(Member, pk=pk, is_demonstration=True)
    login(request, member, backend="allauth.account.auth_backends.AuthenticationBackend")
    return redirect("desk")


urlpatterns = [path("", accounts, name="demo"), path("<int:pk>/", sign_in, name="demo_sign_in")]
