"""The page of a silence procedure: the rule in words with its count, objecting, positions, the end."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from agencies.models import Agency
from isecg.dated import say
from isecg.mail.models import Message
from members.models import Member
from recommendations.models import Objection, Outcome, Position, Recommendation, SilenceProcedure, State
from recommendations.services import silence as services
from tests.recommendations import world
from tests.recommendations.pages import address, hidden, look, press, words_of

pytestmark = pytest.mark.django_db

AGO = timezone.now() - dt.timedelta(days=1)
REASON = "The clock of the Moon is not defined yet."


@pytest.fixture
def running(editor: Member, asked: list[Agency]) -> SilenceProcedure:
    """Started yesterday, for ten days."""
    return world.under_silence(editor, asked, now=AGO)


@pytest.fixture
def rec(running: SilenceProcedure) -> Recommendation:
    return running.recommendation


@pytest.fixture
def expired(editor: Member, asked: list[Agency]) -> SilenceProcedure:
    return world.under_silence(editor, asked, now=AGO - dt.timedelta(days=20))


def test_page_says_the_rule_and_the_count_that_makes_it_true(
    sign_in: Any, rec: Recommendation, delegate_a: Member
) -> None:
    page = words_of(sign_in(delegate_a).get(address("silence", rec)))
    assert "The text is agreed if no objection stands when the procedure expires." in page
    assert "2 agencies may object; 0 objections stand." in page
    assert "It would be agreed, if it stays so." in page
    assert rec.silence_procedures.get().sha256 in page


def test_agencies_without_a_statement_are_named_in_one_line(
    sign_in: Any, rec: Recommendation, head_a: Member, head_b: Member, jaxa: Agency
) -> None:
    services.state_position(rec, by=head_b, agency=jaxa, stand="supports", statement="We run such a clock.")
    page = sign_in(head_a).get(address("silence", rec)).content.decode()
    assert "1 agency made no statement" in page
    table = page[page.index("<tbody") : page.index("</tbody>")]
    assert table.count("<tr>") == 1
    assert "We run such a clock." in table
    assert "badge--bad" not in page


def test_what_is_concluded_offers_no_conclusion(
    sign_in: Any, expired: SilenceProcedure, editor: Member
) -> None:
    rec, browser = expired.recommendation, sign_in(editor)
    assert "Conclude the silence procedure" in words_of(browser.get(address("silence", rec)))
    services.conclude(rec, by=editor)
    assert "Conclude the silence procedure" not in words_of(browser.get(address("silence", rec)))


def test_objecting_takes_effect_at_once_and_tells_everybody(
    sign_in: Any,
    rec: Recommendation,
    head_a: Member,
    head_b: Member,
    editor: Member,
    chair: Member,
    dlr: Agency,
) -> None:
    Message.objects.all().delete()
    response = press(sign_in(head_a), "object", rec, reason=REASON)
    assert response.url == address("silence", rec)
    page = words_of(sign_in(head_b).get(address("silence", rec)))
    assert "2 agencies may object; 1 objection stands." in page
    assert "It is not agreed while an objection stands." in page
    assert REASON in page
    mails = Message.objects.filter(kind="objected")
    assert set(mails.values_list("to", flat=True)) == {each.email for each in (head_a, head_b, editor, chair)}
    assert all(REASON in mail.text for mail in mails)


def test_objecting_needs_no_look_at_who_is_told(sign_in: Any, rec: Recommendation, head_a: Member) -> None:
    client = sign_in(head_a)
    token = hidden(client.get(address("object", rec)))
    token.pop("seen")
    response = client.post(address("object", rec), {**token, "reason": REASON})
    assert response.status_code == 302
    assert Objection.objects.get().reason == REASON


def test_looking_at_an_objection_makes_none(sign_in: Any, rec: Recommendation, head_a: Member) -> None:
    before = Message.objects.count()
    look(sign_in(head_a), "object", rec, reason=REASON)
    assert not Objection.objects.exists()
    assert Message.objects.count() == before


@pytest.mark.parametrize("reason", ["", " \n ", "\x00", "x" * 100_000])
def test_objecting_without_a_proper_reason_is_refused(
    sign_in: Any, rec: Recommendation, head_a: Member, reason: str
) -> None:
    response = press(sign_in(head_a), "object", rec, reason=reason)
    assert response.status_code == 422
    assert response.context["form"].errors["reason"]
    assert not Objection.objects.exists()


def test_one_cannot_object_for_another_agency(
    sign_in: Any, rec: Recommendation, head_a: Member, jaxa: Agency
) -> None:
    response = press(sign_in(head_a), "object", rec, agency=jaxa.pk, reason=REASON)
    assert response.status_code == 422
    assert not Objection.objects.exists()


def test_objecting_twice_is_the_wrong_moment(sign_in: Any, rec: Recommendation, head_a: Member) -> None:
    client = sign_in(head_a)
    press(client, "object", rec, reason=REASON)
    response = client.get(address("object", rec))
    assert response.status_code == 409
    assert "Your agency has objected already." in words_of(response)
    assert response.context["way_out"][1] == address("silence", rec)


def test_withdrawn_objection_stays_readable_with_both_reasons(
    sign_in: Any, rec: Recommendation, head_a: Member, delegate_b: Member
) -> None:
    client = sign_in(head_a)
    press(client, "object", rec, reason=REASON)
    press(client, "withdraw_objection", rec, reason="It was defined in the annex.")
    page = words_of(sign_in(delegate_b).get(address("silence", rec)))
    assert REASON in page
    assert "It was defined in the annex." in page
    assert "2 agencies may object; 0 objections stand." in page


def test_position_with_its_statement_stands_in_the_table(
    sign_in: Any, rec: Recommendation, head_a: Member, head_b: Member, jaxa: Agency
) -> None:
    press(sign_in(head_a), "state_position", rec, stand="aside", statement="We have no such missions.")
    page = words_of(sign_in(head_b).get(address("silence", rec)))
    assert "DLR stands aside We have no such missions." in page


def test_a_newer_position_stands_beside_the_older(sign_in: Any, rec: Recommendation, head_a: Member) -> None:
    client = sign_in(head_a)
    press(client, "state_position", rec, stand="aside", statement="First words.")
    press(client, "state_position", rec, stand="supports", statement="Second words.")
    page = words_of(client.get(address("silence", rec)))
    today = say(timezone.now().date())
    assert f"DLR supports Second words. Before, on {today}: stands aside First words." in page


def test_a_concern_says_what_would_resolve_it(sign_in: Any, rec: Recommendation, head_a: Member) -> None:
    response = press(sign_in(head_a), "state_position", rec, stand="concern", statement="Hm.")
    assert response.status_code == 422
    assert "A concern says what would resolve it." in words_of(response)
    assert not Position.objects.exists()


@pytest.mark.parametrize("stand", ["", "objects", "\x00", "x" * 5000])
def test_an_unknown_position_is_refused(
    sign_in: Any, rec: Recommendation, head_a: Member, stand: str
) -> None:
    assert press(sign_in(head_a), "state_position", rec, stand=stand).status_code == 422
    assert not Position.objects.exists()


def test_a_delegate_reads_but_does_not_object(sign_in: Any, rec: Recommendation, delegate_a: Member) -> None:
    client = sign_in(delegate_a)
    assert "Object</span>" not in client.get(address("silence", rec)).content.decode()
    for response in (
        client.get(address("object", rec)),
        client.post(address("object", rec), {"reason": "No."}),
    ):
        assert response.status_code == 403
        assert "Only the head of delegation or an alternate can object for an agency." in words_of(response)


def test_who_is_not_asked_finds_nothing(
    sign_in: Any, rec: Recommendation, former: Member, make_agency: Any
) -> None:
    for person in (former, None):
        response = sign_in(person).get(address("silence", rec))
        assert response.status_code in (302, 404)
        assert rec.title not in response.content.decode()


def test_a_draft_without_a_procedure_has_no_page(
    sign_in: Any, editor: Member, revised: Recommendation
) -> None:
    assert sign_in(editor).get(address("silence", revised)).status_code == 404


def test_before_it_starts_only_the_secretariat_and_the_chair_know(
    sign_in: Any, editor: Member, head_a: Member, asked: list[Agency]
) -> None:
    procedure = world.under_silence(
        editor,
        asked,
        now=timezone.now(),
        hold=dt.timedelta(minutes=5),
        expires_at=timezone.now() + 10 * world.DAY,
    )
    page = address("silence", procedure.recommendation)
    assert "The silence procedure starts at" in words_of(sign_in(editor).get(page))
    assert sign_in(head_a).get(page).status_code == 404


def test_expired_without_objection_is_agreed_whoever_looks(
    sign_in: Any, expired: SilenceProcedure, delegate_a: Member
) -> None:
    page = words_of(sign_in(delegate_a).get(address("silence", expired.recommendation)))
    assert "2 agencies could object; 0 objections stood." in page
    assert "So it is agreed." in page


def test_objecting_after_the_expiry_is_too_late(
    sign_in: Any, expired: SilenceProcedure, head_a: Member
) -> None:
    response = sign_in(head_a).get(address("object", expired.recommendation))
    assert response.status_code == 409
    assert "The silence procedure expired on" in words_of(response)


def test_conclude_writes_down_what_the_instants_decided(
    sign_in: Any, editor: Member, expired: SilenceProcedure, head_a: Member
) -> None:
    client, rec = sign_in(editor), expired.recommendation
    assert "No objection stood when it expired: the text is agreed." in words_of(
        client.get(address("conclude", rec))
    )
    press(client, "conclude", rec)
    expired.refresh_from_db()
    assert expired.concluded_as == Outcome.AGREED
    assert world.again(rec).state == State.AGREED


def test_an_objection_between_looking_and_concluding_counts(
    sign_in: Any, editor: Member, running: SilenceProcedure, head_a: Member, dlr: Agency
) -> None:
    rec = running.recommendation
    services.object_to(rec, by=head_a, agency=dlr, reason=REASON)
    page = words_of(sign_in(editor).get(address("conclude", rec)))
    assert "An objection stands: the text is not agreed and goes back to drafting." in page
    press(sign_in(editor), "conclude", rec)
    assert world.again(rec).state == State.DRAFTING


def test_a_broken_procedure_stays_readable_with_its_statements(
    sign_in: Any, editor: Member, asked: list[Agency], head_a: Member, head_b: Member
) -> None:
    rec = world.broken(editor, asked, head_a, now=AGO)
    world.under_silence(editor, asked, now=AGO + world.HOUR, recommendation=rec)
    page = words_of(sign_in(head_b).get(address("silence", rec)))
    assert "Earlier: on revision 1" in page
    assert "Too soon." in page
    assert "2 agencies may object; 0 objections stand." in page


def test_start_silence_shows_who_is_told_and_starts_it(
    sign_in: Any, editor: Member, asked: list[Agency], head_a: Member, head_b: Member
) -> None:
    rec = world.closed(editor, asked, now=AGO).recommendation
    form = {
        "agencies": [each.pk for each in asked],
        "expires_at_day": (timezone.now().date() + dt.timedelta(days=14)).isoformat(),
        "words": "Please read it once more.",
    }
    shown = look(sign_in(editor), "start_silence", rec, **form)
    assert "2 people, 2 mails" in words_of(shown)
    press(sign_in(editor), "start_silence", rec, **form)
    mails = Message.objects.filter(kind="silence_started")
    assert set(mails.values_list("to", flat=True)) == {head_a.email, head_b.email}
    assert all("Please read it once more." in mail.text for mail in mails)


def test_told_lists_the_mails_with_their_state_for_the_secretariat(
    sign_in: Any, editor: Member, rec: Recommendation, head_a: Member, dlr: Agency
) -> None:
    services.object_to(rec, by=head_a, agency=dlr, reason=REASON)
    page = words_of(sign_in(editor).get(address("told", rec)))
    assert head_a.email in page
    assert "told of an objection" in page
    assert "queued" in page
    refused = sign_in(head_a).get(address("told", rec))
    assert refused.status_code == 403
    assert editor.email not in refused.content.decode()


def test_told_about_nothing_yet_says_so(sign_in: Any, editor: Member, revised: Recommendation) -> None:
    assert "Nobody has been told anything yet" in words_of(sign_in(editor).get(address("told", revised)))


def test_held_mails_are_not_said_to_be_sent(
    sign_in: Any, head_a: Member, rec: Recommendation, editor: Member
) -> None:
    browser = sign_in(editor)
    assert "nobody got them" not in words_of(browser.get(address("told", rec)))
    Message.objects.update(state=Message.State.HELD)
    assert "nobody got them" in words_of(browser.get(address("told", rec)))


def test_a_broken_silence_that_still_runs_says_what_concluding_ends(
    sign_in: Any, rec: Recommendation, editor: Member, head_a: Member, dlr: Agency
) -> None:
    services.object_to(rec, by=head_a, agency=dlr, reason=REASON)
    page = words_of(sign_in(editor).get(address("conclude", rec)))
    assert "It ends before it expires: until then the objection could still be withdrawn." in page


def test_a_held_silence_offers_nothing_but_its_recall(
    sign_in: Any, editor: Member, asked: list[Agency]
) -> None:
    held = world.under_silence(editor, asked, now=timezone.now(), hold=dt.timedelta(minutes=5))
    page = words_of(sign_in(editor).get(address("silence", held.recommendation)))
    assert "Recall" in page
    assert "Conclude the silence procedure" not in page
    assert "made no statement" not in page


def test_what_was_composed_for_the_demonstration_says_so(
    sign_in: Any, rec: Recommendation, head_a: Member
) -> None:
    browser = sign_in(head_a)
    assert "Composed for the demonstration" not in words_of(browser.get(address("silence", rec)))
    Recommendation.objects.filter(pk=rec.pk).update(is_demonstration=True)
    assert "Composed for the demonstration" in words_of(browser.get(address("silence", rec)))
