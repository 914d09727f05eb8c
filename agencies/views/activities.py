"""Missions and programmes: everybody reads them, the secretariat keeps them."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from agencies import permissions, queries, services
from agencies.forms import ActivityFilterForm, ActivityForm, NewActivityForm
from agencies.models import Activity
from isecg.pages import AddPage, EditPage


@login_not_required
@require_safe
def activities(request: HttpRequest) -> HttpResponse:
    """All activities by destination, of one destination or agency if asked for."""
    today = timezone.now().date()
    form = ActivityFilterForm(request.GET, day=today)
    wanted = form.cleaned_data if form.is_valid() else {}
    groups = queries.activities(today, **wanted)
    context = {
        "form": form,
        "groups": groups,
        "count": sum(len(group.activities) for group in groups),
        "filtered": any(wanted.values()),
        "may_edit": permissions.can_edit_activity(request.user),
    }
    return render(request, "agencies/activities.html", context, status=400 if form.errors else 200)


@login_not_required
@require_safe
def activity(request: HttpRequest, slug: str) -> HttpResponse:
    """One activity: whose it is, where it goes, how it stands, and what published reports say of it."""
    found = get_object_or_404(queries.activity(timezone.now().date()), slug=slug)
    may_edit = permissions.can_edit_activity(request.user, found)
    return render(request, "agencies/activity.html", {"activity": found, "may_edit": may_edit})


class AddActivity(AddPage):
    """A new activity."""

    form_class = NewActivityForm
    permission = staticmethod(permissions.can_edit_activity)
    service = services.add_activity
    extra_context = {"title": _("Add an activity"), "save": _("Add the activity")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(back=reverse("agencies:activities"), **kwargs)


class EditActivity(EditPage):
    """What is known of an activity."""

    model = Activity
    form_class = ActivityForm
    permission = staticmethod(permissions.can_edit_activity)
    service = services.edit_activity

    def get_success_url(self) -> str:
        return str(self.object.get_absolute_url())
