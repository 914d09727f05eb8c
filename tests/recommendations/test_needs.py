"""The desk: what recommendations want of whom, and of nobody else."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.models import Agency
from members.models import Member
from recommendations.models import (
    Answer,
    Comment,
    Consultation,
    Disposition,
    Grace,
    Position,
    Recommendation,
    Revision,
    Verdict,
)
from recommendations.queries.needs import needs
from recommendations.services import consultations, issues, responses
from recommendations.services import silence as silences
from recommendations.services.comments import place_comment
from tests.recommendations import world

NOW = world.START + world.HOUR
CAST = ["editor", "administrator", "chair", "head_a", "delegate_a", "observer_a", "delegate_b", "former"]


@pytest.fixture
def wanted(request: Any) -> Any:
    """`wanted("head_a")`: the buttons that recommendations put on that person's desk."""

    def look(who: str, now: dt.datetime = NOW) -> list[str]:
        return [str(need.action) for need in needs(request.getfixturevalue(who), now)]

    return look


def note(consultation: Consultation, agency: Agency, by: Member) -> Comment:
    return Comment.objects.create(consultation=consultation, agency=agency, author=by, text="A note.")


@pytest.mark.parametrize("who", CAST)
def test_nothing_under_way_wants_nothing(wanted: Any, issued: Recommendation, who: str) -> None:
    assert wanted(who) == []


def test_an_open_consultation_wants_comments_of_who_writes_for_an_agency_asked(
    wanted: Any, consultation: Consultation
) -> None:
    asked = {who for who in CAST if "Read and comment" in wanted(who)}
    assert asked == {"head_a", "delegate_a", "delegate_b"}
    assert [who for who in CAST if who not in asked and wanted(who)] == []


def test_delegates_have_the_inner_deadline_and_heads_the_outer(
    consultation: Consultation, delegate_a: Member, head_a: Member
) -> None:
    assert needs(delegate_a, NOW)[0].deadline == consultation.inner_at
    assert needs(head_a, NOW)[0].deadline == consultation.closes_at
    assert needs(delegate_a, consultation.inner_at)[0].deadline == consultation.closes_at


def test_an_agency_that_has_commented_is_asked_no_more(
    wanted: Any, consultation: Consultation, dlr: Agency, head_a: Member
) -> None:
    world.submitted(consultation, dlr, head_a)
    assert wanted("delegate_a") == []
    assert wanted("delegate_b") == ["Read and comment"]


def test_a_consultation_that_is_not_open_wants_nothing_of_agencies(
    wanted: Any, consultation: Consultation
) -> None:
    assert wanted("delegate_a", world.START - world.SECOND) == []
    assert wanted("delegate_a", consultation.closes_at) == []


def test_who_is_accepted_late_is_asked_until_then(
    wanted: Any, consultation: Consultation, dlr: Agency, editor: Member
) -> None:
    over = consultation.closes_at + world.DAY
    Grace.objects.create(
        consultation=consultation, agency=dlr, until=over + world.DAY, reason="Holidays.", at=over
    )
    assert wanted("delegate_a", over + world.HOUR) == ["Read and comment"]
    assert wanted("delegate_b", over + world.HOUR) == []
    assert wanted("delegate_a", over + world.DAY) == []


def test_working_notes_want_their_own_agencys_head_to_submit(
    wanted: Any, consultation: Consultation, dlr: Agency, delegate_a: Member
) -> None:
    before = {who: wanted(who) for who in CAST}
    note(consultation, dlr, delegate_a)
    note(consultation, dlr, delegate_a)
    changed = {who for who in CAST if wanted(who) != before[who]}
    assert changed == {"head_a"}
    assert "Look and submit" in wanted("head_a")


def test_working_notes_are_counted_for_the_head(
    consultation: Consultation, dlr: Agency, delegate_a: Member, head_a: Member
) -> None:
    note(consultation, dlr, delegate_a)
    note(consultation, dlr, delegate_a)
    words = [str(need.words) for need in needs(head_a, NOW)]
    assert any("2 working notes of DLR are not submitted" in each for each in words)


