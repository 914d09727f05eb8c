"""Deciding what becomes of comments, releasing the verdicts, and what agencies answer to them."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isecg.access import WrongMoment, require
from isecg.audit.services import record
from isecg.mail.services import post
from isecg.markdown import printable
from isecg.versions import Stale, change, store
from members.models import acting
from recommendations import workflow
from recommendations.models import (
    ENDED,
    WAS_ISSUED,
    Comment,
    Consultation,
    Disposition,
    Phase,
    Recommendation,
    Satisfaction,
    Verdict,
)
from recommendations.permissions import dispositions as permissions
from recommendations.queries import audiences
from recommendations.queries.dispositions import undecided, undecided_words
from recommendations.services.checks import said

TO_TABLE = gettext_lazy("To the comments")


@transaction.atomic
def dispose(
    comments: Iterable[Comment],
    *,
    by: Any,
    verdict: str,
    text: str = "",
    reason: str = "",
    target: str = "",
    duplicate_of: Comment | None = None,
    versions: Mapping[int, int] | None = None,
    now: dt.datetime | None = None,
) -> list[Disposition]:
    """Give one or several comments of one recommendation the same verdict; returns them in their order.

    `versions` is {comment's pk: the version of its verdict that was shown}; a comment that is not named had
    none. Writes an event for each. Nobody is told until the verdicts are released. Nothing is saved if one
    of them is refused: raises PermissionDenied (also for a comment that is not the agency's word yet, or
    not any more), WrongMoment (too early, too late, released), Stale (another editor decided meanwhile),
    ValidationError (a verdict without what it obliges to say).
    """
    chosen = list(comments)
    step = workflow.begin(_recommendation_of(chosen), "dispose", by=by, now=now)
    locked = _locked(chosen, step.rec)
    decision = _decision(verdict, text, reason, target, duplicate_of, locked)
    current = _dispositions(locked)
    seen = versions or {}
    for comment in locked:
        _as_shown(comment, current.get(comment.pk), seen.get(comment.pk, 0))
        _not_released(current.get(comment.pk), comment.consultation, step.now)
    before = _versions_before([each.pk for each in locked])
    return [_decide(each, current.get(each.pk), decision, before.get(each.pk, 0), step) for each in locked]


@transaction.atomic
def withdraw_verdict(
    disposition: Disposition, *, by: Any, version: int, now: dt.datetime | None = None
) -> Comment:
    """Take a verdict back before it is released: the comment is undecided again. Returns the comment.

    Raises PermissionDenied, WrongMoment (released, or the text has gone on), Stale.
    """
    step = workflow.begin(disposition.comment.consultation.recommendation, "dispose", by=by, now=now)
    require(permissions.can_withdraw_verdict(step.by, disposition))
    comment = _locked([disposition.comment], step.rec)[0]
    current = _dispositions([comment]).get(comment.pk)
    _as_shown(comment, current, version)
    if current is not None:
        _not_released(current, comment.consultation, step.now)
        changes = {"verdict": [current.verdict, ""]}
        record(by=step.by, verb="withdraw_verdict", what=comment, why=current.reason, changes=changes)
        current.delete()
    return comment


@transaction.atomic
def release_verdicts(consultation: Consultation, *, by: Any, now: dt.datetime | None = None) -> Consultation:
    """Show the agencies the verdicts of a consultation, all in one step; from then on they stand.

    Mails who writes for an agency that commented. Raises PermissionDenied, WrongMoment (still open, released
    already, or a comment is undecided: the sentence names them).
    """
    recommendation, now = workflow.lock(consultation.recommendation, now)
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    by = acting(by, now)
    require(permissions.can_release_verdicts(by, consultation))
    _can_be_released(recommendation, consultation, now)
    consultation.released_at = now
    consultation.save(update_fields=["released_at"])
    submitted = Comment.objects.submitted().filter(consultation=consultation)
    agencies = consultation.agencies.filter(pk__in=submitted.values("agency"))
    changes = {"released_at": [None, now]}
    record(by=by, verb="release_verdicts", what=recommendation, changes=changes)
    to = audiences.writers(recommendation, now, agencies=agencies)
    post("verdicts_released", to=to, about=recommendation, consultation=consultation)
    return consultation


@transaction.atomic
def answer_verdict(
    disposition: Disposition,
    *,
    by: Any,
    satisfied: bool,
    because: str = "",
    now: dt.datetime | None = None,
) -> Satisfaction:
    """The agency says of a released verdict that it is satisfied, or not, because. The last answer counts.

    Raises PermissionDenied, WrongMoment (not released yet, or the text is issued), ValidationError (no
    reason).
    """
    comment = disposition.comment
    recommendation, now = workflow.lock(comment.consultation.recommendation, now)
    by = acting(by, now)
    require(permissions.can_answer_verdict(by, disposition))
    released = Consultation.objects.get(pk=comment.consultation_id).released_at
    if released is None or released > now:
        raise WrongMoment(_("The verdicts have not been released yet."), _table(recommendation))
    if recommendation.state in (*WAS_ISSUED, *ENDED):
        raise WrongMoment(_("The text is final; answers were taken until then."), _table(recommendation))
    why = "" if satisfied else said(because, _("Say why your agency is not satisfied."), "because")
    current = Satisfaction.objects.select_for_update().filter(disposition=disposition).first()
    answer = current or Satisfaction(disposition=disposition)
    changes = {"satisfied": [current.satisfied if current else None, satisfied]}
    answer.satisfied, answer.because, answer.by = satisfied, why, by
    store(answer)
    behalf = str(comment.agency)
    record(by=by, verb="answer_verdict", what=comment, on_behalf_of=behalf, why=why, changes=changes)
    return answer


def _recommendation_of(comments: Sequence[Comment]) -> Recommendation:
    """The one they are all about. Raises ValidationError for none or two."""
    found = {each.consultation.recommendation_id: each.consultation.recommendation for each in comments}
    if len(found) != 1:
        raise ValidationError(_("Choose comments on one recommendation."))
    return next(iter(found.values()))


def _locked(comments: Sequence[Comment], recommendation: Recommendation) -> list[Comment]:
    """The comments as they stand, locked. Raises PermissionDenied if one is not to be decided on."""
    rows = Comment.objects.select_for_update(of=("self",), no_key=True)
    mine = rows.filter(pk__in=[each.pk for each in comments]).select_related("consultation", "agency")
    mine = mine.order_by("consultation", "agency", "number")
    found = list(mine.submitted().filter(consultation__recommendation=recommendation))
    if len(found) != len({each.pk for each in comments}):
        words = _("One of these comments is not, or no longer, submitted by its agency; nothing was saved.")
        raise PermissionDenied(words)
    return found


def _dispositions(comments: Sequence[Comment]) -> dict[int, Disposition]:
    rows = Disposition.objects.select_for_update(of=("self",)).filter(comment__in=comments)
    return {each.comment_id: each for each in rows}


def _as_shown(comment: Comment, current: Disposition | None, version: int) -> None:
    """Raises Stale if the verdict is another than the one that was shown; 0 is none."""
    if (current.version if current else 0) != version:
        raise Stale(current or Disposition(comment=comment, version=0))


def _not_released(current: Disposition | None, consultation: Consultation, now: dt.datetime) -> None:
    """A verdict stands from its release on; what was not decided then (a late comment) can still be."""
    released = consultation.released_at
    if current is not None and released is not None and released <= now:
        words = _("The verdicts have been released to the agencies: they stand.")
        raise WrongMoment(words, _table(consultation.recommendation))


def _decision(
    verdict: str,
    text: str,
    reason: str,
    target: str,
    duplicate_of: Comment | None,
    comments: Sequence[Comment],
) -> dict[str, Any]:
    """The fields of the verdict. Raises ValidationError for what belongs to another verdict."""
    decision = {
        "verdict": verdict,
        "text": printable(text).strip(),
        "reason": printable(reason).strip(),
        "target": printable(target).strip(),
        "duplicate_of": duplicate_of,
    }
    if decision["text"] and verdict != Verdict.CHANGED:
        raise ValidationError({"text": _("An agreed text belongs to “accepted with change”.")})
    if decision["target"] and verdict != Verdict.DEFERRED:
        raise ValidationError({"target": _("A target belongs to “deferred”.")})
    if duplicate_of is not None:
        _refuse_chains(duplicate_of, comments)
    return decision


def _refuse_chains(other: Comment, comments: Sequence[Comment]) -> None:
    """A duplicate leads straight to the comment that has the answer."""
    mine = {each.consultation.recommendation_id for each in comments}
    if other.is_note or other.withdrawn_at or other.consultation.recommendation_id not in mine:
        raise ValidationError({"duplicate_of": _("Choose a submitted comment on this recommendation.")})
    if other.pk in {each.pk for each in comments}:
        raise ValidationError({"duplicate_of": _("A comment cannot be a duplicate of itself.")})
    first = Disposition.objects.filter(comment=other, verdict=Verdict.DUPLICATE).first()
    if first is not None:
        words = _("%(other)s is itself a duplicate; name %(first)s.")
        named = {"other": other, "first": first.duplicate_of}
        raise ValidationError({"duplicate_of": words % named})
    followers = Disposition.objects.filter(duplicate_of__in=comments).exclude(comment__in=comments).first()
    if followers is not None:
        words = _("%(follower)s is a duplicate of %(comment)s, which therefore needs a verdict of its own.")
        named = {"follower": followers.comment, "comment": followers.duplicate_of}
        raise ValidationError({"duplicate_of": words % named})


def _versions_before(comments: Sequence[int]) -> dict[int, int]:
    """The last version of each comment's verdicts, withdrawn ones too: a new one counts on from there, so
    that a form opened on the old one is refused."""
    events = Disposition.pgh_event_model.objects.filter(comment__in=comments)  # type: ignore[attr-defined]
    return dict(events.order_by().values_list("comment").annotate(last=Max("version")))


def _decide(
    comment: Comment,
    current: Disposition | None,
    decision: dict[str, Any],
    last: int,
    step: workflow.Step,
) -> Disposition:
    stamp = {"decided_at": step.now, "decided_by": step.by}
    if current is None:
        made = store(Disposition(comment=comment, version=last + 1, **decision, **stamp))
        changes = {"verdict": ["", made.verdict]}
    elif all(getattr(current, name) == value for name, value in decision.items()):
        return current
    else:
        made, changes = change(current, version=current.version, **decision, **stamp)
        changes = {name: pair for name, pair in changes.items() if name not in stamp}
    record(by=step.by, verb="dispose", what=comment, why=made.reason, changes=changes)
    return made


def _can_be_released(recommendation: Recommendation, consultation: Consultation, now: dt.datetime) -> None:
    if consultation.released_at is not None:
        raise WrongMoment(_("The verdicts have been released already."), _table(recommendation))
    if consultation.recalled_at or consultation.phase(now) != Phase.CLOSED:
        raise WrongMoment(_("Verdicts are released when the consultation is over."), _table(recommendation))
    waiting = list(undecided(recommendation).filter(consultation=consultation))
    if waiting:
        raise WrongMoment(undecided_words(waiting), _table(recommendation))


def _table(recommendation: Recommendation) -> tuple[Any, str]:
    """The way out of a wrong moment."""
    return TO_TABLE, reverse("recommendations:comments", args=[recommendation.number])
