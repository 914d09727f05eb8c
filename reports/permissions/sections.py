"""Who does what with the sections of a report; the answer carries its reason."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from isecg.access import Allowed, Decision, secretariat_only, standing
from reports.models import AnnualReport, Section


def can_read_sections(member: Any, report: AnnualReport) -> Decision:
    """The secretariat sees where every section stands."""
    return secretariat_only(member, _("Only the secretariat sees all sections of a report in the making."))


def can_add_section(member: Any, report: AnnualReport) -> Decision:
    """The secretariat decides which sections a report has."""
    return secretariat_only(member, _("Only the secretariat adds a section."))


def can_edit_section(member: Any, section: Section) -> Decision:
    """The secretariat, and the delegate who owns the section."""
    if _owns(member, section):
        return Allowed()
    return secretariat_only(member, _("Only its owner and the secretariat write a section."))


def can_remove_section(member: Any, section: Section) -> Decision:
    """The secretariat decides which sections a report has."""
    return secretariat_only(member, _("Only the secretariat takes a section out."))


def can_review_section(member: Any, section: Section) -> Decision:
    """The secretariat, and the delegate who owns the section."""
    if _owns(member, section):
        return Allowed()
    return secretariat_only(member, _("Only its owner and the secretariat review a section."))


def _owns(member: Any, section: Section) -> bool:
    """An owner who writes for no agency any longer owns nothing."""
    return section.owner_id == getattr(member, "pk", None) and bool(standing(member).writes_for)
