"""Who may read and write highlights; the answer carries its reason."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from isecg.access import Allowed, Decision, Denied, secretariat_only, standing
from reports.models import Highlight


def can_read_highlight(member: Any, highlight: Highlight) -> Decision:
    """Everybody who holds a role in the highlight's agency; the secretariat, once it was submitted."""
    if highlight.agency_id in standing(member).reads_for:
        return Allowed()
    otherwise = _("Highlights are read by their own agency until the report is published.")
    return Denied(otherwise) if highlight.inside_agency else secretariat_only(member, otherwise)


def can_edit_highlight(member: Any, highlight: Highlight | None = None) -> Decision:
    """The delegation what is inside its agency, the secretariat what was submitted; `None` is one that the
    secretariat is to add."""
    if highlight is not None and highlight.inside_agency:
        if highlight.agency_id in standing(member).writes_for:
            return Allowed()
        return Denied(_("Only the delegation of an agency edits what it has not submitted."))
    return secretariat_only(
        member,
        _("Only the secretariat edits highlights once they are submitted; your agency sees each change."),
    )
