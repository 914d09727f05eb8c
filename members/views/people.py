"""Who holds which role on a day; one person; one's own profile."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from isecg.access import Decision, require, secretariat_only, standing
from isecg.pages import EditPage
from members import permissions, queries, services
from members.forms import DayForm, ProfileForm, ReasonForm
from members.models import Member
from members.views.steps import Step


@require_safe
def roster(request: HttpRequest) -> HttpResponse:
    """Who held which role on `?on=` (today if not given): all of it for the secretariat, else one's own."""
    today = timezone.now().date()
    form = DayForm(request.GET if request.GET.get("on") else None, initial={"on": today})
    day = (form.is_bound and form.is_valid() and form.cleaned_data["on"]) or today
    context = {
        "form": form,
        "day": day,
        "today": today,
        "groups": queries.roster(request.user, day),
        "others": queries.without_role(request.user, day) if standing(request.user).secretariat else [],
        "may_invite": permissions.can_invite(request.user),
    }
    return render(request, "members/list.html", context, status=400 if form.errors else 200)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: roles over time, and for the secretariat what was done to account and roles."""
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    today = timezone.now().date()
    context = {
        "person": member,
        "today": today,
        "mandates": [
            _row(mandate, request.user, today) for mandate in queries.mandates_of(member, request.user)
        ],
        "history": queries.history_of(member)[:50] if secretariat_only(request.user) else [],
        "may_see_address": permissions.can_see_address(request.user, member),
        "may_appoint": permissions.can_appoint(request.user),
        "may_edit_profile": permissions.can_edit_profile(request.user, member),
        "may_deactivate": permissions.can_deactivate(request.user, member),
        "may_reactivate": permissions.can_reactivate(request.user, member),
    }
    return render(request, "members/detail.html", context)


def _row(mandate: Any, reader: Any, today: Any) -> dict[str, Any]:
    """A mandate with what may be done to it."""
    return {
        "mandate": mandate,
        "holds": mandate.start <= today and (mandate.end is None or mandate.end > today),
        "begins_later": mandate.start > today,
        "may_edit": permissions.can_edit_mandate(reader, mandate),
        "may_end": permissions.can_end_mandate(reader, mandate),
    }


class Profile(EditPage):
    """One's own name and language."""

    template_name = "members/profile.html"
    extra_context = {"title": _("Name and language")}
    model = Member
    form_class = ProfileForm
    permission = staticmethod(permissions.can_edit_profile)
    service = staticmethod(services.edit_profile)

    def get_object(self, queryset: Any = None) -> Member:
        member = Member.objects.get(pk=self.request.user.pk)
        require(permissions.can_edit_profile(self.request.user, member))
        return member


class _AboutAccount(Step):
    form_class = ReasonForm

    def find(self) -> Member:
        return get_object_or_404(Member.objects.visible_to(self.request.user), pk=self.kwargs["pk"])


class Deactivate(_AboutAccount):
    """Close an account."""

    title = _("Deactivate this account")
    lead = _(
        "The person can no longer sign in, and every open session ends at its next request. "
        "The roles stay on record; end them too if somebody else takes them over."
    )
    save = _("Deactivate")
    done = _("The account is deactivated.")
    danger = True

    def allowed(self) -> Decision:
        return permissions.can_deactivate(self.request.user, self.record)

    def act(self, **fields: Any) -> Member:
        return services.deactivate(self.record, **fields)


class Reactivate(_AboutAccount):
    """Open an account again."""

    title = _("Reactivate this account")
    lead = _("The person can sign in again, with the password they had, and has the roles that hold today.")
    save = _("Reactivate")
    done = _("The account is open again.")

    def allowed(self) -> Decision:
        return permissions.can_reactivate(self.request.user, self.record)

    def act(self, **fields: Any) -> Member:
        return services.reactivate(self.record, **fields)
