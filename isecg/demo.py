"""The demonstration's accounts, by role, with one button each to sign in as that person.

Only there when DEMO=1, which a production start refuses.
"""

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from agencies.models import ChairTerm
from members.models import Mandate, Member, Role

CHAIR = "chair"
TRY: dict[str, str | Promise] = {
    Role.EDITOR: _("Draft a recommendation, circulate it, decide on comments; write and publish a report."),
    Role.ADMINISTRATOR: _("Invite people, give roles and end them; release verdicts and agencies' answers."),
    CHAIR: _("Approve what the agencies have agreed, and issue it; beside all that a head does."),
    Role.HEAD: _("Speak for an agency: submit its comments, object or state its position, answer."),
    Role.ALTERNATE: _("The same as the head of delegation, when the head is away."),
    Role.DELEGATE: _("Write for an agency, without speaking for it: working notes, drafts of answers."),
    Role.OBSERVER: _("Read what the agency may read, and change nothing."),
}
NOTHING = _("What is left when no role holds any more: nothing but the public pages and one's own profile.")


@dataclass
class Group:
    """Accounts of one role, and what they can try."""

    words: str | Promise
    hint: str | Promise
    people: list[Member]


@login_not_required
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """Who can be tried out, by role."""
    return render(request, "demo.html", {"groups": _groups()})


def _groups() -> list[Group]:
    """Each account under the first of its roles that holds now, in the order of TRY."""
    people = Member.objects.filter(is_demonstration=True).order_by("name")
    roles = _roles(timezone.now().date())
    groups = [
        Group(_words(role), hint, [each for each in people if roles.get(each.pk) == role])
        for role, hint in TRY.items()
    ]
    groups.append(Group(_("no role any more"), NOTHING, [each for each in people if each.pk not in roles]))
    return [group for group in groups if group.people]


def _roles(day: dt.date) -> dict[int, str]:
    chairing = ChairTerm.objects.on(day).values_list("agency", flat=True).first()
    roles: dict[int, str] = {}
    for member, role, agency in Mandate.objects.on(day).values_list("member_id", "role", "agency_id"):
        held = CHAIR if role == Role.HEAD and agency == chairing else role
        roles[member] = min(roles.get(member, held), held, key=list(TRY).index)
    return roles


def _words(role: str) -> str | Promise:
    return _("chair") if role == CHAIR else Role(role).label


@login_not_required
@require_POST
def sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign in as a demonstration account."""
    member = get_object_or_404(Member, pk=pk, is_demonstration=True)
    login(request, member, backend="allauth.account.auth_backends.AuthenticationBackend")
    return redirect("desk")


urlpatterns = [path("", accounts, name="demo"), path("<int:pk>/", sign_in, name="demo_sign_in")]
