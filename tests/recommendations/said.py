"""Comments with their verdicts, for the tests of the table and of what becomes of comments."""

import datetime as dt
from typing import Any

from django.utils import timezone

from agencies.models import Agency
from members.models import Member
from recommendations.models import Comment, Consultation, Disposition, Verdict
from recommendations.services.dispositions import dispose, release_verdicts
from tests.recommendations import world

MARKER = "zanzibar-canary"
NOW = timezone.now().replace(microsecond=0) - 2 * world.DAY  # when `over` was over
LATER = NOW + world.HOUR


def key_of(consultation: Consultation, words: str) -> str:
    """The key of the paragraph that has these words."""
    return next(each.key for each in consultation.revision.paragraphs.all() if words in each.text)


def proposing(consultation: Consultation, agency: Agency, by: Member, **fields: Any) -> Comment:
    """A submitted comment that wants "Coordinated Universal Time" to read "UTC"."""
    wanted = {
        "key": key_of(consultation, "Coordinated Universal Time"),
        "from_text": "Coordinated Universal Time",
        "to_text": "UTC",
    }
    return world.submitted(consultation, agency, by, **{**wanted, **fields})


def decided(comment: Comment, by: Member, verdict: str = Verdict.ACCEPTED, **said: Any) -> Disposition:
    """The comment with a verdict."""
    if verdict == Verdict.NOT_ACCEPTED:
        said.setdefault("reason", "It would contradict paragraph 2.")
    return dispose([comment], by=by, verdict=verdict, now=said.pop("now", NOW), **said)[0]


def released(consultation: Consultation, by: Member, now: dt.datetime = LATER) -> Consultation:
    """The verdicts of the consultation, released."""
    return release_verdicts(consultation, by=by, now=now)
