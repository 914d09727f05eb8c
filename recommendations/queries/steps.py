"""Where a recommendation stands: its consultation, its silence procedure, what was approved and issued."""

import datetime as dt

from django.db.models import Q

from recommendations.models import (
    Approval,
    Consultation,
    Issue,
    Recommendation,
    Revision,
    SilenceProcedure,
    State,
)


def newest_revision(recommendation: Recommendation) -> Revision | None:
    """The revision with the highest number; None before the first."""
    return Revision.objects.filter(recommendation=recommendation).order_by("-number").first()


def last_shown(recommendation: Recommendation, before: Revision) -> Revision | None:
    """The newest revision before `before` that agencies were asked about: what they have read so far."""
    of_it = Q(consultations__recalled_at__isnull=True, consultations__isnull=False)
    of_it |= Q(silence_procedures__recalled_at__isnull=True, silence_procedures__isnull=False)
    rows = Revision.objects.filter(of_it, recommendation=recommendation, number__lt=before.number)
    return rows.order_by("-number").first()


def consultation_of(recommendation: Recommendation) -> Consultation | None:
    """The latest consultation that was not recalled; None before the first."""
    return Consultation.objects.filter(recommendation=recommendation, recalled_at__isnull=True).first()


def silence_of(recommendation: Recommendation) -> SilenceProcedure | None:
    """The latest silence procedure that was not recalled; None before the first."""
    rows = SilenceProcedure.objects.filter(recommendation=recommendation, recalled_at__isnull=True)
    return rows.prefetch_related("objections").first()


def approval_of(recommendation: Recommendation, silence: SilenceProcedure | None = None) -> Approval | None:
    """The chair's approval of the text that silence agreed to; None while there is none.

    `silence` is the procedure where it is at hand.
    """
    silence = silence or silence_of(recommendation)
    if silence is None:
        return None
    return Approval.objects.filter(recommendation=recommendation, revision=silence.revision_id).first()


def issue_of(recommendation: Recommendation) -> Issue | None:
    """What was issued; None for what is not issued (any more: an issue may have been recalled)."""
    if recommendation.issued_at is None:
        return None
    return Issue.objects.filter(recommendation=recommendation, at=recommendation.issued_at).first()


def effect_of(recommendation: Recommendation) -> dt.datetime | None:
    """The instant from which on others can notice the step that brought it into its state.

    None in states that nobody waits for. Until that instant the step can be recalled.
    """
    if recommendation.state == State.IN_CONSULTATION:
        consultation = consultation_of(recommendation)
        return consultation.opens_at if consultation else None
    if recommendation.state == State.UNDER_SILENCE:
        silence = silence_of(recommendation)
        return silence.starts_at if silence else None
    return recommendation.issued_at if recommendation.state == State.ISSUED else None
