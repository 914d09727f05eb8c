"""Who may do what with the agencies' answers; the answer carries its reason.

Persons only: whether it is the moment is `recommendations.queries.responses`.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from isecg.access import Allowed, Decision, Denied, administrators_only, secretariat_only, standing
from recommendations.models import Recommendation, Response


def can_respond(by: Any, recommendation: Recommendation) -> Decision:
    """Who writes for an agency, addressed or not: answering is voluntary."""
    if standing(by).writes_for:
        return Allowed()
    return Denied(_("Agencies answer recommendations: their delegates write, their heads submit."))


def can_edit_response(by: Any, response: Response) -> Decision:
    """Who writes for the agency; nobody else, the secretariat included."""
    if response.agency_id in standing(by).writes_for:
        return Allowed()
    return Denied(_("Only delegates of the agency itself write its answer."))


def can_remove_response(by: Any, response: Response) -> Decision:
    """Whoever may edit a draft may throw it away."""
    return can_edit_response(by, response)


def can_submit_response(by: Any, response: Response) -> Decision:
    """Who speaks for the agency."""
    if response.agency_id in standing(by).speaks_for:
        return Allowed()
    return Denied(_("Only the head of delegation or an alternate submits the agency's answer."))


def can_return_response(by: Any, response: Response) -> Decision:
    """The secretariat."""
    return secretariat_only(by, _("Only the secretariat returns an answer to the agency."))


def can_release_response(by: Any, response: Response) -> Decision:
    """What everybody reads is kept to administrators."""
    return administrators_only(by)


def can_retract_response(by: Any, response: Response) -> Decision:
    """Taking back what is public is kept to administrators."""
    return administrators_only(by)
