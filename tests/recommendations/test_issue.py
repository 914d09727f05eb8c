"""Approving, issuing, and what comes after."""

import datetime as dt
import hashlib
from typing import Any

import jsonschema
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from agencies.models import Agency, AgencyName, ChairTerm, Membership
from isecg.access import WrongMoment
from isecg.audit.models import Event
from isecg.canonical import digest
from isecg.mail.models import Message
from members.models import Member
from recommendations import snapshot
from recommendations.models import (
    STATEMENT,
    Approval,
    Consultation,
    Disposition,
    Issue,
    Phase,
    Recommendation,
    Stand,
    State,
    Verdict,
)
from recommendations.queries.steps import issue_of
from recommendations.services.issues import abandon, approve, issue, supersede, withdraw
from recommendations.services.silence import conclude, object_to, state_position, withdraw_objection
from tests.recommendations import world
from tests.recommendations.test_circulate import told
from tests.recommendations.world import AT_ONCE, DAY, HOUR, SECOND, START

HELD = dt.timedelta(minutes=5)


def test_approve_issues_by_the_same_press(agreed: Recommendation, chair: Member) -> None:
    approve(agreed, by=chair, hold=HELD, now=START)
    rec = world.again(agreed)
    assert (rec.state, rec.issued_at) == (State.ISSUED, START + HELD)
    assert rec.issued_revision == rec.revisions.get()
    assert (rec.is_public(START + HELD - SECOND), rec.is_public(START + HELD)) == (False, True)


def test_approve_and_leave_issuing_to_the_secretariat(
    agreed: Recommendation, chair: Member, editor: Member
) -> None:
    approve(agreed, by=chair, issue_now=False, now=START)
    assert world.again(agreed).state == State.AGREED
    issue(agreed, by=editor, hold=AT_ONCE, now=START + DAY)
    assert world.again(agreed).issued_at == START + DAY


def test_approve_keeps_who_what_and_for_which_agency(
    agreed: Recommendation, chair: Member, asi: Agency
) -> None:
    approval = approve(agreed, by=chair, words="Well done.", issue_now=False, now=START)
    assert (approval.by, approval.agency, approval.at, approval.words) == (chair, asi, START, "Well done.")
    assert approval.sha256 == agreed.revisions.get().sha256
    assert Event.objects.about(agreed).get(verb="approve").on_behalf_of == "ASI"


def test_approve_tells_the_secretariat(
    agreed: Recommendation, chair: Member, editor: Member, head_a: Member
) -> None:
    approve(agreed, by=chair, issue_now=False, now=START)
    assert told("approved") == {editor.email}


def test_approve_twice(agreed: Recommendation, chair: Member) -> None:
    approve(agreed, by=chair, issue_now=False, now=START)
    with pytest.raises(WrongMoment, match="approved already"):
        approve(agreed, by=chair, issue_now=False, now=START)
    assert Approval.objects.count() == 1


def test_approve_by_who_chaired_until_yesterday(
    agreed: Recommendation, chair: Member, dlr: Agency, head_a: Member
) -> None:
    assert chair.standing.chairs
    ChairTerm.objects.create(agency=dlr, start=START.date())
    with pytest.raises(PermissionDenied, match="Only the chair"):
        approve(agreed, by=chair, now=START)
    approve(agreed, by=Member.objects.get(pk=head_a.pk), now=START)
    assert world.again(agreed).state == State.ISSUED


def test_issue_before_the_chair_has_approved(agreed: Recommendation, editor: Member) -> None:
    with pytest.raises(WrongMoment, match="not approved this text yet"):
        issue(agreed, by=editor, now=START)


def test_issue_while_a_promise_is_not_explained(
    editor: Member, asked: list[Agency], chair: Member, dlr: Agency, head_a: Member
) -> None:
    consultation = world.closed(editor, asked, now=START - 11 * DAY)
    comment = world.submitted(consultation, dlr, head_a, to_text="Something else entirely.", text="")
    Disposition.objects.create(comment=comment, verdict=Verdict.ACCEPTED)
    world.rewritten(
        consultation.recommendation, editor, world.TEXT + "\n4. A paragraph nobody asked for.\n", now=START
    )
    procedure = world.under_silence(
        editor, asked, recommendation=consultation.recommendation, now=START - 10 * DAY
    )
    conclude(procedure.recommendation, by=editor, now=START)
    with pytest.raises(WrongMoment, match="promise check found 2 things") as refusal:
        approve(procedure.recommendation, by=chair, now=START)
    assert refusal.value.way_out is not None
    assert not Approval.objects.exists()


