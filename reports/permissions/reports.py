"""Who may take the steps of a report; the answer carries its reason.

Persons only: whether it is the moment for the step is the table's (`reports.workflow`).
"""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import ChairTerm
from isecg.access import Allowed, Decision, Denied, administrators_only, secretariat_only, standing
from members.models import Mandate, Role
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


def can_collect(member: Any, report: AnnualReport) -> Decision:
    """The secretariat asks the agencies."""
    return secretariat_only(member, _("Only the secretariat asks agencies for their part of a report."))


def can_edit_texts(member: Any, report: AnnualReport) -> Decision:
    """The secretariat ends the collecting."""
    return secretariat_only(member, _("Only the secretariat ends the collecting."))


def can_collect_again(member: Any, report: AnnualReport) -> Decision:
    """The secretariat begins the collecting once more."""
    return secretariat_only(member, _("Only the secretariat begins the collecting again."))


def can_ask_to_confirm(member: Any, report: AnnualReport) -> Decision:
    """The secretariat sends the draft round."""
    return secretariat_only(member, _("Only the secretariat asks agencies to confirm their part."))


def can_edit_again(member: Any, report: AnnualReport) -> Decision:
    """The secretariat, or the chair who is to approve it."""
    if standing(member).chairs:
        return Allowed()
    return secretariat_only(member, _("Only the secretariat or the chair sends a report back to editing."))


def can_approve(member: Any, report: AnnualReport) -> Decision:
    """The chair: the head of delegation of the agency that chairs on the day.

    Where nobody is known to chair, an administrator of the secretariat, who says why.
    """
    if standing(member).chairs:
        return Allowed()
    if chair_is_known():
        words = _("Only the chair approves a report: the head of delegation of the chairing agency.")
        return Denied(words)
    words = _("Nobody is known to chair today: only an administrator of the secretariat approves the report.")
    return administrators_only(member, words)


def chair_is_known() -> bool:
    """Whether somebody with an account heads the delegation of the agency that chairs today."""
    today = timezone.now().date()
    chairing = ChairTerm.objects.on(today).values("agency")
    heads = Mandate.objects.on(today).filter(role=Role.HEAD, agency__in=chairing)
    return heads.filter(member__is_active=True).exists()


def can_publish(member: Any, report: AnnualReport) -> Decision:
    """The secretariat publishes what the chair approved."""
    return secretariat_only(member, _("Only the secretariat publishes a report."))


def can_correct(member: Any, report: AnnualReport) -> Decision:
    """The secretariat publishes corrections."""
    return secretariat_only(member, _("Only the secretariat corrects a published report."))


def can_recall(member: Any, report: AnnualReport) -> Decision:
    """Who may publish takes a publication back before readers see it."""
    return secretariat_only(member, _("Only who may take the step can recall it."))


def can_send_now(member: Any, report: AnnualReport) -> Decision:
    """Who may publish ends the wait."""
    return secretariat_only(member, _("Only who may take the step can end its wait."))


def can_withdraw(member: Any, report: AnnualReport) -> Decision:
    """Taking back what is public is kept to administrators."""
    words = _("Only an administrator of the secretariat takes a published report back.")
    return administrators_only(member, words)
