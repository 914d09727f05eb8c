"""The demonstration's accounts, by role, with one button each to sign in as that person.

Only there when DEMO=1, which a production start refuses.
"""

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

from members.models import Mandate, Member, Role

TRY: dict[str, str | Promise] = {
    Role.EDITOR: _("Edit highlights, goals and the work plan; render an annual report and publish it."),
    Role.ADMINISTRATOR: _("Invite people, give roles and end them, see who held which role on any day."),
    Role.HEAD: _("Speak for an agency: see its desk, its roles and its part of the report."),
    Role.ALTERNATE: _("The same as the head of delegation, when the head is away."),
    Role.DELEGATE: _("Write for an agency, without speaking for it."),
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
    roles: dict[int, str] = {}
    for member, role in Mandate.objects.on(timezone.now().date()).values_list("member_id", "role"):
        roles[member] = min(roles.get(member, role), role, key=list(TRY).index)
    groups = [
        Group(Role(role).label, hint, [each for each in people if roles.get(each.pk) == role])
        for role, hint in TRY.items()
    ]
    groups.append(Group(_("no role any more"), NOTHING, [each for each in people if each.pk not in roles]))
    return [group for group in groups if group.people]


@login_not_required
@require_POST
def sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign in as a demonstration account."""
    member = get_object_or_404(Member, pk=pk, is_demonstration=True)
    login(request, member, backend="allauth.account.auth_backends.AuthenticationBackend")
    return redirect("desk")


urlpatterns = [path("", accounts, name="demo"), path("<int:pk>/", sign_in, name="demo_sign_in")]
