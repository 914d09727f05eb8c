"""Working notes of an agency, the comments that come of them, and where those stand in later revisions.

A working note leaves no trace outside its agency: no event, no mail, no number. Everything else here is
told of in the event log.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Agency
from isecg.access import WrongMoment, require
from isecg.audit.services import record
from isecg.mail.services import post
from isecg.markdown import printable
from isecg.versions import Stale, change, store
from members.models import acting
from recommendations import anchors, workflow
from recommendations.models import Comment, Consultation, Paragraph, Placement, Revision
from recommendations.models.limits import COMMENT
from recommendations.permissions import comments as permissions
from recommendations.queries import comments as queries
from recommendations.queries.audiences import secretariat

WORDS = ("text", "from_text", "to_text", "reason")


@dataclass(frozen=True)
class Submission:
    """What was submitted, and the working notes that stay behind inside the agency."""

    submitted: list[Comment] = field(default_factory=list)
    left: list[Comment] = field(default_factory=list)


@transaction.atomic
def add_comment(
    consultation: Consultation, *, by: Any, agency: Agency, now: dt.datetime | None = None, **fields: Any
) -> Comment:
    """A working note of `agency`; only who writes for the agency ever learns of it.

    `fields`: kind, text, from_text, to_text, reason; key, quote, prefix, suffix. Selected words that do not
    stand in the paragraph are left out: the note is then on the whole paragraph. Raises PermissionDenied,
    WrongMoment, ValidationError.
    """
    current, now = _lock(consultation, now)
    by = acting(by, now)
    require(permissions.can_add_comment(by, current, agency))
    _open(current, agency, now)
    return store(
        Comment(
            consultation=current,
            agency=agency,
            author=by,
            written_at=now,
            **_cleaned(fields),
            **_anchored(current, **_place_in(fields)),
        )
    )


@transaction.atomic
def edit_comment(
    comment: Comment, *, by: Any, version: int, now: dt.datetime | None = None, **fields: Any
) -> Comment:
    """Change a working note; `fields` as for `add_comment`.

    Raises PermissionDenied, Stale (somebody of the delegation saved it meanwhile), WrongMoment (submitted,
    removed, or the consultation is over), ValidationError.
    """
    current, now = _lock(comment.consultation, now)
    by = acting(by, now)
    require(permissions.can_edit_comment(by, comment))
    _open(current, comment.agency, now)
    _still_a_note(comment)
    anchor = _anchored(current, **_place_in(fields, comment)) if "key" in fields or "quote" in fields else {}
    note, _changes = change(comment, version=version, **_cleaned(fields), **anchor)
    return note


@transaction.atomic
def remove_comment(comment: Comment, *, by: Any, version: int, now: dt.datetime | None = None) -> None:
    """Take a working note away for good. Raises PermissionDenied, Stale, WrongMoment."""
    current, now = _lock(comment.consultation, now)
    require(permissions.can_remove_comment(acting(by, now), comment))
    _open(current, comment.agency, now)
    note = _still_a_note(comment)
    if note.version != version:
        raise Stale(note)
    note.delete()


@transaction.atomic
def submit(
    consultation: Consultation,
    *,
    by: Any,
    agency: Agency,
    chosen: Mapping[int, int],
    now: dt.datetime | None = None,
) -> Submission:
    """Make working notes the agency's comments: `chosen` is {pk: the version that was read}.

    They get their numbers in one go, in the order of the text; their words can no longer change. Marked late
    when the secretariat accepts late ones. Writes an event and mails the secretariat. Raises
    PermissionDenied, WrongMoment, ValidationError (none chosen), Stale (one was changed, removed or
    submitted after it was read; nothing is submitted then).
    """
    current, now = _lock(consultation, now)
    by = acting(by, now)
    require(permissions.can_submit(by, current, agency))
    window = _open(current, agency, now)
    notes = list(queries.notes_of(current, agency).select_for_update(of=("self",)))
    wanted = _as_read(notes, chosen, current)
    ordered = queries.in_order(wanted, list(current.revision.paragraphs.all()))
    _number(current, ordered, submitted_at=now, submitted_by=by, late=window.late)
    _tell(current, agency, ordered, by=by, now=now)
    return Submission(ordered, [note for note in notes if note.pk not in chosen])


@transaction.atomic
def withdraw_comment(comment: Comment, *, by: Any, why: str = "", now: dt.datetime | None = None) -> Comment:
    """Take back a submitted comment of one's own agency, as long as the agency could still submit.

    It keeps its number; nobody else sees it any more. Writes an event and mails the secretariat. Raises
    PermissionDenied, WrongMoment.
    """
    current, now = _lock(comment.consultation, now)
    by = acting(by, now)
    require(permissions.can_withdraw_comment(by, comment))
    comment = Comment.objects.select_for_update(of=("self",)).select_related("agency").get(pk=comment.pk)
    if comment.is_note or comment.withdrawn_at:
        raise WrongMoment(_("Only a submitted comment can be withdrawn, and only once."))
    _open(current, comment.agency, now)
    comment.withdrawn_at = now
    comment.save(update_fields=["withdrawn_at"])
    rec = current.recommendation
    record(by=by, verb="withdraw_comment", what=comment, on_behalf_of=str(comment.agency), why=printable(why))
    told = {"consultation": current, "agency": comment.agency, "comment": comment, "why": printable(why)}
    post("comment_withdrawn", to=secretariat(rec, now), about=rec, **told)
    return comment


@transaction.atomic
def place_comment(
    comment: Comment, *, by: Any, revision: Revision, key: str, reason: str, now: dt.datetime | None = None
) -> Placement:
    """Decide where a comment belongs in `revision` whose words are lost there; no key: its place is gone.

    Holds for later revisions, too, as long as the paragraph stands; decided again, the newer decision
    counts. Writes an event. Raises PermissionDenied, WrongMoment (it is not lost), ValidationError.
    """
    current, now = _lock(comment.consultation, now)
    by = acting(by, now)
    require(permissions.can_place_comment(by, comment))
    if not (reason := printable(reason).strip()):
        raise ValidationError({"reason": _("Say why: the agency reads it.")})
    if revision.recommendation_id != current.recommendation_id:
        raise ValidationError(_("This revision belongs to another recommendation."))
    if key:
        _paragraph(revision.pk, key)
    stand = queries.stands([comment], revision)[comment.pk]
    if not stand.is_lost and stand.decided is None:
        raise WrongMoment(_("This comment is not lost: its words are found in the revision."))
    placement = Placement.objects.filter(comment=comment, revision=revision).first()
    placement = placement or Placement(comment=comment, revision=revision)
    before = placement.key
    placement.key, placement.reason, placement.by = key, reason, by
    store(placement)
    record(by=by, verb="place_comment", what=comment, why=reason, changes={"key": [before, key]})
    return placement


def _lock(consultation: Consultation, now: dt.datetime | None) -> tuple[Consultation, dt.datetime]:
    """The consultation, locked with its recommendation in the order of `recommendations.workflow`, and the
    instant read after that: what extends, closes or goes on meanwhile comes before or after, not between."""
    rec, now = workflow.lock(consultation.recommendation, now)
    current = Consultation.objects.select_for_update(no_key=True).get(pk=consultation.pk)
    current.recommendation = rec
    return current, now


def _open(consultation: Consultation, agency: Agency, now: dt.datetime) -> queries.Window:
    window = queries.window(consultation, agency, now)
    if not window:
        raise WrongMoment(window.reason, (_("To the consultation"), _page(consultation)))
    return window


def _still_a_note(comment: Comment) -> Comment:
    note = Comment.objects.select_for_update().filter(pk=comment.pk).first()
    way_out = (_("To the consultation"), _page(comment.consultation))
    if note is None:
        raise WrongMoment(_("This note was removed by somebody of your delegation."), way_out)
    if not note.is_note:
        raise WrongMoment(_("This comment has been submitted: its words can no longer change."), way_out)
    return note


def _cleaned(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Kind and words, without what cannot be printed. Raises ValidationError for words that are too long."""
    words = {name: printable(fields[name]).strip() for name in WORDS if name in fields}
    for name, text in words.items():
        if len(text) > COMMENT:
            sentence = _("This is %(count)s letters long; at most %(limit)s are possible.")
            raise ValidationError({name: sentence % {"count": len(text), "limit": COMMENT}})
    return {**words, **({"kind": fields["kind"]} if "kind" in fields else {})}


