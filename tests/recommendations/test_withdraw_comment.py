"""A submitted comment is taken back by its agency, as long as the agency could still submit."""

import pytest
from django.core.exceptions import PermissionDenied

from agencies.models import Agency
from isecg.access import WrongMoment
from isecg.audit.models import Event
from isecg.mail.models import Message
from members.models import Member
from recommendations.models import Comment, Consultation
from recommendations.queries.dispositions import undecided
from recommendations.services.comments import withdraw_comment
from tests.recommendations.commenting import hand_in, late_until, note
from tests.recommendations.world import DAY, HOUR, SECOND, START, WEEKS


@pytest.fixture
def comment(consultation: Consultation, head_a: Member, dlr: Agency) -> Comment:
    """Submitted by agency A two hours after the opening."""
    return hand_in(consultation, head_a, note(consultation, head_a, dlr, "Spoken too soon.")).submitted[0]


def test_withdraw_keeps_number_and_words_for_the_agency_only(
    comment: Comment, alternate_a: Member, delegate_a: Member, editor: Member, chair: Member
) -> None:
    comment = withdraw_comment(comment, by=alternate_a, now=START + DAY)
    assert (comment.number, comment.text) == (1, "Spoken too soon.")
    visible = Comment.objects.visible_to
    assert [visible(who, START + DAY).count() for who in (delegate_a, editor, chair)] == [1, 0, 0]


def test_withdraw_leaves_nothing_to_decide(comment: Comment, head_a: Member) -> None:
    withdraw_comment(comment, by=head_a, now=START + DAY)
    assert not undecided(comment.consultation.recommendation).exists()


def test_withdraw_writes_an_event_and_tells_the_secretariat_why(
    comment: Comment, head_a: Member, editor: Member
) -> None:
    withdraw_comment(comment, by=head_a, why="Already said by another\x00 agency.", now=START + DAY)
    event = Event.objects.get(verb="withdraw_comment")
    assert (event.on_behalf_of, event.why) == ("DLR", "Already said by another agency.")
    mail = Message.objects.get(kind="comment_withdrawn")
    assert mail.to == editor.email
    assert "Already said by another agency." in mail.text


@pytest.mark.parametrize("who", ["delegate_a", "observer_a", "head_b", "editor", "administrator", "chair"])
def test_withdraw_by_who_does_not_speak_for_the_agency_is_refused(
    comment: Comment, who: str, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(PermissionDenied, match="head of delegation or an alternate"):
        withdraw_comment(comment, by=request.getfixturevalue(who), now=START + DAY)
    comment.refresh_from_db()
    assert comment.withdrawn_at is None


def test_withdraw_until_the_last_second(
    comment: Comment, consultation: Consultation, head_a: Member, dlr: Agency
) -> None:
    other = hand_in(consultation, head_a, note(consultation, head_a, dlr)).submitted[0]
    withdraw_comment(comment, by=head_a, now=START + WEEKS - SECOND)
    with pytest.raises(WrongMoment, match="The consultation ended"):
        withdraw_comment(other, by=head_a, now=START + WEEKS)


def test_withdraw_twice_is_the_wrong_moment(comment: Comment, head_a: Member) -> None:
    withdraw_comment(comment, by=head_a, now=START + DAY)
    with pytest.raises(WrongMoment, match="only once"):
        withdraw_comment(comment, by=head_a, now=START + DAY)
    assert Event.objects.filter(verb="withdraw_comment").count() == 1


def test_withdraw_of_a_note_is_the_wrong_moment(
    consultation: Consultation, head_a: Member, dlr: Agency
) -> None:
    with pytest.raises(WrongMoment, match="Only a submitted comment"):
        withdraw_comment(note(consultation, head_a, dlr), by=head_a, now=START + DAY)


def test_withdraw_a_late_one_while_late_ones_are_accepted(
    closed: Consultation, editor: Member, head_a: Member, dlr: Agency
) -> None:
    late_until(START + DAY, closed, dlr, editor)
    made = note(closed, head_a, dlr, now=START + HOUR)
    late = hand_in(closed, head_a, made, now=START + HOUR).submitted[0]
    late = withdraw_comment(late, by=head_a, now=START + 2 * HOUR)
    assert late.withdrawn_at == START + 2 * HOUR
