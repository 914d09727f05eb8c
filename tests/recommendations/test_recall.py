"""The minutes before a step takes effect: recalled whole, or begun at once."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone

from agencies.models import Agency
from isecg import jobs
from isecg.access import WrongMoment
from isecg.audit.models import Event
from isecg.mail.models import Message
from members.models import Member
from recommendations.models import Consultation, Outcome, Phase, Recommendation, SilenceProcedure, State
from recommendations.services.holding import recall, send_now
from tests.recommendations import world
from tests.recommendations.world import SECOND

HELD = dt.timedelta(minutes=5)
KINDS = {
    "circulated": State.DRAFTING,
    "silence_started": State.DRAFTING,
    "recommendation_issued": State.AGREED,
}


@pytest.fixture
def now() -> dt.datetime:
    """Today: the database does not let go of what was issued in the past."""
    return timezone.now()


@pytest.fixture
def held(
    editor: Member, asked: list[Agency], chair: Member, head_a: Member, now: dt.datetime
) -> Callable[[str], Recommendation]:
    """`held("circulated")`: a recommendation whose step, with mails of this kind, takes effect in a while."""
    makes = {
        "circulated": lambda: world.in_consultation(editor, asked, now=now, hold=HELD).recommendation,
        "silence_started": lambda: world.under_silence(editor, asked, now=now, hold=HELD).recommendation,
        "recommendation_issued": lambda: world.issued(editor, asked, chair, now=now, hold=HELD),
    }
    return lambda kind: world.again(makes[kind]())


def mails(kind: str) -> set[tuple[str, dt.datetime]]:
    """State and earliest instant of the mails of the held step; not of earlier ones of the story."""
    last = Message.objects.filter(kind=kind).latest("pk")
    return {
        (each.state, each.not_before)
        for each in Message.objects.filter(kind=kind, not_before__gte=last.not_before)
    }


@pytest.mark.parametrize("kind", KINDS)
def test_recall_takes_it_back_whole(
    kind: str, held: Callable[[str], Recommendation], editor: Member, now: dt.datetime
) -> None:
    rec = recall(held(kind), by=editor, now=now + HELD - SECOND)
    assert world.again(rec).state == KINDS[kind]
    assert mails(kind) == {(Message.State.ABANDONED, now + HELD)}


@pytest.mark.parametrize("kind", KINDS)
def test_recall_tells_nobody(
    kind: str, held: Callable[[str], Recommendation], editor: Member, now: dt.datetime
) -> None:
    rec = held(kind)
    before = Message.objects.count()
    recall(rec, by=editor, now=now)
    assert Message.objects.count() == before


@pytest.mark.parametrize("kind", KINDS)
def test_recall_is_in_the_log(
    kind: str, held: Callable[[str], Recommendation], editor: Member, now: dt.datetime
) -> None:
    rec = held(kind)
    was = rec.state
    recall(rec, by=editor, now=now)
    assert Event.objects.about(rec).get(verb="recall").changes["state"] == [was, KINDS[kind]]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("step", [recall, send_now])
def test_recall_at_the_instant_of_effect_is_too_late(
    step: Callable[..., Recommendation],
    kind: str,
    held: Callable[[str], Recommendation],
    editor: Member,
    now: dt.datetime,
) -> None:
    rec = held(kind)
    with pytest.raises(WrongMoment, match="has taken effect"):
        step(rec, by=editor, now=now + HELD)
    assert world.again(rec).state == rec.state


def test_recalled_consultation_was_none(
    held: Callable[[str], Recommendation], editor: Member, head_a: Member, now: dt.datetime
) -> None:
    rec = held("circulated")
    recall(rec, by=editor, now=now)
    assert not Recommendation.objects.visible_to(head_a, now + 2 * HELD).exists()
    assert Consultation.objects.get().recalled_at == now


def test_recalled_consultation_can_be_circulated_again(
    held: Callable[[str], Recommendation], editor: Member, asked: list[Agency], now: dt.datetime
) -> None:
    rec = recall(held("circulated"), by=editor, now=now)
    again = world.in_consultation(editor, asked, recommendation=rec, now=now + HELD)
    assert again.phase(now + HELD) == Phase.OPEN


def test_recalled_silence_does_not_stand_in_the_way_of_the_next(
    held: Callable[[str], Recommendation], editor: Member, asked: list[Agency], now: dt.datetime
) -> None:
    rec = recall(held("silence_started"), by=editor, now=now)
    assert world.under_silence(editor, asked, recommendation=rec, now=now).outcome(now) == Outcome.RUNNING


def test_recalled_issue_leaves_the_approval_and_is_issued_again(
    held: Callable[[str], Recommendation], editor: Member, chair: Member, now: dt.datetime
) -> None:
    from recommendations.services.issues import issue

    rec = recall(held("recommendation_issued"), by=chair, now=now)
    assert (rec.issued_at, rec.issued_revision) == (None, None)
    issue(rec, by=editor, hold=world.AT_ONCE, now=now)
    assert world.again(rec).is_public(now)


def test_recall_leaves_the_mails_of_an_earlier_consultation(
    editor: Member, asked: list[Agency], head_a: Member, now: dt.datetime
) -> None:
    first = world.closed(editor, asked, now=now - SECOND)
    second = world.in_consultation(
        editor, asked, recommendation=_rewritten(first, editor, now), now=now, hold=HELD
    )
    recall(second.recommendation, by=editor, now=now)
    states = Message.objects.filter(kind="circulated").order_by("pk").values_list("state", flat=True)
    assert list(states) == [Message.State.QUEUED, Message.State.ABANDONED]


def _rewritten(first: Consultation, editor: Member, now: dt.datetime) -> Recommendation:
    world.rewritten(first.recommendation, editor, "# Other words\n\n1. One.", now=now)
    return world.again(first.recommendation)


def test_recall_when_a_worker_has_begun_to_hand_over(
    held: Callable[[str], Recommendation], editor: Member, now: dt.datetime
) -> None:
    rec = held("circulated")
    first = Message.objects.filter(kind="circulated").latest("pk")
    assert Message.objects.claim(first.pk, now + HELD)
    with pytest.raises(WrongMoment, match="on their way"):
        recall(rec, by=editor, now=now + HELD - SECOND)
    assert world.again(rec).state == State.IN_CONSULTATION


@pytest.mark.parametrize("kind", KINDS)
def test_send_now_ends_the_wait(
    kind: str, held: Callable[[str], Recommendation], editor: Member, now: dt.datetime
) -> None:
    rec = send_now(held(kind), by=editor, now=now + SECOND)
    assert mails(kind) == {(Message.State.QUEUED, now + SECOND)}
    begun = {
        State.IN_CONSULTATION: lambda: rec.consultations.latest("pk").opens_at,
        State.UNDER_SILENCE: lambda: rec.silence_procedures.latest("pk").starts_at,
        State.ISSUED: lambda: world.again(rec).issued_at,
    }
    assert begun[State(rec.state)]() == now + SECOND


def test_send_now_freezes_what_is_issued_as_of_that_instant(
    held: Callable[[str], Recommendation], editor: Member, now: dt.datetime
) -> None:
    rec = send_now(held("recommendation_issued"), by=editor, now=now + SECOND)
    latest = rec.issues.latest("pk")
    assert latest.at == world.again(rec).issued_at
    assert latest.content["issued_at"] == latest.at.isoformat().replace("+00:00", "Z")


def test_mail_that_is_kept_back_is_not_handed_over(
    held: Callable[[str], Recommendation], now: dt.datetime, mailoutbox: list[object]
) -> None:
    held("circulated")
    message = Message.objects.latest("pk")
    jobs.run("mail.message", message.pk)
    assert mailoutbox == []
    assert ("mail.message", message.pk) not in jobs.sweep(now + HELD - SECOND)
    assert ("mail.message", message.pk) in jobs.sweep(now + HELD + dt.timedelta(minutes=1))


def test_silence_that_begins_at_once_can_be_broken(
    held: Callable[[str], Recommendation], editor: Member, head_a: Member, dlr: Agency, now: dt.datetime
) -> None:
    from recommendations.services.silence import object_to

    rec = send_now(held("silence_started"), by=editor, now=now + SECOND)
    object_to(rec, by=head_a, agency=dlr, reason="Too soon.", now=now + SECOND)
    assert SilenceProcedure.objects.get().outcome(now + SECOND) == Outcome.BROKEN
