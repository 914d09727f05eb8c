"""Who may take the steps of a recommendation; the answer carries its reason.

Persons only: whether it is the moment for the step is the table's (`recommendations.workflow`).
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from isecg.access import Allowed, Decision, Denied, Sentence, secretariat_only, standing
from recommendations.models import Recommendation, SilenceProcedure


def can_draft(by: Any) -> Decision:
    """The secretariat drafts; the number is reserved with the draft."""
    return secretariat_only(by, _("Only the secretariat drafts recommendations."))


def can_revise(by: Any, recommendation: Recommendation) -> Decision:
    """The secretariat freezes the working text as the next revision."""
    return secretariat_only(by, _("Only the secretariat makes revisions."))


def can_circulate(by: Any, recommendation: Recommendation) -> Decision:
    """The secretariat asks the agencies."""
    return secretariat_only(by, _("Only the secretariat circulates recommendations."))


def can_extend(by: Any, recommendation: Recommendation) -> Decision:
    """The secretariat moves a deadline."""
    return secretariat_only(by, _("Only the secretariat extends a consultation."))


def can_close(by: Any, recommendation: Recommendation) -> Decision:
    """The secretariat ends a consultation before its deadline."""
    return secretariat_only(by, _("Only the secretariat closes a consultation early."))


def can_accept_late(by: Any, recommendation: Recommendation) -> Decision:
    """The secretariat lets one agency comment after the deadline."""
    return secretariat_only(by, _("Only the secretariat accepts late comments."))


def can_dispose(by: Any, recommendation: Recommendation) -> Decision:
    """The secretariat decides what becomes of comments."""
    return secretariat_only(by, _("Only the secretariat decides on comments."))


def can_start_silence(by: Any, recommendation: Recommendation) -> Decision:
    """The secretariat puts a text under silence."""
    return secretariat_only(by, _("Only the secretariat starts a silence procedure."))


def can_object(by: Any, recommendation: Recommendation) -> Decision:
    """Who speaks for an agency that the silence procedure asks."""
    return _asked_in_silence(
        by,
        recommendation,
        _("Only the head of delegation or an alternate can object for an agency."),
    )


def can_withdraw_objection(by: Any, recommendation: Recommendation) -> Decision:
    """Who speaks for an agency that the silence procedure asks."""
    return _asked_in_silence(
        by,
        recommendation,
        _("Only the head of delegation or an alternate can withdraw an agency's objection."),
    )


def can_state_position(by: Any, recommendation: Recommendation) -> Decision:
    """Who speaks for an agency that the silence procedure asks."""
    return _asked_in_silence(
        by,
        recommendation,
        _("Only the head of delegation or an alternate states an agency's position."),
    )


def can_conclude(by: Any, recommendation: Recommendation) -> Decision:
    """The secretariat writes down how a silence procedure ended."""
    return secretariat_only(by, _("Only the secretariat concludes a silence procedure."))


def can_approve(by: Any, recommendation: Recommendation) -> Decision:
    """The chair: the head of delegation of the agency that chairs on the day."""
    if standing(by).chairs:
        return Allowed()
    return Denied(_("Only the chair approves what is issued: the head of delegation of the chairing agency."))


def can_issue(by: Any, recommendation: Recommendation) -> Decision:
    """The secretariat, or the chair whose approval it rests on."""
    if standing(by).chairs:
        return Allowed()
    return secretariat_only(by, _("Only the secretariat or the chair issues a recommendation."))


def can_recall(by: Any, recommendation: Recommendation) -> Decision:
    """Whoever may take the step that is being held."""
    return _of_held_step(by, recommendation, _("Only who may take the step can recall it."))


def can_send_now(by: Any, recommendation: Recommendation) -> Decision:
    """Whoever may take the step that is being held."""
    return _of_held_step(by, recommendation, _("Only who may take the step can end its wait."))


def can_supersede(by: Any, recommendation: Recommendation) -> Decision:
    """The secretariat says which later recommendation takes the place of an issued one."""
    return secretariat_only(by, _("Only the secretariat marks a recommendation as superseded."))


def can_withdraw(by: Any, recommendation: Recommendation) -> Decision:
    """Taking back what is public is kept to administrators."""
    if standing(by).administrator:
        return Allowed()
    return Denied(_("Only an administrator of the secretariat withdraws an issued recommendation."))


def can_abandon(by: Any, recommendation: Recommendation) -> Decision:
    """The secretariat gives a draft up."""
    return secretariat_only(by, _("Only the secretariat abandons a recommendation."))


def can_speak_for(by: Any, agency_id: int) -> Decision:
    """Head of delegation or alternate of this very agency."""
    if agency_id in standing(by).speaks_for:
        return Allowed()
    return Denied(_("Only this agency's head of delegation or an alternate speaks for it."))


def _asked_in_silence(by: Any, recommendation: Recommendation, otherwise: Sentence) -> Decision:
    speaks_for = standing(by).speaks_for
    if not speaks_for:
        return Denied(otherwise)
    latest = SilenceProcedure.objects.filter(recommendation=recommendation, recalled_at__isnull=True).first()
    if latest and not latest.agencies.filter(pk__in=speaks_for).exists():
        return Denied(_("Your agency is not asked in this silence procedure."))
    return Allowed()


def _of_held_step(by: Any, recommendation: Recommendation, otherwise: Sentence) -> Decision:
    if recommendation.issued_at and standing(by).chairs:
        return Allowed()
    return secretariat_only(by, otherwise)
