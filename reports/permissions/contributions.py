"""Who does what with an agency's part of a report; the answer carries its reason.

Persons only: whether it is the moment is `reports.queries.contributions`.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from isecg.access import Allowed, Decision, Denied, secretariat_only, standing
from reports.models import AnnualReport, Contribution


def can_collect_from(member: Any, report: AnnualReport) -> Decision:
    """The secretariat sees where every agency stands."""
    return secretariat_only(member, _("Only the secretariat sees the whole collection."))


def can_write_highlight(member: Any, contribution: Contribution) -> Decision:
    """Everybody who writes for the agency."""
    if contribution.agency_id in standing(member).writes_for:
        return Allowed()
    return Denied(_("Only the delegation of an agency writes its highlights."))


def can_submit_contribution(member: Any, contribution: Contribution) -> Decision:
    """The head of delegation or an alternate."""
    otherwise = _("Only the head of delegation or an alternate submits an agency's highlights.")
    return _speaking(member, contribution, otherwise)


def can_take_back_contribution(member: Any, contribution: Contribution) -> Decision:
    """The head of delegation or an alternate."""
    otherwise = _("Only the head of delegation or an alternate takes back what the agency submitted.")
    return _speaking(member, contribution, otherwise)


def can_confirm_contribution(member: Any, contribution: Contribution) -> Decision:
    """The head of delegation or an alternate."""
    otherwise = _("Only the head of delegation or an alternate confirms an agency's text.")
    return _speaking(member, contribution, otherwise)


def can_extend_contribution(member: Any, contribution: Contribution) -> Decision:
    """The secretariat gives an agency more time."""
    return secretariat_only(member, _("Only the secretariat gives an agency more time."))


def can_ask_agency(member: Any, report: AnnualReport) -> Decision:
    """The secretariat says who is asked."""
    return secretariat_only(member, _("Only the secretariat says which agencies are asked."))


def can_leave_out(member: Any, contribution: Contribution) -> Decision:
    """The secretariat says who is asked."""
    return secretariat_only(member, _("Only the secretariat says which agencies are asked."))


def can_remind(member: Any, report: AnnualReport) -> Decision:
    """The secretariat reminds."""
    return secretariat_only(member, _("Only the secretariat reminds the agencies."))


def _speaking(member: Any, contribution: Contribution, otherwise: Any) -> Decision:
    speaks = contribution.agency_id in standing(member).speaks_for
    return Allowed() if speaks else Denied(otherwise)
