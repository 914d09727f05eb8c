"""Who may see a chapter as it would be printed, while it is written."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from isecg.access import Allowed, Decision, secretariat_only, standing


def can_preview(member: Any, agency: Agency | None) -> Decision:
    """The secretariat, and whoever writes for the agency; `None` is a part that is no agency's."""
    if agency is not None and agency.pk in standing(member).writes_for:
        return Allowed()
    return secretariat_only(
        member, _("Only those who write for the agency see its part while it is written.")
    )
