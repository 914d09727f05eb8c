"""Notes and comments for tests, through the real services; and consultations that are open by the clock."""

import datetime as dt
from typing import Any

from django.utils import timezone

from agencies.models import Agency
from members.models import Member
from recommendations.models import Comment, Consultation, Paragraph
from recommendations.services.comments import Submission, add_comment, submit
from recommendations.services.consultations import accept_late
from tests.recommendations import world


def note(
    consultation: Consultation, by: Member, agency: Agency, text: str = "Say it more plainly.", **fields: Any
) -> Comment:
    """A working note, an hour after the opening unless `now` says otherwise."""
    named = {"key": key_of(consultation, "1"), "now": consultation.opens_at + world.HOUR, **fields}
    return add_comment(consultation, by=by, agency=agency, text=text, **named)


def hand_in(consultation: Consultation, by: Member, *notes: Comment, **fields: Any) -> Submission:
    """Submit these notes, two hours after the opening unless `now` says otherwise."""
    named = {"now": consultation.opens_at + 2 * world.HOUR, **fields}
    chosen = {each.pk: each.version for each in notes}
    return submit(consultation, by=by, agency=notes[0].agency, chosen=chosen, **named)


def late_until(until: dt.datetime, consultation: Consultation, agency: Agency, editor: Member) -> None:
    """Late comments of the agency are accepted from world.START on."""
    recommendation = consultation.recommendation
    accept_late(recommendation, by=editor, agency=agency, until=until, reason="A holiday.", now=world.START)


def key_of(consultation: Consultation, number: str) -> str:
    """The key of the paragraph with this number."""
    return Paragraph.objects.get(revision=consultation.revision, number=number).key


def open_now(editor: Member, asked: list[Agency], **asking: Any) -> Consultation:
    """A consultation that is open by the clock, since yesterday."""
    return world.in_consultation(editor, asked, now=yesterday(), **asking)


def yesterday() -> dt.datetime:
    return timezone.now() - world.DAY
