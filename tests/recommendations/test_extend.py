"""Moving a deadline, closing early, accepting late comments."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from agencies.models import Agency
from isecg.access import WrongMoment
from isecg.audit.models import Event
from isecg.mail.models import Message
from members.models import Member
from recommendations.models import Consultation, Extension, Phase, Reading
from recommendations.services.consultations import accept_late, close, extend
from tests.recommendations import world
from tests.recommendations.test_circulate import told
from tests.recommendations.world import DAY, SECOND, START, WEEKS

LATER = START + WEEKS + 7 * DAY


def test_extend_moves_the_deadline_and_keeps_the_old_one(consultation: Consultation, editor: Member) -> None:
    extension = extend(
        consultation.recommendation, by=editor, closes_at=LATER, reason="Holidays.", now=START + DAY
    )
    consultation.refresh_from_db()
    assert (extension.before, extension.after) == (START + WEEKS, LATER)
    assert consultation.end == LATER


def test_extend_moves_the_inner_deadline_as_far(consultation: Consultation, editor: Member) -> None:
    extend(consultation.recommendation, by=editor, closes_at=LATER, reason="Holidays.", now=START + DAY)
    consultation.refresh_from_db()
    assert consultation.inner_at == LATER - 2 * DAY


def test_extend_with_an_inner_deadline_of_its_own(consultation: Consultation, editor: Member) -> None:
    inner = LATER - 4 * DAY
    extend(
        consultation.recommendation,
        by=editor,
        closes_at=LATER,
        inner_at=inner,
        reason="Holidays.",
        now=START + DAY,
    )
    consultation.refresh_from_db()
    assert consultation.inner_at == inner


def test_extend_tells_everybody_asked_and_who_has_read_it(
    consultation: Consultation,
    editor: Member,
    administrator: Member,
    head_a: Member,
    delegate_b: Member,
    observer_a: Member,
    chair: Member,
) -> None:
    for reader in (administrator, observer_a):  # observers were not let read it: what they once read is past
        Reading.objects.create(
            member=reader, recommendation=consultation.recommendation, revision=consultation.revision
        )
    extend(consultation.recommendation, by=editor, closes_at=LATER, reason="Holidays.", now=START + DAY)
    assert told("extended") == {head_a.email, delegate_b.email, administrator.email}
    assert "Holidays." in Message.objects.filter(kind="extended")[0].text


def test_extend_is_in_the_log_with_both_deadlines(consultation: Consultation, editor: Member) -> None:
    extend(consultation.recommendation, by=editor, closes_at=LATER, reason="Holidays.", now=START + DAY)
    event = Event.objects.about(consultation.recommendation).get(verb="extend")
    assert event.why == "Holidays."
    assert event.changes["closes_at"] == [str(START + WEEKS), str(LATER)]


@pytest.mark.parametrize("closes_at", [START + WEEKS, START + WEEKS - SECOND])
def test_extend_to_no_later_instant(
    consultation: Consultation, editor: Member, closes_at: dt.datetime
) -> None:
    with pytest.raises(ValidationError) as refusal:
        extend(
            consultation.recommendation, by=editor, closes_at=closes_at, reason="Holidays.", now=START + DAY
        )
    assert list(refusal.value.message_dict) == ["closes_at"]
    assert not Extension.objects.exists()


def test_extend_without_a_reason(consultation: Consultation, editor: Member) -> None:
    with pytest.raises(ValidationError, match="Say why"):
        extend(consultation.recommendation, by=editor, closes_at=LATER, reason=" ", now=START + DAY)


def test_extend_at_the_end_itself_is_too_late(consultation: Consultation, editor: Member) -> None:
    end = START + WEEKS
    with pytest.raises(WrongMoment, match="ended on"):
        extend(consultation.recommendation, by=editor, closes_at=LATER, reason="Holidays.", now=end)
    extend(consultation.recommendation, by=editor, closes_at=LATER, reason="Holidays.", now=end - SECOND)
    assert Extension.objects.get().before == end


def test_extension_cannot_be_changed_in_the_database(consultation: Consultation, editor: Member) -> None:
    extend(consultation.recommendation, by=editor, closes_at=LATER, reason="Holidays.", now=START + DAY)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Extension.objects.update(reason="Another.")


def test_close_ends_it_at_once(consultation: Consultation, editor: Member, head_a: Member) -> None:
    now = START + DAY
    closed = close(consultation.recommendation, by=editor, reason="All have written.", now=now)
    assert (closed.phase(now - SECOND), closed.phase(now)) == (Phase.OPEN, Phase.CLOSED)
    assert closed.closes_at == START + WEEKS
    assert told("closed") == {head_a.email}
    assert Event.objects.about(consultation.recommendation).get(verb="close").why == "All have written."


def test_close_without_a_reason(consultation: Consultation, editor: Member) -> None:
    with pytest.raises(ValidationError, match="Say why"):
        close(consultation.recommendation, by=editor, reason="", now=START + DAY)


def test_close_what_is_over(closed: Consultation, editor: Member) -> None:
    with pytest.raises(WrongMoment, match="ended on"):
        close(closed.recommendation, by=editor, reason="Again.", now=START)


def test_accept_late_lets_one_agency_comment_until_an_instant(
    closed: Consultation, editor: Member, dlr: Agency, head_a: Member, delegate_a: Member, head_b: Member
) -> None:
    grace = accept_late(
        closed.recommendation, by=editor, agency=dlr, until=START + DAY, reason="Mail was lost.", now=START
    )
    assert (grace.consultation, grace.agency, grace.until) == (closed, dlr, START + DAY)
    assert told("late_accepted") == {head_a.email, delegate_a.email}


def test_accept_late_is_in_the_log_with_the_agency(closed: Consultation, editor: Member, dlr: Agency) -> None:
    accept_late(closed.recommendation, by=editor, agency=dlr, until=START + DAY, reason="Lost.", now=START)
    event = Event.objects.about(closed.recommendation).get(verb="accept_late")
    assert event.changes["agency"] == [None, "DLR"]


def test_accept_late_of_an_agency_that_was_not_asked(
    closed: Consultation, editor: Member, asi: Agency
) -> None:
    with pytest.raises(ValidationError, match="not asked"):
        accept_late(closed.recommendation, by=editor, agency=asi, until=START + DAY, reason="x", now=START)


def test_accept_late_until_an_instant_that_has_passed(
    closed: Consultation, editor: Member, dlr: Agency
) -> None:
    with pytest.raises(ValidationError, match="has passed"):
        accept_late(closed.recommendation, by=editor, agency=dlr, until=START, reason="x", now=START)


def test_accept_late_while_it_is_open(consultation: Consultation, editor: Member, dlr: Agency) -> None:
    with pytest.raises(WrongMoment, match="is open until"):
        accept_late(
            consultation.recommendation, by=editor, agency=dlr, until=START + DAY, reason="x", now=START
        )


@pytest.mark.parametrize("after", [0, 1])
def test_the_text_goes_on_when_nobody_may_comment_late_any_more(
    closed: Consultation, editor: Member, dlr: Agency, after: int
) -> None:
    accept_late(closed.recommendation, by=editor, agency=dlr, until=START + DAY, reason="Lost.", now=START)
    now = START + DAY - SECOND + after * SECOND
    try:
        world.under_silence(editor, [dlr], recommendation=closed.recommendation, now=now)
        refused = ""
    except WrongMoment as refusal:
        refused = str(refusal.reason)
    assert ("Late comments of DLR" in refused) == (after == 0)
