"""Who may change what is known of agencies and the chair: the secretariat. Everybody may read it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from agencies.models import Activity, ChairTerm
from isecg.access import Decision, Denied, administrators_only, secretariat_only


def can_edit(by: Any, record: Any = None) -> Decision:
    """Add and edit agencies, names, memberships, chair terms, declines and swaps; hand over the chair."""
    return secretariat_only(by)


def can_edit_activity(by: Any, activity: Activity | None = None) -> Decision:
    """The secretariat writes down missions and programmes; `None` is one that is to be added."""
    return secretariat_only(by, _("Only the secretariat keeps the list of activities."))


def can_remove(by: Any, term: ChairTerm) -> Decision:
    """Editors may undo the newest term; within the history only administrators remove."""
    if not can_edit(by) or administrators_only(by) or term.is_newest:
        return can_edit(by)
    return Denied(
        _("Other terms follow this one, so only an administrator of the secretariat may remove it.")
    )
