"""Working notes: who writes them, when, on what, and that nothing is lost or overwritten."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from agencies.models import Agency
from isecg.access import WrongMoment
from isecg.audit.models import Event
from isecg.mail.models import Message
from isecg.versions import Stale
from members.models import Member
from recommendations.models import Comment, Consultation
from recommendations.models.limits import COMMENT
from recommendations.services.comments import add_comment, edit_comment, remove_comment
from recommendations.services.consultations import close
from recommendations.services.holding import recall
from tests.recommendations import world
from tests.recommendations.commenting import hand_in, key_of, late_until, note
from tests.recommendations.world import DAY, HOUR, SECOND, START, WEEKS


def test_add_keeps_words_and_place(consultation: Consultation, delegate_a: Member, dlr: Agency) -> None:
    words = {"kind": "editorial", "from_text": "UTC", "to_text": "TAI", "reason": "No leap seconds."}
    made = note(consultation, delegate_a, dlr, "Another scale.", **words)
    kept = Comment.objects.get(pk=made.pk)
    assert {name: getattr(kept, name) for name in words} == words
    assert (kept.text, kept.agency, kept.author) == ("Another scale.", dlr, delegate_a)
    assert (kept.number, kept.submitted_at, kept.written_at) == (None, None, START + HOUR)


def test_add_quotes_words_with_what_stands_around_them(
    consultation: Consultation, delegate_a: Member, dlr: Agency
) -> None:
    made = note(consultation, delegate_a, dlr, quote=" common\n events ", prefix="odd", suffix="odd")
    assert (made.quote, made.prefix, made.suffix) == (
        "common events",
        "icipating agencies state times of "[-32:],
        " in Coordinated Universal Time.",
    )


def test_add_words_that_do_not_stand_there_are_a_comment_on_the_paragraph(
    consultation: Consultation, delegate_a: Member, dlr: Agency
) -> None:
    made = note(consultation, delegate_a, dlr, quote="lunar regolith", prefix="x", suffix="y")
    assert made.key == key_of(consultation, "1")
    assert (made.quote, made.prefix, made.suffix) == ("", "", "")


def test_add_on_the_whole_text_has_no_key(
    consultation: Consultation, delegate_a: Member, dlr: Agency
) -> None:
    made = note(consultation, delegate_a, dlr, key="", quote="common events")
    assert (made.key, made.quote) == ("", "")


@pytest.mark.parametrize("key", ["p999", "../", "p1'--", "\x00", "p1 " * 50])
def test_add_on_an_odd_key_is_refused_at_its_field(
    consultation: Consultation, delegate_a: Member, dlr: Agency, key: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        note(consultation, delegate_a, dlr, key=key)
    assert "key" in refused.value.message_dict


def test_add_without_words_is_refused(consultation: Consultation, delegate_a: Member, dlr: Agency) -> None:
    with pytest.raises(ValidationError, match="Write a comment or propose another wording"):
        note(consultation, delegate_a, dlr, " \n ")


def test_add_too_many_letters_is_refused_with_the_limit(
    consultation: Consultation, delegate_a: Member, dlr: Agency
) -> None:
    with pytest.raises(ValidationError) as refused:
        note(consultation, delegate_a, dlr, "x" * 100_000)
    assert str(COMMENT) in refused.value.message_dict["text"][0]


def test_add_leaves_out_what_turns_or_ends_text(
    consultation: Consultation, delegate_a: Member, dlr: Agency
) -> None:
    made = note(consultation, delegate_a, dlr, "ab\x00c \u202etxt.exe\u202c", to_text="\ud800ok")
    made.refresh_from_db()
    assert (made.text, made.to_text) == ("abc txt.exe", "ok")


def test_identities_do_not_count(consultation: Consultation, delegate_a: Member, dlr: Agency) -> None:
    """Another agency's note in between cannot be told from the addresses of one's own."""
    pks = [note(consultation, delegate_a, dlr).pk for _ in range(8)]
    assert pks != sorted(pks)
    assert min(abs(one - other) for one in pks for other in pks if one != other) > 1


@pytest.mark.parametrize("who", ["observer_a", "editor", "administrator", "chair", "former"])
def test_add_by_who_does_not_write_for_the_agency_is_refused(
    consultation: Consultation, dlr: Agency, who: str, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(PermissionDenied, match="Only the delegation"):
        note(consultation, request.getfixturevalue(who), dlr)


def test_add_for_another_agency_is_refused(
    consultation: Consultation, delegate_b: Member, dlr: Agency
) -> None:
    with pytest.raises(PermissionDenied, match="Only the delegation"):
        note(consultation, delegate_b, dlr)


def test_add_for_an_agency_that_is_not_asked_is_refused(
    editor: Member, dlr: Agency, jaxa: Agency, delegate_b: Member
) -> None:
    consultation = world.in_consultation(editor, [dlr])
    with pytest.raises(PermissionDenied, match="not asked"):
        note(consultation, delegate_b, jaxa)


def test_add_by_whose_mandate_ended_is_refused(
    consultation: Consultation, delegate_a: Member, dlr: Agency
) -> None:
    delegate_a.mandates.update(end=START.date())
    with pytest.raises(PermissionDenied, match="Only the delegation"):
        note(consultation, delegate_a, dlr)


def test_add_before_the_opening_is_the_wrong_moment(
    editor: Member, asked: list[Agency], delegate_a: Member, dlr: Agency
) -> None:
    consultation = world.in_consultation(editor, asked, hold=HOUR)
    with pytest.raises(WrongMoment, match="not open yet"):
        note(consultation, delegate_a, dlr, now=START + HOUR - SECOND)
    note(consultation, delegate_a, dlr, now=START + HOUR)


def test_add_to_a_recalled_consultation_is_the_wrong_moment(
    editor: Member, asked: list[Agency], delegate_a: Member, dlr: Agency
) -> None:
    consultation = world.in_consultation(editor, asked, hold=HOUR)
    recall(consultation.recommendation, by=editor, now=START)
    with pytest.raises(WrongMoment, match="not open yet"):
        note(consultation, delegate_a, dlr, now=START + 2 * HOUR)


def test_add_in_the_last_second_is_taken_and_at_the_end_it_is_not(
    consultation: Consultation, delegate_a: Member, dlr: Agency
) -> None:
    note(consultation, delegate_a, dlr, now=START + WEEKS - SECOND)
    with pytest.raises(WrongMoment, match="The consultation ended"):
        note(consultation, delegate_a, dlr, now=START + WEEKS)


def test_inner_deadline_locks_nothing(consultation: Consultation, delegate_a: Member, dlr: Agency) -> None:
    assert note(consultation, delegate_a, dlr, now=consultation.inner_at + HOUR).is_note


def test_add_after_it_was_closed_early_is_the_wrong_moment(
    consultation: Consultation, editor: Member, delegate_a: Member, dlr: Agency
) -> None:
    close(consultation.recommendation, by=editor, reason="All have answered.", now=START + DAY)
    with pytest.raises(WrongMoment, match="The consultation ended"):
        note(consultation, delegate_a, dlr, now=START + DAY)


def test_late_notes_are_taken_from_the_agency_that_was_allowed_to_as_long_as_that_lasts(
    closed: Consultation, editor: Member, delegate_a: Member, dlr: Agency, delegate_b: Member, jaxa: Agency
) -> None:
    late_until(START + DAY, closed, dlr, editor)
    note(closed, delegate_a, dlr, now=START + DAY - SECOND)
    with pytest.raises(WrongMoment):
        note(closed, delegate_b, jaxa, now=START + HOUR)
    with pytest.raises(WrongMoment):
        note(closed, delegate_a, dlr, now=START + DAY)


def test_notes_leave_no_event_and_no_mail(
    consultation: Consultation, delegate_a: Member, head_a: Member, dlr: Agency
) -> None:
    before = Event.objects.count(), Message.objects.count()
    made = note(consultation, delegate_a, dlr)
    made = edit_comment(made, by=head_a, version=1, text="Shorter.", now=START + 2 * HOUR)
    remove_comment(made, by=delegate_a, version=2, now=START + 3 * HOUR)
    assert (Event.objects.count(), Message.objects.count()) == before


def test_edit_by_anybody_of_the_delegation_keeps_the_author(
    consultation: Consultation, delegate_a: Member, alternate_a: Member, dlr: Agency
) -> None:
    made = note(consultation, delegate_a, dlr, quote="common events")
    edited = edit_comment(made, by=alternate_a, version=1, text="Better.", now=START + 2 * HOUR)
    assert (edited.text, edited.version, edited.author) == ("Better.", 2, delegate_a)
    assert edited.quote == "common events"


def test_edit_moves_a_note_to_another_paragraph(
    consultation: Consultation, delegate_a: Member, dlr: Agency
) -> None:
    made = note(consultation, delegate_a, dlr, quote="common events")
    other = key_of(consultation, "3")
    edited = edit_comment(made, by=delegate_a, version=1, key=other, quote="a list", now=START + 2 * HOUR)
    assert (edited.key, edited.quote, edited.suffix[:10]) == (other, "a list", " of the ev")


def test_edit_of_a_version_that_was_overtaken_is_stale_with_the_current_one(
    consultation: Consultation, delegate_a: Member, head_a: Member, dlr: Agency
) -> None:
    made = note(consultation, delegate_a, dlr)
    edit_comment(made, by=head_a, version=1, text="The head's.", now=START + 2 * HOUR)
    with pytest.raises(Stale) as refused:
        edit_comment(made, by=delegate_a, version=1, text="The delegate's.", now=START + 2 * HOUR)
    assert refused.value.current.text == "The head's."  # type: ignore[attr-defined]


def test_edit_of_a_submitted_comment_is_the_wrong_moment(
    consultation: Consultation, head_a: Member, dlr: Agency
) -> None:
    made = note(consultation, head_a, dlr)
    hand_in(consultation, head_a, made)
    with pytest.raises(WrongMoment, match="can no longer change"):
        edit_comment(made, by=head_a, version=1, text="Too late.", now=START + 3 * HOUR)


def test_edit_of_a_removed_note_is_the_wrong_moment(
    consultation: Consultation, head_a: Member, dlr: Agency
) -> None:
    made = note(consultation, head_a, dlr)
    remove_comment(Comment.objects.get(pk=made.pk), by=head_a, version=1, now=START + 2 * HOUR)
    with pytest.raises(WrongMoment, match="was removed"):
        edit_comment(made, by=head_a, version=1, text="Gone.", now=START + 3 * HOUR)


def test_edit_by_another_agency_is_refused(
    consultation: Consultation, delegate_a: Member, head_b: Member, dlr: Agency
) -> None:
    made = note(consultation, delegate_a, dlr)
    with pytest.raises(PermissionDenied):
        edit_comment(made, by=head_b, version=1, text="Ours.", now=START + 2 * HOUR)
    made.refresh_from_db()
    assert made.text == "Say it more plainly."


def test_edit_after_the_end_is_the_wrong_moment(
    consultation: Consultation, delegate_a: Member, dlr: Agency
) -> None:
    made = note(consultation, delegate_a, dlr)
    with pytest.raises(WrongMoment, match="The consultation ended"):
        edit_comment(made, by=delegate_a, version=1, text="Too late.", now=START + WEEKS)


def test_remove_takes_the_note_away(consultation: Consultation, delegate_a: Member, dlr: Agency) -> None:
    made = note(consultation, delegate_a, dlr)
    remove_comment(made, by=delegate_a, version=1, now=START + 2 * HOUR)
    assert not Comment.objects.exists()


def test_remove_of_a_version_that_was_overtaken_is_stale(
    consultation: Consultation, delegate_a: Member, head_a: Member, dlr: Agency
) -> None:
    made = note(consultation, delegate_a, dlr)
    edit_comment(made, by=head_a, version=1, text="Keep this.", now=START + 2 * HOUR)
    with pytest.raises(Stale):
        remove_comment(made, by=delegate_a, version=1, now=START + 3 * HOUR)
    assert Comment.objects.get().text == "Keep this."


def test_remove_of_a_submitted_comment_is_the_wrong_moment(
    consultation: Consultation, head_a: Member, dlr: Agency
) -> None:
    made = note(consultation, head_a, dlr)
    hand_in(consultation, head_a, made)
    with pytest.raises(WrongMoment):
        remove_comment(made, by=head_a, version=1, now=START + 3 * HOUR)
    assert Comment.objects.filter(pk=made.pk).exists()


def test_add_by_the_clock_of_the_database(
    editor: Member, asked: list[Agency], delegate_a: Member, dlr: Agency
) -> None:
    over = world.closed(editor, asked)
    with pytest.raises(WrongMoment):
        add_comment(over, by=delegate_a, agency=dlr, text="Too late.")