def test_issue_tells_heads_and_alternates_of_every_member(
    agreed: Recommendation, chair: Member, head_a: Member, alternate_a: Member, delegate_a: Member
) -> None:
    approve(agreed, by=chair, hold=HELD, now=START)
    assert told("recommendation_issued") == {chair.email, head_a.email, alternate_a.email}
    assert Message.objects.filter(kind="recommendation_issued", not_before=START + HELD).count() == 3


def test_issued_content_is_of_the_published_schema_and_named_by_its_checksum(issued: Recommendation) -> None:
    kept = world.issue_of(issued)
    jsonschema.validate(kept.content, snapshot.validator().schema)
    assert kept.sha256 == digest(kept.content)
    assert kept.text_sha256 == hashlib.sha256(issued.text.encode()).hexdigest() == kept.content["text_sha256"]


def test_issued_content_has_the_text_by_paragraphs_and_what_it_is(issued: Recommendation) -> None:
    content = world.issue_of(issued).content
    rows = issued.revisions.get().paragraphs.order_by("position")
    assert [each["key"] for each in content["paragraphs"]] == [row.key for row in rows]
    assert (content["number"], content["title"]) == (issued.number, issued.title)
    assert content["statement"] == str(STATEMENT)
    assert content["issued_at"] == "2026-03-02T09:00:00Z"


def test_issued_content_has_members_and_chair_as_of_the_day(
    editor: Member, asked: list[Agency], chair: Member, dlr: Agency, jaxa: Agency
) -> None:
    later = START + DAY
    AgencyName.objects.filter(agency=dlr).update(end=later.date())
    AgencyName.objects.create(agency=dlr, acronym="DLR-NEW", name="New name", start=later.date())
    Membership.objects.filter(agency=jaxa).update(end=later.date())
    ChairTerm.objects.create(agency=dlr, start=later.date())
    before = world.issue_of(world.issued(editor, asked, chair, now=START)).content
    assert [each["acronym"] for each in before["members"]] == ["ASI", "DLR", "JAXA"]
    assert before["chair"]["agency"]["acronym"] == "ASI"
    head = Member.objects.get(pk=make_head(dlr).pk)
    after = world.issue_of(world.issued(editor, asked, head, now=later)).content
    assert [each["acronym"] for each in after["members"]] == ["ASI", "DLR-NEW"]
    assert after["chair"]["agency"]["acronym"] == "DLR-NEW"


def make_head(agency: Agency) -> Member:
    head = Member.objects.create_user("later@example.org", name="Later head")
    head.mandates.create(agency=agency, role="head", start=dt.date(2020, 1, 1))
    return head


def test_issued_content_names_the_addressees(editor: Member, asked: list[Agency], chair: Member) -> None:
    rec = world.revised(editor, now=START - 40 * DAY, for_all=False, addressees=asked[:1])
    world.closed(editor, asked, recommendation=rec, now=START - 10 * DAY)
    world.under_silence(editor, asked, recommendation=rec, now=START - 10 * DAY)
    conclude(rec, by=editor, now=START)
    content = approve(rec, by=chair, now=START).recommendation.issues.get().content
    assert content["addressees"]["all"] is False
    assert [each["acronym"] for each in content["addressees"]["agencies"]] == ["DLR"]


def test_issued_content_keeps_statements_and_withdrawn_objections(
    silence: Any, editor: Member, chair: Member, head_a: Member, dlr: Agency
) -> None:
    rec = silence.recommendation
    object_to(rec, by=head_a, agency=dlr, reason="Too soon.", now=START + HOUR)
    withdraw_objection(rec, by=head_a, agency=dlr, reason="Settled.", now=START + DAY)
    state_position(
        rec, by=head_a, agency=dlr, stand=Stand.ASIDE, statement="For the record.", now=START + DAY
    )
    conclude(rec, by=editor, now=START + 10 * DAY)
    approve(rec, by=chair, words="Thanks.", now=START + 10 * DAY)
    content = world.issue_of(rec).content
    assert [each["reason"] for each in content["silence"]["objections"]] == ["Too soon."]
    assert [each["statement"] for each in content["silence"]["positions"]] == ["For the record."]
    assert (content["approval"]["by"], content["approval"]["words"]) == (str(chair), "Thanks.")


