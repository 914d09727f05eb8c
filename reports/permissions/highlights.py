"""Who may read and write highlights; the answer carries its reason."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from isecg.access import Allowed, Decision, secretariat_only, standing
from reports.models import Highlight


def can_read_highlight(member: Any, highlight: Highlight) -> Decision:
    """The secretariat, and everybody who holds a role in the highlight's agency."""
    if highlight.agency_id in standing(member).reads_for:
        return Allowed()
    return secretariat_only(
        member, _("Highlights are read by their own agency until the report is published.")
    )


def can_edit_highlight(member: Any, highlight: Highlight | None = None) -> Decision:
    """The secretariat writes and edits highlights; `None` is one that is to be added."""
    return secretariat_only(member, _("Only the secretariat edits highlights."))
