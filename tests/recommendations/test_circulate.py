"""Circulating: what is asked of whom until when, who is told, and what is refused."""

import datetime as dt
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from agencies.models import Agency
from isecg.access import WrongMoment
from isecg.audit.models import Event
from isecg.mail.models import Message
from members.models import Member
from recommendations.models import Consultation, Phase, Recommendation, State
from recommendations.services.consultations import circulate
from recommendations.services.texts import write
from tests.recommendations import world
from tests.recommendations.world import DAY, SECOND, START

CLOSES = START + 21 * DAY


def told(kind: str) -> set[str]:
    return set(Message.objects.filter(kind=kind).values_list("to", flat=True))


@pytest.fixture
def ask(revised: Recommendation, editor: Member, asked: list[Agency]) -> Any:
    def ask(**asking: Any) -> Consultation:
        named = {"by": editor, "agencies": asked, "closes_at": CLOSES, "now": START, **asking}
        return circulate(revised, **named)

    return ask


def test_circulate_opens_on_the_newest_revision_after_the_wait(ask: Any, revised: Recommendation) -> None:
    consultation = ask()
    assert consultation.revision == revised.revisions.get()
    assert consultation.opens_at == START + settings.HOLD
    assert (consultation.phase(START), consultation.phase(consultation.opens_at)) == (Phase.HELD, Phase.OPEN)
    assert world.again(revised).state == State.IN_CONSULTATION


def test_circulate_asks_the_agencies_that_were_chosen(ask: Any, asked: list[Agency], asi: Agency) -> None:
    assert set(ask().agencies.all()) == set(asked)


def test_circulate_without_an_inner_deadline_has_the_common_one(ask: Any) -> None:
    assert ask().inner_at == CLOSES


def test_circulate_tells_who_writes_for_an_agency_asked_and_nobody_else(
    ask: Any,
    head_a: Member,
    alternate_a: Member,
    delegate_b: Member,
    observer_a: Member,
    chair: Member,
    former: Member,
) -> None:
    ask()
    assert told("circulated") == {head_a.email, alternate_a.email, delegate_b.email}


def test_circulate_to_observers_tells_them_too(ask: Any, head_a: Member, observer_a: Member) -> None:
    ask(observers=True)
    assert told("circulated") == {head_a.email, observer_a.email}


def test_circulate_tells_nobody_who_may_not_sign_in(ask: Any, head_a: Member, head_b: Member) -> None:
    Member.objects.filter(pk=head_a.pk).update(is_active=False)
    ask()
    assert told("circulated") == {head_b.email}


def test_circulate_keeps_the_mails_back_until_it_opens(ask: Any, head_a: Member) -> None:
    consultation = ask(words="For the meeting in May.")
    message = Message.objects.get(kind="circulated")
    assert (message.not_before, message.state) == (consultation.opens_at, Message.State.QUEUED)
    assert "For the meeting in May." in message.text


def test_circulate_is_in_the_log_with_the_cover_note(
    ask: Any, revised: Recommendation, editor: Member
) -> None:
    ask(words="For the meeting in May.")
    event = Event.objects.about(revised).get(verb="circulate")
    assert (event.actor_id, event.why) == (editor.pk, "For the meeting in May.")
    assert event.changes == {"state": ["drafting", "in_consultation"]}


def test_circulate_leaves_the_version_for_open_forms(ask: Any, revised: Recommendation) -> None:
    before = world.again(revised).version
    ask()
    assert world.again(revised).version == before


def test_circulate_to_no_agency(ask: Any, revised: Recommendation) -> None:
    with pytest.raises(ValidationError, match="nobody would be"):
        ask(agencies=[])
    assert world.again(revised).state == State.DRAFTING


def test_circulate_until_an_instant_that_has_passed(ask: Any) -> None:
    with pytest.raises(ValidationError, match="has passed"):
        ask(closes_at=START)


def test_circulate_until_before_it_opens(ask: Any) -> None:
    with pytest.raises(ValidationError, match="after the opening"):
        ask(closes_at=START + SECOND)


def test_circulate_with_an_inner_deadline_after_the_deadline(ask: Any) -> None:
    with pytest.raises(ValidationError, match="inner deadline"):
        ask(inner_at=CLOSES + SECOND)


def test_circulate_twice(ask: Any) -> None:
    ask()
    with pytest.raises(WrongMoment, match="Only a draft can be circulated"):
        ask()
    assert Consultation.objects.count() == 1


def test_circulate_a_draft_without_a_revision(draft: Recommendation, editor: Member, dlr: Agency) -> None:
    with pytest.raises(WrongMoment, match="no revision yet") as refusal:
        circulate(draft, by=editor, agencies=[dlr], closes_at=CLOSES, now=START)
    assert refusal.value.way_out is not None
    assert str(refusal.value.way_out[1]).endswith("/revise/")


def test_circulate_words_that_are_in_no_revision(ask: Any, revised: Recommendation, editor: Member) -> None:
    write(revised, by=editor, version=revised.version, text="# Other words", now=START)
    with pytest.raises(WrongMoment, match="differs from revision 1"):
        ask()


def test_circulate_again_while_a_comment_is_undecided(
    editor: Member, asked: list[Agency], dlr: Agency, head_a: Member
) -> None:
    before = world.closed(editor, asked, now=START)
    world.submitted(before, dlr, head_a)
    world.rewritten(before.recommendation, editor, "# Other words\n\n1. One.", now=START)
    with pytest.raises(WrongMoment, match="DLR 1"):
        circulate(before.recommendation, by=editor, agencies=asked, closes_at=CLOSES, now=START)


def test_circulate_on_a_story_of_the_past_asks_for_the_rights_of_that_day(
    revised: Recommendation, editor: Member, asked: list[Agency]
) -> None:
    editor.mandates.update(start=dt.date(2026, 6, 1))
    with pytest.raises(Exception, match="Only the secretariat circulates"):
        circulate(revised, by=editor, agencies=asked, closes_at=CLOSES, now=START)