def test_comments_of_a_consultation_that_is_over_want_verdicts(
    wanted: Any, closed: Consultation, dlr: Agency, head_a: Member, editor: Member
) -> None:
    world.submitted(closed, dlr, head_a, submitted_at=closed.opens_at + world.DAY)
    assert wanted("editor") == ["Decide"]
    assert [who for who in CAST[2:] if wanted(who)] == []


def test_comments_of_an_open_consultation_want_nothing_yet(
    wanted: Any, consultation: Consultation, dlr: Agency, head_a: Member
) -> None:
    world.submitted(consultation, dlr, head_a)
    assert wanted("editor") == []


def decided(consultation: Consultation, agency: Agency, by: Member, editor: Member) -> Disposition:
    at = consultation.opens_at + world.DAY
    comment = world.submitted(consultation, agency, by, submitted_at=at)
    return Disposition.objects.create(comment=comment, verdict=Verdict.ACCEPTED, decided_by=editor)


def test_when_every_comment_is_decided_the_text_goes_on(
    wanted: Any, closed: Consultation, dlr: Agency, head_a: Member, editor: Member
) -> None:
    decided(closed, dlr, head_a, editor)
    assert wanted("editor") == ["Revise, or start silence"]
    assert wanted("administrator") == ["Revise, or start silence", "Release them"]


def test_released_verdicts_want_to_know_whether_the_agency_is_satisfied(
    wanted: Any, closed: Consultation, dlr: Agency, head_a: Member, editor: Member
) -> None:
    decided(closed, dlr, head_a, editor)
    assert wanted("head_a") == []
    Consultation.objects.update(released_at=NOW)
    assert wanted("head_a") == ["Say whether you are satisfied"]
    assert wanted("delegate_a") == []
    assert wanted("delegate_b") == []


def test_verdicts_on_the_desk_lead_to_the_rows_of_the_agency(
    closed: Consultation, dlr: Agency, head_a: Member, editor: Member
) -> None:
    decided(closed, dlr, head_a, editor)
    Consultation.objects.update(released_at=NOW)
    [need] = needs(head_a, NOW)
    assert need.address == f"/recommendations/{closed.recommendation.number}/comments/?agency=DLR"


def test_a_comment_whose_words_are_gone_waits_for_the_secretariat_until_it_is_placed(
    wanted: Any, closed: Consultation, dlr: Agency, head_a: Member, editor: Member
) -> None:
    gone = closed.revision.paragraphs.get(number="3")
    made = world.submitted(closed, dlr, head_a, key=gone.key)
    assert "Say where they belong" not in wanted("editor")
    text = world.TEXT.replace(f"3. {gone.text}", "")
    revision = world.rewritten(closed.recommendation, editor, text, now=NOW)
    assert "Say where they belong" in wanted("editor")
    place_comment(made, by=editor, revision=revision, key="", reason="Left out.", now=NOW)
    assert "Say where they belong" not in wanted("editor")


def test_silence_wants_who_speaks_for_an_agency_asked(wanted: Any, silence: Any) -> None:
    assert {who for who in CAST if wanted(who)} == {"head_a"}
    assert wanted("head_a") == ["Read or object"]


def test_silence_wants_nothing_of_an_agency_that_stated_its_position(
    wanted: Any, silence: Any, dlr: Agency
) -> None:
    Position.objects.create(procedure=silence, agency=dlr, stand="supports", at=NOW)
    assert wanted("head_a") == []


def test_a_silence_that_is_over_wants_to_be_concluded(wanted: Any, silence: Any) -> None:
    assert wanted("editor") == []
    assert wanted("editor", silence.expires_at) == ["Conclude"]
    assert wanted("head_a", silence.expires_at) == []


def test_an_objection_wants_to_be_looked_at(wanted: Any, silence: Any, head_a: Member, dlr: Agency) -> None:
    silences.object_to(silence.recommendation, by=head_a, agency=dlr, reason="Too soon.", now=NOW)
    assert wanted("editor") == ["Look, then conclude"]
    assert wanted("head_a") == []


def test_an_agreed_text_wants_the_chair(wanted: Any, agreed: Recommendation) -> None:
    assert {who for who in CAST if wanted(who)} == {"chair"}
    assert wanted("chair") == ["Read and approve"]


