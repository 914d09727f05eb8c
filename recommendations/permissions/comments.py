"""Who writes, submits, withdraws and places comments; the answer carries its reason.

Persons only: whether the consultation is open for them is `recommendations.queries.comments.window`.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from isecg.access import Allowed, Decision, Denied, secretariat_only, standing
from recommendations.models import Comment, Consultation


def can_add_comment(by: Any, consultation: Consultation, agency: Agency) -> Decision:
    """Who writes for an agency that was asked."""
    if agency.pk not in standing(by).writes_for:
        return Denied(_("Only the delegation of an agency comments for it."))
    return _asked(consultation, agency)


def can_edit_comment(by: Any, comment: Comment) -> Decision:
    """Everybody who writes for its agency: a working note belongs to the delegation."""
    if comment.agency_id in standing(by).writes_for:
        return Allowed()
    return Denied(_("Only the delegation of an agency edits its working notes."))


def can_remove_comment(by: Any, comment: Comment) -> Decision:
    """Everybody who may edit it."""
    return can_edit_comment(by, comment)


def can_submit(by: Any, consultation: Consultation, agency: Agency) -> Decision:
    """The head of delegation or an alternate of an agency that was asked."""
    if agency.pk not in standing(by).speaks_for:
        return Denied(_("Only the head of delegation or an alternate submits an agency's comments."))
    return _asked(consultation, agency)


def can_withdraw_comment(by: Any, comment: Comment) -> Decision:
    """The head of delegation or an alternate of its agency."""
    if comment.agency_id in standing(by).speaks_for:
        return Allowed()
    return Denied(_("Only the agency's head of delegation or an alternate withdraws its comments."))


def can_place_comment(by: Any, comment: Comment) -> Decision:
    """The secretariat decides where a comment belongs whose words are gone."""
    return secretariat_only(by, _("Only the secretariat decides where a lost comment belongs."))


def _asked(consultation: Consultation, agency: Agency) -> Decision:
    if consultation.agencies.filter(pk=agency.pk).exists():
        return Allowed()
    return Denied(_("Your agency is not asked in this consultation."))
