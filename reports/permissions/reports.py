"""Who may take the steps of a report; the answer carries its reason."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from isecg.access import Decision, administrators_only, secretariat_only
from reports.models import AnnualReport


def can_open_report(member: Any) -> Decision:
    """The secretariat opens the report of a year."""
    return secretariat_only(member, _("Only the secretariat opens the report of a year."))


def can_edit_report(member: Any, report: AnnualReport) -> Decision:
    """The secretariat puts the report together."""
    return secretariat_only(member, _("Only the secretariat puts the report together."))


def can_render(member: Any, report: AnnualReport) -> Decision:
    """The secretariat makes PDFs, of drafts and of published reports alike."""
    return secretariat_only(member, _("Only the secretariat makes the PDF of a report."))


def can_publish(member: Any, report: AnnualReport) -> Decision:
    """The secretariat publishes an edition."""
    return secretariat_only(member, _("Only the secretariat publishes a report."))


def can_withdraw(member: Any, report: AnnualReport) -> Decision:
    """Taking back what is public is kept to administrators."""
    return administrators_only(
        member, _("Only an administrator of the secretariat takes a published report back.")
    )
