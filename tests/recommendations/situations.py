"""Every situation of a recommendation, reached through the real services, and every step tried in it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from agencies.models import Agency
from isecg.access import WrongMoment
from members.models import Member
from recommendations import workflow
from recommendations.models import Recommendation, Stand
from recommendations.services import consultations, holding, issues, silence, texts
from tests.recommendations import world
from tests.recommendations.world import DAY, HOUR, START

HELD = dt.timedelta(minutes=5)
OTHER_TEXT = world.TEXT.replace("several scales", "many scales")


@dataclass
class Cast:
    """Who acts in the situations."""

    editor: Member
    administrator: Member
    chair: Member
    head_a: Member
    a: Agency
    b: Agency

    @property
    def asked(self) -> list[Agency]:
        return [self.a, self.b]


@dataclass(frozen=True)
class Made:
    """A recommendation, and the instant at which it is looked at."""

    rec: Recommendation
    now: dt.datetime = START


def _held_silence(cast: Cast) -> Recommendation:
    return world.under_silence(cast.editor, cast.asked, hold=HELD).recommendation


def _rewritten(cast: Cast) -> Recommendation:
    rec = world.closed(cast.editor, cast.asked, now=START - DAY).recommendation
    world.rewritten(rec, cast.editor, OTHER_TEXT, now=START)
    return world.again(rec)


def _broken(cast: Cast) -> Recommendation:
    rec = world.under_silence(cast.editor, cast.asked, now=START - DAY).recommendation
    silence.object_to(rec, by=cast.head_a, agency=cast.a, reason="Too soon.", now=START - HOUR)
    return rec


def _approved(cast: Cast) -> Recommendation:
    rec = world.agreed(cast.editor, cast.asked)
    issues.approve(rec, by=cast.chair, issue_now=False, now=START)
    return rec


def _about_to_be_issued(cast: Cast) -> Made:
    """Today: the database does not let go of what was issued in the past."""
    now = timezone.now()
    return Made(world.issued(cast.editor, cast.asked, cast.chair, now=now, hold=HELD), now)


SITUATIONS: dict[str, Callable[[Cast], Made]] = {
    "drafted": lambda cast: Made(world.drafted(cast.editor)),
    "revised": lambda cast: Made(world.revised(cast.editor)),
    "about to be circulated": lambda cast: Made(
        world.in_consultation(cast.editor, cast.asked, hold=HELD).recommendation
    ),
    "in consultation": lambda cast: Made(world.in_consultation(cast.editor, cast.asked).recommendation),
    "consultation over": lambda cast: Made(world.closed(cast.editor, cast.asked).recommendation),
    "revised after a consultation": lambda cast: Made(_rewritten(cast)),
    "about to be under silence": lambda cast: Made(_held_silence(cast)),
    "under silence": lambda cast: Made(world.under_silence(cast.editor, cast.asked).recommendation),
    "silence broken": lambda cast: Made(_broken(cast)),
    "silence expired": lambda cast: Made(
        world.under_silence(cast.editor, cast.asked).recommendation, START + 10 * DAY
    ),
    "agreed": lambda cast: Made(world.agreed(cast.editor, cast.asked)),
    "approved": lambda cast: Made(_approved(cast)),
    "about to be issued": _about_to_be_issued,
    "issued": lambda cast: Made(world.issued(cast.editor, cast.asked, cast.chair)),
    "superseded": lambda cast: Made(world.superseded(cast.editor, cast.asked, cast.chair)),
    "withdrawn": lambda cast: Made(world.withdrawn(cast.editor, cast.asked, cast.chair, cast.administrator)),
    "abandoned": lambda cast: Made(world.abandoned(cast.editor)),
}


def own_agency(by: Any, cast: Cast) -> Agency:
    """The agency that this person would speak for; the first one asked for who speaks for none."""
    spoken = by.standing.speaks_for if by else frozenset()
    return Agency.objects.filter(pk__in=spoken).first() or cast.a


def calls(cast: Cast, successor: Recommendation | None = None) -> dict[str, Callable[..., Any]]:
    """Each step as its service is called: `calls[verb](rec, by=, now=)`."""
    asked = cast.asked
    return {
        "revise": texts.revise,
        "circulate": lambda rec, *, by, now: consultations.circulate(
            rec, by=by, agencies=asked, closes_at=now + 30 * DAY, now=now
        ),
        "extend": lambda rec, *, by, now: consultations.extend(
            rec, by=by, closes_at=now + 90 * DAY, reason="Holidays.", now=now
        ),
        "close": lambda rec, *, by, now: consultations.close(rec, by=by, reason="All have written.", now=now),
        "accept_late": lambda rec, *, by, now: consultations.accept_late(
            rec, by=by, agency=cast.a, until=now + DAY, reason="The mail was lost.", now=now
        ),
        "dispose": lambda rec, *, by, now: workflow.move(rec, "dispose", by=by, now=now),
        "start_silence": lambda rec, *, by, now: silence.start_silence(
            rec, by=by, agencies=asked, expires_at=now + 10 * DAY, now=now
        ),
        "object": lambda rec, *, by, now: silence.object_to(
            rec, by=by, agency=own_agency(by, cast), reason="Too soon.", now=now
        ),
        "withdraw_objection": lambda rec, *, by, now: silence.withdraw_objection(
            rec, by=by, agency=own_agency(by, cast), reason="Settled.", now=now
        ),
        "state_position": lambda rec, *, by, now: silence.state_position(
            rec, by=by, agency=own_agency(by, cast), stand=Stand.SUPPORTS, now=now
        ),
        "conclude": silence.conclude,
        "approve": issues.approve,
        "issue": issues.issue,
        "recall": holding.recall,
        "send_now": holding.send_now,
        "supersede": lambda rec, *, by, now: issues.supersede(
            rec, by=by, successor=successor or rec, reason="A later text.", now=now
        ),
        "withdraw": lambda rec, *, by, now: issues.withdraw(rec, by=by, reason="A mistake.", now=now),
        "abandon": lambda rec, *, by, now: issues.abandon(rec, by=by, reason="No longer needed.", now=now),
    }


def attempt(call: Callable[..., Any], made: Made, by: Any) -> tuple[str, str]:
    """What comes of it, which is then undone: the state that is reached, or the refusal and its sentence."""
    try:
        with transaction.atomic():
            call(made.rec, by=by, now=made.now)
            reached = world.again(made.rec).state
            transaction.set_rollback(True)
            return reached, ""
    except PermissionDenied as refusal:
        return "denied", str(refusal.args[0])
    except WrongMoment as refusal:
        return "wrong moment", str(refusal.reason)
