"""Who keeps the list of meetings; the answer carries its reason."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from isecg.access import Decision, secretariat_only
from reports.models import Meeting


def can_edit_meeting(member: Any, meeting: Meeting | None = None) -> Decision:
    """The secretariat keeps the list of meetings; `None` is one that is to be added."""
    return secretariat_only(member, _("Only the secretariat keeps the list of meetings."))
