"""Working notes become the agency's comments: verified, chosen, numbered in one go, told."""

import threading
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from agencies.models import Agency
from isecg.access import WrongMoment
from isecg.audit.models import Event
from isecg.mail.models import Message
from isecg.versions import Stale
from members.models import Member
from recommendations.models import Comment, Consultation
from recommendations.services.comments import edit_comment, remove_comment, submit
from recommendations.services.consultations import close
from tests.recommendations.commenting import hand_in, key_of, late_until, note, open_now
from tests.recommendations.world import DAY, HOUR, SECOND, START, WEEKS


def test_submit_numbers_the_chosen_in_the_order_of_the_text(
    consultation: Consultation, head_a: Member, dlr: Agency
) -> None:
    third = note(consultation, head_a, dlr, key=key_of(consultation, "3"))
    first = note(consultation, head_a, dlr, key=key_of(consultation, "1"))
    whole = note(consultation, head_a, dlr, key="")
    done = hand_in(consultation, head_a, third, first, whole)
    assert [(each.pk, each.number) for each in done.submitted] == [
        (whole.pk, 1),
        (first.pk, 2),
        (third.pk, 3),
    ]


def test_submit_tells_no_agency_how_many_comments_others_have_submitted(
    consultation: Consultation, head_a: Member, dlr: Agency, head_b: Member, jaxa: Agency
) -> None:
    hand_in(consultation, head_a, note(consultation, head_a, dlr), note(consultation, head_a, dlr))
    done = hand_in(consultation, head_b, note(consultation, head_b, jaxa))
    assert [each.number for each in done.submitted] == [1]


def test_submit_marks_who_and_when_and_not_late(
    consultation: Consultation, alternate_a: Member, dlr: Agency
) -> None:
    made = note(consultation, alternate_a, dlr)
    hand_in(consultation, alternate_a, made, now=START + DAY)
    made.refresh_from_db()
    assert (made.submitted_by, made.submitted_at, made.late) == (alternate_a, START + DAY, False)


def test_submit_leaves_behind_what_was_not_chosen(
    consultation: Consultation, head_a: Member, delegate_a: Member, dlr: Agency
) -> None:
    taken = note(consultation, delegate_a, dlr)
    left = [note(consultation, delegate_a, dlr, f"Doubtful {each}.") for each in range(3)]
    done = hand_in(consultation, head_a, taken)
    assert set(done.left) == set(left)
    assert Comment.objects.notes().count() == 3


def test_submit_writes_one_event_for_the_agency_and_mails_the_secretariat_a_count(
    consultation: Consultation, head_a: Member, dlr: Agency, editor: Member, administrator: Member
) -> None:
    made = note(consultation, head_a, dlr, "Marker-words")
    left = note(consultation, head_a, dlr, "Left-words")
    Message.objects.all().delete()
    hand_in(consultation, head_a, made)
    event = Event.objects.filter(verb="submit").get()
    assert (event.actor_id, event.on_behalf_of) == (head_a.pk, "DLR")
    mails = Message.objects.filter(kind="comments_submitted")
    assert {mail.to for mail in mails} == {editor.email, administrator.email}
    said = " ".join([*(mail.subject + mail.text + mail.html for mail in mails), str(event.changes)])
    assert "DLR has submitted 1 comment" in said
    assert made.text not in said
    assert left.text not in said


@pytest.mark.parametrize("who", ["delegate_a", "observer_a", "head_b", "editor", "administrator", "chair"])
def test_submit_by_who_does_not_speak_for_the_agency_is_refused(
    consultation: Consultation, head_a: Member, dlr: Agency, who: str, request: pytest.FixtureRequest
) -> None:
    made = note(consultation, head_a, dlr)
    with pytest.raises(PermissionDenied, match="head of delegation or an alternate"):
        hand_in(consultation, request.getfixturevalue(who), made)
    made.refresh_from_db()
    assert made.is_note


def test_submit_by_a_head_who_was_replaced_meanwhile_is_refused(
    consultation: Consultation, head_a: Member, dlr: Agency
) -> None:
    made = note(consultation, head_a, dlr)
    assert dlr.pk in head_a.standing.speaks_for  # read when the page was opened
    head_a.mandates.update(end=START.date())
    with pytest.raises(PermissionDenied):
        hand_in(consultation, head_a, made)


def test_submit_nothing_is_refused(consultation: Consultation, head_a: Member, dlr: Agency) -> None:
    with pytest.raises(ValidationError, match="Choose at least one"):
        submit(consultation, by=head_a, agency=dlr, chosen={}, now=START + HOUR)


def test_submit_of_a_note_that_was_changed_after_it_was_read_submits_nothing(
    consultation: Consultation, head_a: Member, delegate_a: Member, dlr: Agency
) -> None:
    read = [note(consultation, delegate_a, dlr), note(consultation, delegate_a, dlr)]
    edit_comment(read[1], by=delegate_a, version=1, text="Quite different.", now=START + HOUR)
    with pytest.raises(Stale):
        hand_in(consultation, head_a, *read)
    assert not Comment.objects.submitted().exists()


