"""What the database keeps, whoever asks it: issued, submitted, asked, objected. And what it lets go."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from agencies.models import Agency
from members.models import Member
from recommendations.models import (
    Comment,
    Consultation,
    Grace,
    Objection,
    Outcome,
    Position,
    Recommendation,
    SilenceProcedure,
    Stand,
    State,
)
from recommendations.services.silence import conclude, object_to
from tests.recommendations import world
from tests.recommendations.world import DAY, START

HELD = dt.timedelta(minutes=5)


def refused(change: Any, by: str) -> None:
    with pytest.raises(DatabaseError, match=by), transaction.atomic():
        change()


def row(record: Any) -> Any:
    return type(record)._default_manager.filter(pk=record.pk)


CHANGES: dict[str, Any] = {
    "number": "2026-99",
    "title": "Another",
    "kind": "event",
    "summary": "Another.",
    "background": "Another.",
    "for_all": False,
    "text": "Another.",
    "drafted_at": START,
    "drafted_by": None,
    "issued_at": START + DAY,
    "is_demonstration": True,
}


@pytest.mark.parametrize("name", CHANGES)
def test_issued_recommendation_keeps(name: str, issued: Recommendation) -> None:
    refused(lambda: row(issued).update(**{name: CHANGES[name]}), "recommendations_issued")


def test_issued_recommendation_keeps_its_revision(issued: Recommendation, editor: Member) -> None:
    other = world.revised(editor).revisions.get()
    refused(lambda: row(issued).update(issued_revision=other), "recommendations_issued")


def test_issued_recommendation_does_not_go_back(issued: Recommendation) -> None:
    back = {"state": State.AGREED, "issued_at": None, "issued_revision": None}
    refused(lambda: row(issued).update(**back), "recommendations_issued")


def test_issued_recommendation_is_not_deleted(issued: Recommendation) -> None:
    refused(row(issued).delete, "recommendations_issued|violates foreign key|protected")
    refused(lambda: row(issued)._raw_delete("default"), "recommendations_issued")


def test_issued_recommendation_goes_on_to_its_end_and_stays_there(issued: Recommendation) -> None:
    row(issued).update(state=State.WITHDRAWN, ended_at=START, end_reason="A mistake.", version=9)
    refused(lambda: row(issued).update(end_reason="Another."), "recommendations_ended")
    refused(
        lambda: row(issued).update(state=State.ISSUED, ended_at=None, end_reason=""), "recommendations_ended"
    )


def test_issued_addressees_are_kept(issued: Recommendation, dlr: Agency) -> None:
    refused(lambda: issued.addressees.add(dlr), "addressees of an issued")


def test_issued_addressees_are_not_taken_away(editor: Member, asked: list[Agency], chair: Member) -> None:
    draft = world.revised(editor, now=START - 40 * DAY, for_all=False, addressees=asked)
    world.closed(editor, asked, recommendation=draft, now=START - 20 * DAY)
    procedure = world.under_silence(editor, asked, recommendation=draft, now=START - 10 * DAY)
    draft.addressees.remove(asked[0])  # not issued yet
    conclude(procedure.recommendation, by=editor, now=START)
    from recommendations.services.issues import approve

    approve(draft, by=chair, hold=world.AT_ONCE, now=START)
    refused(lambda: draft.addressees.clear(), "addressees of an issued")
    assert draft.addressees.get() == asked[1]


def test_what_is_about_to_be_issued_can_still_change(
    editor: Member, asked: list[Agency], chair: Member
) -> None:
    rec = world.issued(editor, asked, chair, now=timezone.now(), hold=HELD)
    assert row(rec).update(state=State.AGREED, issued_at=None, issued_revision=None) == 1


def test_draft_can_change(draft: Recommendation) -> None:
    assert row(draft).update(title="Another", text="Another.") == 1


@pytest.fixture
def comment(consultation: Consultation, dlr: Agency, head_a: Member) -> Comment:
    return world.submitted(consultation, dlr, head_a)


WORDS: dict[str, Any] = {
    "key": "p2",
    "quote": "times",
    "prefix": "x",
    "suffix": "x",
    "kind": "editorial",
    "text": "Another.",
    "from_text": "Another.",
    "to_text": "Another.",
    "reason": "Another.",
    "number": 7,
    "submitted_at": START + DAY,
    "submitted_by": None,
    "author": None,
    "late": True,
}


@pytest.mark.parametrize("name", WORDS)
def test_submitted_comment_keeps_its_words(name: str, comment: Comment) -> None:
    refused(lambda: row(comment).update(**{name: WORDS[name]}), "recommendations_submitted")


def test_submitted_comment_keeps_its_agency_and_consultation(
    comment: Comment, jaxa: Agency, editor: Member, asked: list[Agency]
) -> None:
    refused(lambda: row(comment).update(agency=jaxa), "recommendations_submitted")
    other = world.in_consultation(editor, asked)
    refused(lambda: row(comment).update(consultation=other), "recommendations_submitted")


def test_submitted_comment_does_not_become_a_note_again_nor_go(comment: Comment) -> None:
    refused(lambda: row(comment).update(submitted_at=None, number=None), "recommendations_submitted")
    refused(lambda: row(comment)._raw_delete("default"), "recommendations_submitted")


def test_submitted_comment_can_be_withdrawn_redacted_and_released(comment: Comment) -> None:
    changed = row(comment).update(
        withdrawn_at=START, redacted_at=START, redaction_reason="A name.", published_at=START, version=4
    )
    assert changed == 1


def test_working_note_can_change_and_go(consultation: Consultation, dlr: Agency, head_a: Member) -> None:
    note = world.submitted(consultation, dlr, head_a, number=None, submitted_at=None, submitted_by=None)
    assert row(note).update(text="Another.", key="p2") == 1
    assert row(note).delete()[0] == 1


def test_comment_of_an_agency_that_was_not_asked(
    consultation: Consultation, asi: Agency, head_a: Member
) -> None:
    refused(lambda: world.submitted(consultation, asi, head_a), "was not asked")


def test_note_does_not_move_to_an_agency_that_was_not_asked(
    consultation: Consultation, dlr: Agency, asi: Agency, head_a: Member
) -> None:
    note = world.submitted(consultation, dlr, head_a, number=None, submitted_at=None, submitted_by=None)
    refused(lambda: row(note).update(agency=asi), "was not asked")


def test_grace_of_an_agency_that_was_not_asked(consultation: Consultation, asi: Agency) -> None:
    refused(
        lambda: Grace.objects.create(consultation=consultation, agency=asi, until=START, reason="x"),
        "was not asked",
    )


def test_objection_and_position_of_an_agency_that_was_not_asked(
    silence: SilenceProcedure, asi: Agency, dlr: Agency
) -> None:
    refused(lambda: Objection.objects.create(procedure=silence, agency=asi, reason="x"), "was not asked")
    refused(
        lambda: Position.objects.create(procedure=silence, agency=asi, stand=Stand.SUPPORTS), "was not asked"
    )
    assert Objection.objects.create(procedure=silence, agency=dlr, reason="x").pk
    assert Position.objects.create(procedure=silence, agency=dlr, stand=Stand.SUPPORTS).pk


def test_who_was_asked_stays_on_record(
    consultation: Consultation, silence: SilenceProcedure, dlr: Agency
) -> None:
    refused(lambda: consultation.agencies.remove(dlr), "append-only")
    refused(lambda: silence.agencies.clear(), "append-only")


def test_second_standing_objection_of_an_agency(silence: SilenceProcedure, dlr: Agency) -> None:
    Objection.objects.create(procedure=silence, agency=dlr, reason="x")
    with pytest.raises(IntegrityError, match="one_objection_stands"), transaction.atomic():
        Objection.objects.create(procedure=silence, agency=dlr, reason="x")


def test_objection_keeps_its_words_and_stays_withdrawn(
    silence: SilenceProcedure, head_a: Member, dlr: Agency
) -> None:
    objection = object_to(silence.recommendation, by=head_a, agency=dlr, reason="Too soon.", now=START)
    refused(lambda: row(objection).update(reason="Another."), "recommendations_objection_kept")
    refused(lambda: row(objection).delete(), "recommendations_objection_kept")
    assert row(objection).update(withdrawn_at=START + DAY, withdrawal_reason="Settled.") == 1
    refused(lambda: row(objection).update(withdrawn_at=None), "recommendations_objection_withdrawn")


@pytest.mark.parametrize(
    "change",
    [{"expires_at": START + 30 * DAY}, {"sha256": "0" * 64}, {"words": "Another."}],
)
def test_silence_keeps_text_and_expiry(change: dict[str, Any], silence: SilenceProcedure) -> None:
    refused(lambda: row(silence).update(**change), "recommendations_silence_kept")


def test_silence_is_concluded_once(silence: SilenceProcedure, editor: Member) -> None:
    conclude(silence.recommendation, by=editor, now=START + 10 * DAY)
    refused(lambda: row(silence).update(concluded_as=Outcome.BROKEN), "recommendations_silence_concluded")
