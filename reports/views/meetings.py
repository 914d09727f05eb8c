"""The meetings of the group: everybody reads the list, the secretariat keeps it."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reports import permissions
from reports.forms import AddMeetingForm, MeetingForm
from reports.models import Meeting
from reports.queries.meetings import by_year
from reports.services.meetings import add_meeting, edit_meeting, remove_meeting
from reports.views.writing import RemovePage, WriteNewPage, WritePage


def here(meeting: Meeting | None = None) -> str:
    """The list, at the meeting."""
    return reverse("reports:meetings") + (f"#{meeting.slug}" if meeting else "")


@login_not_required
@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """The meetings by year, perhaps of one kind only."""
    kind = request.GET.get("kind", "")
    known = kind in Meeting.Kind.values
    today = timezone.now().date()
    context = {
        "years": by_year(today, kind if known else ""),
        "kinds": [(words, f"{here()}?kind={code}", code == kind) for code, words in Meeting.Kind.choices],
        "all": not known,
        "today": today,
        "edit": permissions.can_edit_meeting(request.user),
    }
    return render(request, "reports/meetings.html", context, status=200 if known or not kind else 404)


class AddMeeting(WriteNewPage):
    """A new meeting."""

    form_class = AddMeetingForm
    permission = staticmethod(permissions.can_edit_meeting)
    service = add_meeting

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(title=_("Add a meeting"), back=here(), **kwargs)

    def get_success_url(self) -> str:
        return here(self.object)


class EditMeeting(WritePage):
    """What is known of a meeting."""

    model = Meeting
    form_class = MeetingForm
    permission = staticmethod(permissions.can_edit_meeting)
    service = edit_meeting

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(back=here(self.object), **kwargs)

    def get_success_url(self) -> str:
        return here(self.object)


class RemoveMeeting(RemovePage):
    """The question before a meeting is taken out."""

    model = Meeting
    permission = staticmethod(permissions.can_edit_meeting)
    service = remove_meeting

    def after(self, record: Meeting) -> str:
        return here()
