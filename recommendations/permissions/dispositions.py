"""Who may do what with verdicts and with what becomes of comments; every no is a sentence fit to show.

That the secretariat decides is `permissions.steps.can_dispose`: a row of the workflow's table.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from isecg.access import Allowed, Decision, Denied, administrators_only, secretariat_only, standing
from recommendations.models import Comment, Consultation, Disposition, Recommendation


def can_apply(by: Any, comment: Comment) -> Decision:
    """The secretariat puts agreed words into the working text."""
    return secretariat_only(by, _("Only the secretariat changes the text."))


def can_withdraw_verdict(by: Any, disposition: Disposition) -> Decision:
    """Whoever decides may take a verdict back."""
    return secretariat_only(by, _("Only the secretariat decides on comments."))


def can_release_verdicts(by: Any, consultation: Consultation) -> Decision:
    """What agencies are told is kept to administrators."""
    return administrators_only(by, _("Only an administrator of the secretariat releases verdicts."))


def can_answer_verdict(by: Any, disposition: Disposition) -> Decision:
    """Who speaks for the agency whose comment it is."""
    if disposition.comment.agency_id in standing(by).speaks_for:
        return Allowed()
    return Denied(_("Only the head of delegation or an alternate of the agency answers its verdicts."))


def can_publish_comments(by: Any, recommendation: Recommendation) -> Decision:
    """What becomes public is kept to administrators."""
    return administrators_only(by, _("Only an administrator of the secretariat publishes comments."))


def can_redact_comment(by: Any, comment: Comment) -> Decision:
    """Hiding an agency's words is kept to administrators."""
    return administrators_only(by, _("Only an administrator of the secretariat redacts a comment."))


def can_explain(by: Any, recommendation: Recommendation) -> Decision:
    """The secretariat says why the text and the verdicts differ."""
    return secretariat_only(by, _("Only the secretariat explains what the promise check found."))
