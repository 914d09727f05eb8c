"""The silence procedure: who breaks it and when, what is said for the record, how it ends."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from agencies.models import Agency
from isecg.access import WrongMoment
from isecg.audit.models import Event
from isecg.mail.models import Message
from members.models import Mandate, Member, Role
from recommendations.models import (
    Consultation,
    Objection,
    Outcome,
    Position,
    SilenceProcedure,
    Stand,
    State,
)
from recommendations.services.silence import (
    conclude,
    object_to,
    start_silence,
    state_position,
    withdraw_objection,
)
from recommendations.services.texts import write
from tests.recommendations import world
from tests.recommendations.test_circulate import told
from tests.recommendations.world import AT_ONCE, DAY, SECOND, START

EXPIRY = START + 10 * DAY


def objection(silence: SilenceProcedure, by: Member, agency: Agency, now: dt.datetime = START) -> Objection:
    return object_to(silence.recommendation, by=by, agency=agency, reason="Too soon.", now=now)


def test_start_silence_binds_the_newest_revision_by_its_hash(silence: SilenceProcedure) -> None:
    newest = silence.recommendation.revisions.latest("number")
    assert (silence.revision, silence.sha256) == (newest, newest.sha256)
    assert world.again(silence.recommendation).state == State.UNDER_SILENCE


def test_start_silence_tells_who_writes_for_an_agency_asked(
    editor: Member, asked: list[Agency], head_a: Member, delegate_b: Member, chair: Member, observer_a: Member
) -> None:
    procedure = world.under_silence(editor, asked, hold=dt.timedelta(minutes=5))
    assert told("silence_started") == {head_a.email, delegate_b.email}
    assert {each.not_before for each in Message.objects.filter(kind="silence_started")} == {
        procedure.starts_at
    }


def test_start_silence_before_any_consultation(editor: Member, asked: list[Agency]) -> None:
    with pytest.raises(WrongMoment, match="not been consulted"):
        start_silence(world.revised(editor), by=editor, agencies=asked, expires_at=EXPIRY, now=START)


def test_start_silence_while_the_consultation_is_open(
    consultation: Consultation, editor: Member, asked: list[Agency]
) -> None:
    with pytest.raises(WrongMoment, match="is open until"):
        start_silence(
            consultation.recommendation, by=editor, agencies=asked, expires_at=EXPIRY, now=START + DAY
        )


def test_start_silence_names_the_comments_that_are_undecided(
    closed: Consultation, editor: Member, asked: list[Agency], dlr: Agency, head_a: Member
) -> None:
    world.submitted(closed, dlr, head_a)
    world.submitted(closed, dlr, head_a)
    with pytest.raises(WrongMoment, match="2 comments have no verdict yet") as refusal:
        start_silence(closed.recommendation, by=editor, agencies=asked, expires_at=EXPIRY, now=START)
    assert "DLR 1" in str(refusal.value.reason)
    assert "DLR 2" in str(refusal.value.reason)


def test_start_silence_does_not_wait_for_notes_and_withdrawn_comments(
    closed: Consultation, editor: Member, asked: list[Agency], dlr: Agency, head_a: Member
) -> None:
    world.submitted(closed, dlr, head_a, withdrawn_at=START)
    world.submitted(closed, dlr, head_a, number=None, submitted_at=None, submitted_by=None)
    procedure = world.under_silence(editor, asked, recommendation=closed.recommendation)
    assert procedure.outcome(START) == Outcome.RUNNING


def test_start_silence_on_words_that_are_in_no_revision(
    closed: Consultation, editor: Member, asked: list[Agency]
) -> None:
    world.rewritten(closed.recommendation, editor, "# Two\n\n1. Two.", now=START)
    rec = world.again(closed.recommendation)
    write(rec, by=editor, version=rec.version, text="# Three\n\n1. Three.", now=START)
    with pytest.raises(WrongMoment, match="differs from revision 2"):
        start_silence(rec, by=editor, agencies=asked, expires_at=EXPIRY, now=START)


@pytest.mark.parametrize(
    ("asking", "sentence"),
    [({"agencies": []}, "nobody would be"), ({"expires_at": START}, "has passed")],
)
def test_start_silence_of_nobody_or_until_the_past(
    closed: Consultation, editor: Member, asked: list[Agency], asking: Any, sentence: str
) -> None:
    named = {"agencies": asked, "expires_at": EXPIRY, "hold": AT_ONCE, **asking}
    with pytest.raises(ValidationError, match=sentence):
        start_silence(closed.recommendation, by=editor, now=START, **named)


def test_object_breaks_the_silence_at_once(silence: SilenceProcedure, head_a: Member, dlr: Agency) -> None:
    objection(silence, head_a, dlr)
    assert silence.outcome(START - SECOND) == Outcome.HELD_BACK
    assert silence.outcome(START) == Outcome.BROKEN
    assert world.again(silence.recommendation).state == State.UNDER_SILENCE


def test_object_tells_everybody_asked_the_chair_and_the_secretariat(
    silence: SilenceProcedure,
    head_a: Member,
    dlr: Agency,
    delegate_b: Member,
    chair: Member,
    editor: Member,
    observer_a: Member,
) -> None:
    objection(silence, head_a, dlr)
    assert told("objected") == {head_a.email, delegate_b.email, chair.email, editor.email}
    assert "Too soon." in Message.objects.filter(kind="objected")[0].text


def test_object_is_in_the_log_for_the_agency(silence: SilenceProcedure, head_a: Member, dlr: Agency) -> None:
    objection(silence, head_a, dlr)
    event = Event.objects.about(silence.recommendation).get(verb="object")
    assert (event.actor_id, event.on_behalf_of, event.why) == (head_a.pk, "DLR", "Too soon.")


def test_object_in_the_last_second_and_at_the_expiry(
    silence: SilenceProcedure, head_a: Member, head_b: Member, dlr: Agency, jaxa: Agency
) -> None:
    objection(silence, head_a, dlr, now=EXPIRY - SECOND)
    with pytest.raises(WrongMoment, match="expired on"):
        objection(silence, head_b, jaxa, now=EXPIRY)
    assert silence.outcome(EXPIRY) == Outcome.BROKEN


def test_object_before_it_starts(editor: Member, asked: list[Agency], head_a: Member, dlr: Agency) -> None:
    procedure = world.under_silence(editor, asked, hold=dt.timedelta(minutes=5))
    with pytest.raises(WrongMoment, match="starts on"):
        objection(procedure, head_a, dlr)


def test_object_without_a_reason(silence: SilenceProcedure, head_a: Member, dlr: Agency) -> None:
    with pytest.raises(ValidationError, match="Say why"):
        object_to(silence.recommendation, by=head_a, agency=dlr, reason=" ", now=START)


def test_object_twice(silence: SilenceProcedure, head_a: Member, alternate_a: Member, dlr: Agency) -> None:
    objection(silence, head_a, dlr)
    with pytest.raises(WrongMoment, match="objected already"):
        objection(silence, alternate_a, dlr)


def test_object_for_another_agency(silence: SilenceProcedure, head_a: Member, jaxa: Agency) -> None:
    with pytest.raises(PermissionDenied, match="this agency's head of delegation"):
        objection(silence, head_a, jaxa)


def test_object_for_the_second_of_ones_agencies(
    silence: SilenceProcedure, head_a: Member, dlr: Agency, jaxa: Agency
) -> None:
    Mandate.objects.create(member=head_a, agency=jaxa, role=Role.ALTERNATE, start=dt.date(2020, 1, 1))
    both = Member.objects.get(pk=head_a.pk)
    objection(silence, both, dlr)
    with pytest.raises(WrongMoment, match="objected already"):
        objection(silence, both, dlr)
    objection(silence, both, jaxa)
    assert {each.agency for each in Objection.objects.all()} == {dlr, jaxa}


def test_object_for_an_agency_that_is_not_asked(
    silence: SilenceProcedure, head_a: Member, asi: Agency
) -> None:
    Mandate.objects.create(member=head_a, agency=asi, role=Role.ALTERNATE, start=dt.date(2020, 1, 1))
    with pytest.raises(ValidationError, match="not asked"):
        objection(silence, Member.objects.get(pk=head_a.pk), asi)


def test_object_by_a_head_who_was_replaced_since_the_page_was_opened(
    silence: SilenceProcedure, head_a: Member, dlr: Agency
) -> None:
    assert dlr.pk in head_a.standing.speaks_for  # what the page was shown with
    Mandate.objects.filter(member=head_a).update(end=START.date())
    with pytest.raises(PermissionDenied, match="Only the head of delegation"):
        objection(silence, head_a, dlr)
    assert not Objection.objects.exists()


def test_object_after_it_was_concluded(
    silence: SilenceProcedure, editor: Member, head_a: Member, dlr: Agency
) -> None:
    conclude(silence.recommendation, by=editor, now=EXPIRY)
    with pytest.raises(WrongMoment, match="No silence procedure is running"):
        objection(silence, head_a, dlr, now=EXPIRY)


def test_withdraw_objection_lets_the_silence_run_on(
    silence: SilenceProcedure, head_a: Member, alternate_a: Member, dlr: Agency
) -> None:
    objection(silence, head_a, dlr)
    withdraw_objection(silence.recommendation, by=alternate_a, agency=dlr, reason="Settled.", now=START + DAY)
    assert silence.outcome(START + DAY - SECOND) == Outcome.BROKEN
    assert silence.outcome(START + DAY) == Outcome.RUNNING
    assert silence.outcome(EXPIRY) == Outcome.AGREED


def test_withdraw_objection_tells_whom_the_objection_was_told(
    silence: SilenceProcedure, head_a: Member, dlr: Agency, delegate_b: Member, chair: Member, editor: Member
) -> None:
    objection(silence, head_a, dlr)
    withdraw_objection(silence.recommendation, by=head_a, agency=dlr, reason="Settled.", now=START + DAY)
    assert told("objection_withdrawn") == told("objected")
    assert "Settled." in Message.objects.filter(kind="objection_withdrawn")[0].text


def test_withdraw_objection_at_the_expiry_is_too_late(
    silence: SilenceProcedure, head_a: Member, dlr: Agency
) -> None:
    objection(silence, head_a, dlr)
    with pytest.raises(WrongMoment, match="expired on"):
        withdraw_objection(silence.recommendation, by=head_a, agency=dlr, reason="Settled.", now=EXPIRY)
    assert silence.outcome(EXPIRY) == Outcome.BROKEN


def test_withdraw_objection_of_another_agency(
    silence: SilenceProcedure, head_a: Member, head_b: Member, dlr: Agency, jaxa: Agency
) -> None:
    objection(silence, head_a, dlr)
    with pytest.raises(WrongMoment, match="no objection to withdraw"):
        withdraw_objection(silence.recommendation, by=head_b, agency=jaxa, reason="Settled.", now=START)
    with pytest.raises(WrongMoment, match="no objection to withdraw"):
        withdraw_objection(silence.recommendation, by=head_b, agency=dlr, reason="Settled.", now=START)


def test_object_again_after_withdrawing(silence: SilenceProcedure, head_a: Member, dlr: Agency) -> None:
    objection(silence, head_a, dlr)
    withdraw_objection(silence.recommendation, by=head_a, agency=dlr, reason="Settled.", now=START + DAY)
    objection(silence, head_a, dlr, now=START + 2 * DAY)
    assert silence.outcome(START + 2 * DAY) == Outcome.BROKEN


def test_state_position_stands_beside_the_older_one(
    silence: SilenceProcedure, head_a: Member, dlr: Agency
) -> None:
    for day, stand in enumerate((Stand.ASIDE, Stand.SUPPORTS)):
        state_position(silence.recommendation, by=head_a, agency=dlr, stand=stand, now=START + day * DAY)
    assert [each.stand for each in silence.positions.all()] == [Stand.SUPPORTS, Stand.ASIDE]


def test_state_position_breaks_nothing_and_tells_nobody(
    silence: SilenceProcedure, head_a: Member, dlr: Agency
) -> None:
    before = Message.objects.count()
    state_position(
        silence.recommendation,
        by=head_a,
        agency=dlr,
        stand=Stand.CONCERN,
        resolves="A word on tests.",
        now=START,
    )
    assert silence.outcome(START) == Outcome.RUNNING
    assert Message.objects.count() == before


def test_state_position_of_a_concern_says_what_would_resolve_it(
    silence: SilenceProcedure, head_a: Member, dlr: Agency
) -> None:
    with pytest.raises(ValidationError, match="what would resolve it"):
        state_position(silence.recommendation, by=head_a, agency=dlr, stand=Stand.CONCERN, now=START)


def test_state_position_of_a_kind_that_does_not_exist(
    silence: SilenceProcedure, head_a: Member, dlr: Agency
) -> None:
    with pytest.raises(ValidationError):
        state_position(silence.recommendation, by=head_a, agency=dlr, stand="loves", now=START)
    assert not Position.objects.exists()


def test_position_cannot_be_changed_in_the_database(
    silence: SilenceProcedure, head_a: Member, dlr: Agency
) -> None:
    state_position(silence.recommendation, by=head_a, agency=dlr, stand=Stand.SUPPORTS, now=START)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Position.objects.update(stand=Stand.ASIDE)


def test_conclude_stores_the_outcome_of_the_instants(silence: SilenceProcedure, editor: Member) -> None:
    concluded = conclude(silence.recommendation, by=editor, now=EXPIRY + 3 * DAY)
    assert (concluded.concluded_as, concluded.concluded_at) == (Outcome.AGREED, EXPIRY + 3 * DAY)
    assert world.again(silence.recommendation).state == State.AGREED


def test_conclude_what_is_broken_goes_back_to_drafting(
    silence: SilenceProcedure, editor: Member, head_a: Member, dlr: Agency
) -> None:
    objection(silence, head_a, dlr)
    concluded = conclude(silence.recommendation, by=editor, now=START + DAY)
    assert concluded.concluded_as == Outcome.BROKEN
    assert world.again(silence.recommendation).state == State.DRAFTING


def test_conclude_in_the_last_second_is_too_early(silence: SilenceProcedure, editor: Member) -> None:
    with pytest.raises(WrongMoment, match="runs until"):
        conclude(silence.recommendation, by=editor, now=EXPIRY - SECOND)


def test_conclude_tells_everybody_asked_the_chair_and_the_secretariat(
    silence: SilenceProcedure, editor: Member, head_a: Member, chair: Member, observer_a: Member
) -> None:
    conclude(silence.recommendation, by=editor, now=EXPIRY)
    assert told("concluded") == {head_a.email, chair.email, editor.email}


def test_conclude_of_a_broken_silence_mails_the_objections_that_stood(
    silence: SilenceProcedure, editor: Member, head_a: Member, head_b: Member, dlr: Agency, jaxa: Agency
) -> None:
    object_to(silence.recommendation, by=head_a, agency=dlr, reason="Reason of DLR.", now=START)
    object_to(silence.recommendation, by=head_b, agency=jaxa, reason="Reason of JAXA.", now=START)
    withdraw_objection(silence.recommendation, by=head_b, agency=jaxa, reason="Settled.", now=START + DAY)
    conclude(silence.recommendation, by=editor, now=START + 2 * DAY)
    text = Message.objects.filter(kind="concluded")[0].text
    assert "Reason of DLR." in text
    assert "Reason of JAXA." not in text


def test_a_second_silence_after_a_broken_one(editor: Member, asked: list[Agency], head_a: Member) -> None:
    rec = world.broken(editor, asked, head_a)
    procedure = world.under_silence(editor, asked, recommendation=rec)
    assert procedure.outcome(START) == Outcome.RUNNING
    assert rec.silence_procedures.count() == 2


ODD = "Too\x00 soon\u202e."


def test_object_in_words_that_cannot_be_printed(
    silence: SilenceProcedure, head_a: Member, dlr: Agency
) -> None:
    kept = object_to(silence.recommendation, by=head_a, agency=dlr, reason=ODD, now=START)
    assert kept.reason == "Too soon."


def test_object_in_too_many_words(silence: SilenceProcedure, head_a: Member, dlr: Agency) -> None:
    with pytest.raises(ValidationError, match="2001 letters"):
        object_to(silence.recommendation, by=head_a, agency=dlr, reason="x" * 2001, now=START)
    assert world.again(silence.recommendation).state == State.UNDER_SILENCE
    assert not Objection.objects.exists()


def test_state_position_in_words_that_cannot_be_printed(
    silence: SilenceProcedure, head_a: Member, dlr: Agency
) -> None:
    kept = state_position(
        silence.recommendation, by=head_a, agency=dlr, stand=Stand.ASIDE, statement=ODD, now=START
    )
    assert kept.statement == "Too soon."


def test_conclude_of_a_broken_silence_tells_no_observer_of_the_consultation(
    editor: Member, asked: list[Agency], head_a: Member, dlr: Agency, observer_a: Member
) -> None:
    consultation = world.closed(editor, asked, observers=True)
    procedure = world.under_silence(editor, asked, recommendation=consultation.recommendation)
    objection(procedure, head_a, dlr)
    conclude(procedure.recommendation, by=editor, now=START + DAY)
    assert told("concluded") == {head_a.email, editor.email}