def test_an_approved_text_wants_to_be_issued(wanted: Any, agreed: Recommendation, chair: Member) -> None:
    issues.approve(agreed, by=chair, issue_now=False, now=NOW)
    assert wanted("chair") == []
    assert wanted("editor") == ["Issue it"]


def test_what_nobody_explained_is_explained_first(
    wanted: Any, editor: Member, asked: list[Agency], chair: Member, dlr: Agency, head_a: Member
) -> None:
    closed = world.closed(editor, asked)
    decided(closed, dlr, head_a, editor)
    text = world.TEXT.replace("share a list", "publish a list")
    world.rewritten(closed.recommendation, editor, text, now=world.START)
    silent = world.under_silence(editor, asked, recommendation=closed.recommendation)
    silences.conclude(silent.recommendation, by=editor, now=silent.expires_at)
    assert Revision.objects.count() == 2
    assert wanted("editor", silent.expires_at) == ["Explain"]


def test_a_draft_answer_wants_to_be_submitted_by_who_may(
    wanted: Any, issued: Recommendation, delegate_a: Member, dlr: Agency
) -> None:
    responses.respond(issued, by=delegate_a, agency=dlr, answer=Answer.DONE, day=NOW.date(), now=NOW)
    assert {who for who in CAST if wanted(who)} == {"head_a"}
    assert wanted("head_a") == ["Look and submit"]


def test_a_submitted_answer_wants_to_be_released(
    wanted: Any, issued: Recommendation, head_a: Member, dlr: Agency, editor: Member
) -> None:
    answer = responses.respond(issued, by=head_a, agency=dlr, answer=Answer.DONE, day=NOW.date(), now=NOW)
    answer = responses.submit_response(answer, by=head_a, version=answer.version, now=NOW)
    assert {who for who in CAST if wanted(who)} == {"administrator"}
    assert wanted("administrator") == ["Release or return"]
    responses.return_response(answer, by=editor, version=answer.version, reason="Why?", now=NOW)
    assert wanted("head_a") == wanted("delegate_a") == ["Change it"]
    assert wanted("administrator") == []


def test_every_need_leads_to_a_page_that_opens(
    sign_in: Any,
    request: Any,
    editor: Member,
    asked: list[Agency],
    chair: Member,
    dlr: Agency,
    head_a: Member,
) -> None:
    now = timezone.now()
    open_one = world.in_consultation(editor, asked, now=now - world.DAY)
    note(open_one, dlr, head_a)
    closed = world.closed(editor, asked, now=now - world.DAY)
    world.submitted(closed, dlr, head_a, submitted_at=closed.opens_at + world.DAY)
    world.under_silence(editor, asked, now=now - world.DAY)
    world.under_silence(editor, asked, now=now - 11 * world.DAY)
    world.agreed(editor, asked, now=now - world.DAY)
    found = 0
    for who in CAST:
        member = request.getfixturevalue(who)
        for need in needs(member, now):
            found += 1
            assert sign_in(member).get(need.address).status_code == 200, f"{who}: {need.address}"
    assert found > 7


@pytest.mark.parametrize("who", ["delegate_a", "head_a", "editor", "administrator"])
def test_needs_ask_the_database_as_often_for_one_as_for_thirty(
    request: Any, editor: Member, asked: list[Agency], dlr: Agency, head_a: Member, who: str
) -> None:
    member = request.getfixturevalue(who)
    assert member.standing

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert needs(member, NOW)
        return len(caught)

    def make() -> None:
        note(world.in_consultation(editor, asked), dlr, head_a)
        closed = world.closed(editor, asked)
        world.submitted(closed, dlr, head_a, submitted_at=closed.opens_at + world.DAY)
        world.under_silence(editor, asked)

    make()
    one = queries()
    for _each in range(9):
        make()
    assert queries() == one


def test_a_consultation_closed_early_wants_nothing_more(
    wanted: Any, consultation: Consultation, editor: Member
) -> None:
    consultations.close(consultation.recommendation, by=editor, reason="All have answered.", now=NOW)
    assert wanted("delegate_a", NOW + world.SECOND) == []
