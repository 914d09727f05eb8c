"""Comments become public with the issued text, and words that should not be read are hidden."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isecg.access import WrongMoment, require
from isecg.audit.services import record
from isecg.markdown import printable
from members.models import acting
from recommendations import workflow
from recommendations.models import Comment, Recommendation
from recommendations.permissions import dispositions as permissions
from recommendations.services.checks import said

TO_TABLE = gettext_lazy("To the comments")


@transaction.atomic
def publish_comments(
    recommendation: Recommendation,
    *,
    by: Any,
    comments: Iterable[Comment],
    now: dt.datetime | None = None,
) -> list[Comment]:
    """Let everybody read the chosen comments with their verdicts ("You said, we did"); returns those that
    were not public before. Writes an event for each. Nobody is told.

    Nothing is published if one is refused: raises PermissionDenied (also for a comment that is not the
    agency's word), WrongMoment (the text is not public, or verdicts are not released), ValidationError
    (none chosen).
    """
    current, now = workflow.lock(recommendation, now)
    require(permissions.can_publish_comments(acting(by, now), current))
    if not current.is_public(now):
        raise WrongMoment(_("Comments become public with the issued text, not before."), _table(current))
    chosen = {each.pk for each in comments}
    if not chosen:
        raise ValidationError(_("Choose the comments that become public."))
    found = list(_submitted(current).filter(pk__in=chosen))
    if len(found) != len(chosen):
        raise PermissionDenied(_("One of these comments was not submitted here; nothing was published."))
    if any(not _released(each, now) for each in found):
        words = _("A comment becomes public with its verdict: release the verdicts first.")
        raise WrongMoment(words, _table(current))
    return [_publish(each, by, now) for each in found if each.published_at is None]


@transaction.atomic
def redact_comment(comment: Comment, *, by: Any, reason: str, now: dt.datetime | None = None) -> Comment:
    """Hide the words of a submitted comment from everybody but its own agency; pages, exports and searches
    show "redacted" and the reason instead. Writes an event, without the words.

    Raises PermissionDenied, WrongMoment (redacted already, or not submitted), ValidationError (no reason).
    """
    current, now = workflow.lock(comment.consultation.recommendation, now)
    by = acting(by, now)
    require(permissions.can_redact_comment(by, comment))
    rows = Comment.objects.select_for_update(of=("self",)).select_related("agency")
    found = rows.submitted().filter(pk=comment.pk).first()
    if found is None or found.redacted_at is not None:
        raise WrongMoment(_("Only a submitted comment can be redacted, and only once."), _table(current))
    found.redacted_at = now
    found.redaction_reason = said(printable(reason), _("Say why: it stands where the words were."))
    found.clean_fields(exclude={"author", "submitted_by", "consultation", "agency"})
    found.save(update_fields=["redacted_at", "redaction_reason"])
    record(by=by, verb="redact_comment", what=found, why=found.redaction_reason)
    return found


def _submitted(recommendation: Recommendation) -> Any:
    rows = Comment.objects.select_for_update(of=("self",)).submitted()
    rows = rows.filter(consultation__recommendation=recommendation, consultation__recalled_at=None)
    return rows.select_related("consultation", "agency", "disposition")


def _released(comment: Comment, now: dt.datetime) -> bool:
    released = comment.consultation.released_at
    return hasattr(comment, "disposition") and released is not None and released <= now


def _publish(comment: Comment, by: Any, now: dt.datetime) -> Comment:
    comment.published_at = now
    comment.save(update_fields=["published_at"])
    record(by=by, verb="publish_comments", what=comment, changes={"published_at": [None, now]})
    return comment


def _table(recommendation: Recommendation) -> tuple[Any, str]:
    return TO_TABLE, reverse("recommendations:comments", args=[recommendation.number])