def test_issued_content_stays_when_names_change(issued: Recommendation, dlr: Agency) -> None:
    before = world.issue_of(issued)
    AgencyName.objects.filter(agency=dlr).update(acronym="XYZ")
    after = world.issue_of(issued)
    assert (after.content, digest(after.content)) == (before.content, before.sha256)


def test_issue_of_finds_the_one_that_counts(agreed: Recommendation, chair: Member, editor: Member) -> None:
    from recommendations.services.holding import recall, send_now

    now = timezone.now()
    approve(agreed, by=chair, hold=HELD, now=now)
    recall(agreed, by=editor, now=now)
    assert issue_of(world.again(agreed)) is None
    issue(agreed, by=editor, hold=2 * HELD, now=now)
    send_now(agreed, by=editor, now=now + SECOND)
    counts = issue_of(world.again(agreed))
    assert counts is not None
    assert counts.at == now + SECOND
    assert Issue.objects.filter(recommendation=agreed).count() == 3


def test_supersede_names_the_other_and_the_reason(
    issued: Recommendation, editor: Member, asked: list[Agency], chair: Member, head_a: Member
) -> None:
    other = world.issued(editor, asked, chair)
    supersede(issued, by=editor, successor=other, reason="A later text.", now=START + DAY)
    rec = world.again(issued)
    assert (rec.state, rec.superseded_by, rec.end_reason) == (State.SUPERSEDED, other, "A later text.")
    assert rec.ended_at == START + DAY
    assert rec.is_public(START + DAY)
    assert other.number in Message.objects.get(kind="recommendation_superseded", to=head_a.email).text


@pytest.mark.parametrize("which", ["itself", "draft", "about to be issued"])
def test_supersede_by_what_is_not_another_issued_one(
    which: str, issued: Recommendation, editor: Member, asked: list[Agency], chair: Member
) -> None:
    others = {
        "itself": lambda: issued,
        "draft": lambda: world.drafted(editor),
        "about to be issued": lambda: world.issued(editor, asked, chair, hold=HELD),
    }
    with pytest.raises(ValidationError) as refusal:
        supersede(issued, by=editor, successor=others[which](), reason="A later text.", now=START)
    assert list(refusal.value.message_dict) == ["successor"]


def test_withdraw_keeps_it_readable_with_its_reason(
    issued: Recommendation, administrator: Member, head_a: Member
) -> None:
    withdraw(issued, by=administrator, reason="A mistake.", now=START + DAY)
    rec = world.again(issued)
    assert (rec.state, rec.end_reason, rec.ended_at) == (State.WITHDRAWN, "A mistake.", START + DAY)
    assert Recommendation.objects.public(START + DAY).get() == rec
    assert "A mistake." in Message.objects.get(kind="recommendation_withdrawn", to=head_a.email).text


@pytest.mark.parametrize("step", [withdraw, abandon])
def test_end_without_a_reason(
    step: Any, agreed: Recommendation, issued: Recommendation, administrator: Member
) -> None:
    rec = issued if step is withdraw else agreed
    with pytest.raises(ValidationError, match="Say why"):
        step(rec, by=administrator, reason="  ", now=START)


def test_abandon_ends_an_open_consultation(consultation: Consultation, editor: Member) -> None:
    abandon(consultation.recommendation, by=editor, reason="No longer needed.", now=START + DAY)
    consultation.refresh_from_db()
    assert consultation.phase(START + DAY) == Phase.CLOSED
    assert world.again(consultation.recommendation).state == State.ABANDONED


def test_abandon_tells_who_was_asked(
    consultation: Consultation, editor: Member, head_a: Member, chair: Member
) -> None:
    abandon(consultation.recommendation, by=editor, reason="No longer needed.", now=START + DAY)
    assert told("abandoned") == {head_a.email}


def test_abandon_what_nobody_was_asked_about_tells_nobody(
    revised: Recommendation, editor: Member, head_a: Member
) -> None:
    abandon(revised, by=editor, reason="No longer needed.", now=START)
    assert told("abandoned") == set()


def test_abandoned_number_is_not_given_again(editor: Member) -> None:
    gone = world.abandoned(editor)
    assert world.drafted(editor).number != gone.number