def _place_in(fields: Mapping[str, Any], kept: Comment | None = None) -> dict[str, str]:
    names = ("key", "quote", "prefix", "suffix")
    return {name: fields.get(name, getattr(kept, name, "")) for name in names}


def _anchored(consultation: Consultation, key: str, quote: str, **around: str) -> dict[str, str]:
    """The fields of the anchor, taken from the paragraph itself. Raises ValidationError for an odd key."""
    nothing = {"key": key, "quote": "", "prefix": "", "suffix": ""}
    if not key:
        return nothing
    paragraph = _paragraph(consultation.revision_id, key)
    found = anchors.anchor(key, paragraph.text, quote[: COMMENT + 1], **around)
    if found is None or len(found.quote) > COMMENT:
        return nothing
    return {"key": key, "quote": found.quote, "prefix": found.prefix, "suffix": found.suffix}


def _paragraph(revision: int, key: str) -> Paragraph:
    found = Paragraph.objects.filter(revision=revision, key=printable(key)).first()
    if found is None:
        raise ValidationError({"key": _("This paragraph does not stand in the revision.")})
    return found


def _as_read(notes: Sequence[Comment], chosen: Mapping[int, int], current: Consultation) -> list[Comment]:
    """The chosen notes, each in the version that was read."""
    if not chosen:
        raise ValidationError(_("Choose at least one note."))
    wanted = [note for note in notes if note.pk in chosen]
    for note in wanted:
        if note.version != chosen[note.pk]:
            raise Stale(note)
    if len(wanted) < len(chosen):
        raise Stale(current)
    return wanted


def _number(consultation: Consultation, notes: Sequence[Comment], **fields: Any) -> None:
    """Numbers run within the agency: one that ran for all would tell how much others have submitted."""
    of_agency = Comment.objects.filter(consultation=consultation, agency=notes[0].agency)
    last = of_agency.aggregate(last=Max("number"))["last"] or 0
    for number, note in enumerate(notes, last + 1):
        for name, value in {"number": number, **fields}.items():
            setattr(note, name, value)
        note.save(update_fields=["number", *fields])


def _tell(
    consultation: Consultation, agency: Agency, submitted: Sequence[Comment], *, by: Any, now: dt.datetime
) -> None:
    rec = consultation.recommendation
    numbers = ", ".join(str(each.number) for each in submitted)
    record(
        by=by,
        verb="submit",
        what=consultation,
        on_behalf_of=str(agency),
        changes={"number": ["", numbers]},
    )
    told = {"consultation": consultation, "agency": agency, "count": len(submitted)}
    post("comments_submitted", to=secretariat(rec, now), about=rec, late=submitted[0].late, **told)


def _page(consultation: Consultation) -> str:
    return reverse("recommendations:consultation", args=[consultation.recommendation.number])