def test_submit_of_a_note_that_was_removed_submits_nothing(
    consultation: Consultation, head_a: Member, delegate_a: Member, dlr: Agency
) -> None:
    read = [note(consultation, delegate_a, dlr), note(consultation, delegate_a, dlr)]
    remove_comment(Comment.objects.get(pk=read[1].pk), by=delegate_a, version=1, now=START + HOUR)
    with pytest.raises(Stale):
        hand_in(consultation, head_a, *read)
    assert not Comment.objects.submitted().exists()


def test_submit_of_another_agencys_note_is_as_of_one_that_is_not_there(
    consultation: Consultation, head_a: Member, dlr: Agency, delegate_b: Member, jaxa: Agency
) -> None:
    theirs = note(consultation, delegate_b, jaxa)
    for pk in (theirs.pk, 17):
        with pytest.raises(Stale) as refused:
            submit(consultation, by=head_a, agency=dlr, chosen={pk: 1}, now=START + HOUR)
        assert refused.value.current == consultation
    theirs.refresh_from_db()
    assert theirs.is_note


def test_submit_twice_is_refused_the_second_time(
    consultation: Consultation, head_a: Member, alternate_a: Member, dlr: Agency
) -> None:
    made = note(consultation, head_a, dlr)
    hand_in(consultation, head_a, made)
    with pytest.raises(Stale):
        hand_in(consultation, alternate_a, made)
    assert Comment.objects.get().submitted_by == head_a


def test_submit_in_the_last_second_is_taken_and_at_the_end_it_is_not(
    consultation: Consultation, head_a: Member, dlr: Agency
) -> None:
    one, other = note(consultation, head_a, dlr), note(consultation, head_a, dlr)
    hand_in(consultation, head_a, one, now=START + WEEKS - SECOND)
    with pytest.raises(WrongMoment, match="The consultation ended"):
        hand_in(consultation, head_a, other, now=START + WEEKS)


def test_submit_late_is_marked_while_late_ones_are_accepted(
    closed: Consultation, editor: Member, head_a: Member, dlr: Agency
) -> None:
    late_until(START + DAY, closed, dlr, editor)
    made = note(closed, head_a, dlr, now=START + HOUR)
    other = note(closed, head_a, dlr, now=START + HOUR)
    hand_in(closed, head_a, made, now=START + 2 * HOUR)
    made.refresh_from_db()
    assert made.late is True
    with pytest.raises(WrongMoment):
        hand_in(closed, head_a, other, now=START + DAY)


@pytest.mark.django_db(transaction=True)
def test_closing_and_submitting_at_the_same_second_give_one_answer(
    editor: Member, asked: list[Agency], head_a: Member, dlr: Agency
) -> None:
    """Whoever comes second waits, and is judged by the instant after the wait: a comment is either there
    before the end, or refused; never there with a later instant than the end."""
    consultation = open_now(editor, asked)
    made = note(consultation, head_a, dlr)
    both, answers = threading.Barrier(2), dict[str, Any]()
    todo = {
        "close": lambda: close(consultation.recommendation, by=editor, reason="All have answered."),
        "submit": lambda: submit(consultation, by=head_a, agency=dlr, chosen={made.pk: 1}),
    }

    def act(name: str) -> None:
        try:
            both.wait(10)
            answers[name] = todo[name]()
        except WrongMoment as refusal:
            answers[name] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=[name]) for name in todo]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    made.refresh_from_db()
    consultation.refresh_from_db()
    assert consultation.closed_at is not None
    if isinstance(answers["submit"], WrongMoment):
        assert made.is_note
    else:
        assert made.submitted_at is not None
        assert made.submitted_at <= consultation.closed_at


@pytest.mark.django_db(transaction=True)
def test_two_agencies_submitting_at_once_are_both_taken(
    editor: Member, asked: list[Agency], head_a: Member, dlr: Agency, head_b: Member, jaxa: Agency
) -> None:
    consultation = open_now(editor, asked)
    notes = {
        head_a: [note(consultation, head_a, dlr) for _ in range(3)],
        head_b: [note(consultation, head_b, jaxa) for _ in range(3)],
    }
    both, refused = threading.Barrier(2), list[Exception]()

    def act(head: Member) -> None:
        try:
            both.wait(10)
            chosen = {each.pk: 1 for each in notes[head]}
            submit(consultation, by=head, agency=notes[head][0].agency, chosen=chosen)
        except Exception as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=[head]) for head in notes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert refused == []
    for agency in asked:
        assert set(Comment.objects.filter(agency=agency).values_list("number", flat=True)) == {1, 2, 3}
