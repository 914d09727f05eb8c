"""Recommendations in every state, each reached through the real services.

`START` is when the story of a test begins; every builder takes `now`, the instant of its last step. Steps
are not held (`hold` is nothing) unless a test asks for it.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from agencies.models import Agency
from members.models import Member
from recommendations.models import (
    Comment,
    Consultation,
    Issue,
    Kind,
    Recommendation,
    Revision,
    SilenceProcedure,
)
from recommendations.services import consultations, issues, silence, texts

START = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
DAY, HOUR, SECOND = dt.timedelta(days=1), dt.timedelta(hours=1), dt.timedelta(seconds=1)
AT_ONCE = dt.timedelta(0)
WEEKS = 21 * DAY  # how long agencies are asked

TEXT = """# Times of events in cislunar space

Agencies recall that they plan operations together.

Noting that times are stated in several scales.

## Recommendations

1. Participating agencies state times of common events in Coordinated Universal Time.
2. Participating agencies name the scale of every time they exchange.
   1. For spacecraft near the Moon, they add the time of the lunar reference.
3. Participating agencies share a list of the events they plan together.
"""


def drafted(editor: Member, *, now: dt.datetime = START, text: str = TEXT, **fields: Any) -> Recommendation:
    """A draft with a working text and no revision yet."""
    named = {"title": "Times of common events", "kind": Kind.STANDARD, "summary": "One scale for all."}
    return texts.draft(by=editor, text=text, now=now, **{**named, **fields})


def revised(editor: Member, *, now: dt.datetime = START, **fields: Any) -> Recommendation:
    """A draft whose text is frozen as revision 1."""
    recommendation = drafted(editor, now=now, **fields)
    texts.revise(recommendation, by=editor, now=now)
    return again(recommendation)


def rewritten(
    recommendation: Recommendation, editor: Member, text: str, *, now: dt.datetime | None = None
) -> Revision:
    """The working text becomes `text` and is frozen as the next revision."""
    current = again(recommendation)
    current = texts.write(current, by=editor, version=current.version, text=text, now=now)
    return texts.revise(current, by=editor, now=now)


def in_consultation(
    editor: Member, agencies: Iterable[Agency], *, now: dt.datetime = START, **asking: Any
) -> Consultation:
    """Open from `now` for three weeks; `consultation.recommendation` is the recommendation."""
    recommendation = asking.pop("recommendation", None) or revised(editor, now=now)
    asking = {"closes_at": now + WEEKS, "inner_at": now + WEEKS - 2 * DAY, "hold": AT_ONCE, **asking}
    return consultations.circulate(recommendation, by=editor, agencies=agencies, now=now, **asking)


def closed(
    editor: Member, agencies: Iterable[Agency], *, now: dt.datetime = START, **asking: Any
) -> Consultation:
    """A consultation that was over at `now`."""
    return in_consultation(editor, agencies, now=now - WEEKS, **asking)


def under_silence(
    editor: Member, agencies: Iterable[Agency], *, now: dt.datetime = START, **asking: Any
) -> SilenceProcedure:
    """Under silence from `now` for ten days, after a consultation without comments."""
    agencies = list(agencies)
    recommendation = asking.pop("recommendation", None)
    recommendation = recommendation or closed(editor, agencies, now=now).recommendation
    asking = {"expires_at": now + 10 * DAY, "hold": AT_ONCE, **asking}
    return silence.start_silence(recommendation, by=editor, agencies=agencies, now=now, **asking)


def agreed(editor: Member, agencies: Iterable[Agency], *, now: dt.datetime = START) -> Recommendation:
    """Agreed by silence, concluded at `now`."""
    procedure = under_silence(editor, agencies, now=now - 10 * DAY)
    silence.conclude(procedure.recommendation, by=editor, now=now)
    return again(procedure.recommendation)


def broken(
    editor: Member, agencies: Iterable[Agency], objector: Member, *, now: dt.datetime = START
) -> Recommendation:
    """Back in drafting: the first of the agencies objected, and that was concluded."""
    agencies = list(agencies)
    procedure = under_silence(editor, agencies, now=now - DAY)
    silence.object_to(
        procedure.recommendation, by=objector, agency=agencies[0], reason="Too soon.", now=now - HOUR
    )
    silence.conclude(procedure.recommendation, by=editor, now=now)
    return again(procedure.recommendation)


def issued(
    editor: Member, agencies: Iterable[Agency], chair: Member, *, now: dt.datetime = START, **issuing: Any
) -> Recommendation:
    """Approved by the chair and issued by the same press at `now`."""
    recommendation = agreed(editor, agencies, now=now)
    issues.approve(recommendation, by=chair, now=now, **{"hold": AT_ONCE, **issuing})
    return again(recommendation)


def issue_of(recommendation: Recommendation) -> Issue:
    """What was issued last."""
    return Issue.objects.filter(recommendation=recommendation)[0]


def superseded(
    editor: Member, agencies: Iterable[Agency], chair: Member, *, now: dt.datetime = START
) -> Recommendation:
    """An issued one whose place another issued one took at `now`."""
    agencies = list(agencies)
    old = issued(editor, agencies, chair, now=now - DAY)
    new = issued(editor, agencies, chair, now=now - HOUR)
    issues.supersede(old, by=editor, successor=new, reason="A later text.", now=now)
    return again(old)


def withdrawn(
    editor: Member,
    agencies: Iterable[Agency],
    chair: Member,
    administrator: Member,
    *,
    now: dt.datetime = START,
) -> Recommendation:
    """An issued one that an administrator took back at `now`."""
    recommendation = issued(editor, agencies, chair, now=now - DAY)
    issues.withdraw(recommendation, by=administrator, reason="A mistake.", now=now)
    return again(recommendation)


def abandoned(editor: Member, *, now: dt.datetime = START) -> Recommendation:
    """A draft that was given up."""
    recommendation = revised(editor, now=now)
    issues.abandon(recommendation, by=editor, reason="No longer needed.", now=now)
    return again(recommendation)


def again(recommendation: Recommendation) -> Recommendation:
    """The same one, as it stands now."""
    return Recommendation.objects.get(pk=recommendation.pk)


def submitted(consultation: Consultation, agency: Agency, by: Member, **fields: Any) -> Comment:
    """A comment that the agency has submitted, written as a row: what it takes to get there is tested
    where comments are."""
    at = consultation.opens_at + HOUR
    named = {
        "number": Comment.objects.filter(
            consultation=consultation, agency=agency, number__isnull=False
        ).count()
        + 1,
        "key": "p1",
        "text": "Say it more plainly.",
        "author": by,
        "written_at": at,
        "submitted_by": by,
        "submitted_at": at,
    }
    return Comment.objects.create(consultation=consultation, agency=agency, **{**named, **fields})
