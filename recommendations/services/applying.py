"""Agreed words are put into the working text."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isecg.access import WrongMoment, require
from isecg.audit.services import record
from isecg.versions import lock
from members.models import acting
from recommendations import applying, workflow
from recommendations.models import Comment, Disposition, Recommendation, Verdict
from recommendations.permissions import dispositions as permissions
from recommendations.queries.comments import stands
from recommendations.queries.steps import newest_revision
from recommendations.queries.texts import before
from recommendations.services.texts import write

APPLIED = (Verdict.ACCEPTED, Verdict.CHANGED)
TO_TEXT = gettext_lazy("To the text")


@transaction.atomic
def apply(comment: Comment, *, by: Any, version: int, now: dt.datetime | None = None) -> Recommendation:
    """Put the words that were agreed into the working text, where the comment's paragraph is now.

    `version` is the working text's as it was shown. Writes an event. Raises PermissionDenied, Stale (the
    text was written meanwhile), WrongMoment (not accepted, its place is lost, its words are not found
    exactly, or the text is no longer being written), ValidationError (the text would be too long).
    """
    _current, now = workflow.lock(comment.consultation.recommendation, now)
    require(permissions.can_apply(acting(by, now), comment))
    recommendation = lock(comment.consultation.recommendation, version)
    applied = preview(comment, recommendation)
    recommendation = write(recommendation, by=by, version=version, text=applied.text, now=now)
    record(by=by, verb="apply", what=comment, changes={"text": [applied.before, applied.after]})
    return recommendation


def preview(comment: Comment, recommendation: Recommendation) -> applying.Applied:
    """What `apply` would write. Raises WrongMoment; where words are missing, with what stands there."""
    comment = Comment.objects.select_related("consultation", "agency", "disposition").get(pk=comment.pk)
    disposition = getattr(comment, "disposition", None)
    if disposition is None or disposition.verdict not in APPLIED:
        raise _cannot(recommendation, _("Only words that were accepted are put into the text."))
    if comment.redacted_at is not None:
        raise _cannot(recommendation, _("The words of this comment are redacted: write the text by hand."))
    old, new = words_of(disposition)
    if not (old or new):
        raise _cannot(recommendation, _("This comment proposes no wording: write the text by hand."))
    key = _place(comment, recommendation)
    around = (comment.prefix, comment.suffix)
    try:
        return applying.put(recommendation.text, before(recommendation), key, old=old, new=new, around=around)
    except applying.CannotApply as error:
        raise _cannot(recommendation, _sentence(error, old)) from error


def words_of(disposition: Disposition) -> tuple[str, str]:
    """The words that go and those that come: what the agency proposed, or the text that was agreed."""
    comment = disposition.comment
    new = disposition.text if disposition.verdict == Verdict.CHANGED else comment.to_text
    return comment.from_text or (comment.quote if new else ""), new


def _place(comment: Comment, recommendation: Recommendation) -> str:
    """The paragraph's key in the newest revision."""
    if not comment.key:
        raise _cannot(recommendation, _("The comment is on the whole text: write it by hand."))
    newest = newest_revision(recommendation)
    key = stands([comment], newest)[comment.pk].place.key if newest else ""
    if not key:
        words = _("The comment's place is lost: say first where it belongs.")
        raise WrongMoment(
            words,
            (
                _("Place it"),
                reverse("recommendations:place_comment", args=[recommendation.number, comment.pk]),
            ),
        )
    return key


def _sentence(error: applying.CannotApply, old: str) -> str:
    """Why not, and what stands where the words were looked for."""
    part = error.paragraph
    named = {
        "number": part.number or part.role if part else "",
        "old": old,
        "reads": part.text if part else "",
    }
    return SENTENCES[error.why] % named


SENTENCES = {
    applying.Why.GONE: gettext_lazy("The paragraph does not stand in the working text any more."),
    applying.Why.ABSENT: gettext_lazy(
        "“%(old)s” is not found exactly in paragraph %(number)s. It reads: “%(reads)s”"
    ),
    applying.Why.TWICE: gettext_lazy(
        "“%(old)s” stands more than once in paragraph %(number)s: write it by hand. It reads: “%(reads)s”"
    ),
    applying.Why.WHOLE: gettext_lazy(
        "Nothing would be left of paragraph %(number)s: take it out by hand. It reads: “%(reads)s”"
    ),
    applying.Why.DONE: gettext_lazy(
        "The agreed words stand in paragraph %(number)s already. It reads: “%(reads)s”"
    ),
}


def _cannot(recommendation: Recommendation, words: str) -> WrongMoment:
    return WrongMoment(words, (TO_TEXT, reverse("recommendations:write", args=[recommendation.number])))
