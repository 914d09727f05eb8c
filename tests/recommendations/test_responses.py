"""Answers of agencies: drafts, submitting, returning, releasing, retracting, and who reads what when."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from agencies.models import Agency
from isecg.access import WrongMoment
from isecg.audit.models import Event
from isecg.mail.models import Message
from isecg.versions import Stale
from members.models import Member
from recommendations.models import Answer, Aspect, Recommendation, Response
from recommendations.services.responses import (
    edit_response,
    release_response,
    remove_response,
    respond,
    retract_response,
    return_response,
    submit_response,
)
from tests.recommendations import world

WORDS = "We have written UTC since 2019."
DAY = dt.date(2026, 4, 1)
CAST = ["editor", "administrator", "chair", "head_a", "delegate_a", "observer_a", "delegate_b", "former"]


@pytest.fixture
def draft(issued: Recommendation, delegate_a: Member, dlr: Agency) -> Response:
    return respond(issued, by=delegate_a, agency=dlr, answer=Answer.SUPPORTS, day=DAY, text=WORDS)


@pytest.fixture
def submitted(draft: Response, head_a: Member) -> Response:
    return submit_response(draft, by=head_a, version=draft.version)


@pytest.fixture
def released(submitted: Response, administrator: Member) -> Response:
    return release_response(submitted, by=administrator, version=submitted.version)


@pytest.fixture
def reads(sign_in: Any, request: Any, issued: Recommendation) -> Any:
    """`reads("head_b")`: whether that person finds the words anywhere answers are shown."""

    def look(who: str | None) -> bool:
        browser = sign_in(request.getfixturevalue(who) if who else None)
        pages = [f"{issued.get_absolute_url()}responses/", "/recommendations/matrix/responses.csv"]
        return any(WORDS in browser.get(page).content.decode() for page in pages)

    return look


def test_respond_makes_a_draft_about_one_of_the_two_facts(draft: Response, delegate_a: Member) -> None:
    assert draft.aspect == Aspect.STANCE
    assert draft.written_by == delegate_a
    assert draft.submitted_at is None
    assert draft.released_at is None


@pytest.mark.parametrize(
    ("who", "sees"), [(None, False), *((who, who in ("head_a", "delegate_a")) for who in CAST)]
)
def test_a_draft_is_read_inside_the_agency_alone(
    reads: Any, draft: Response, who: str | None, sees: bool
) -> None:
    assert reads(who) is sees


@pytest.mark.parametrize(
    ("who", "sees"),
    [(None, False), *((who, who not in ("observer_a", "delegate_b", "former")) for who in CAST)],
)
def test_a_submitted_one_is_read_by_agency_secretariat_and_chair(
    reads: Any, submitted: Response, who: str | None, sees: bool
) -> None:
    assert reads(who) is sees


@pytest.mark.parametrize("who", [None, *CAST])
def test_a_released_one_is_read_by_everybody(reads: Any, released: Response, who: str | None) -> None:
    assert reads(who)


def test_a_retracted_one_is_no_longer_read_by_everybody(
    reads: Any, released: Response, administrator: Member
) -> None:
    retract_response(released, by=administrator, version=released.version, reason="A slip.")
    assert [who for who in [None, *CAST] if reads(who)] == [
        *("editor", "administrator", "chair", "head_a", "delegate_a")
    ]


def test_a_draft_leaves_no_event_and_no_mail(draft: Response, delegate_a: Member) -> None:
    edit_response(draft, by=delegate_a, version=draft.version, text="Other words.")
    assert not Event.objects.filter(record_type="recommendations.response").exists()
    assert not Message.objects.filter(about_type="recommendations.response").exists()


def test_submit_tells_the_secretariat(editor: Member, administrator: Member, submitted: Response) -> None:
    mails = Message.objects.filter(kind="response_submitted")
    assert {mail.to for mail in mails} == {editor.email, administrator.email}
    assert "supports" in mails[0].text
    event = Event.objects.get(verb="submit_response")
    assert event.on_behalf_of == "DLR"


def test_return_makes_it_a_draft_again_and_says_why(
    submitted: Response, editor: Member, head_a: Member
) -> None:
    returned = return_response(
        submitted, by=editor, version=submitted.version, reason="Please say since when."
    )
    assert returned.submitted_at is None
    assert returned.return_reason == "Please say since when."
    [mail] = Message.objects.filter(kind="response_returned")
    assert mail.to == head_a.email
    assert "Please say since when." in mail.text


def test_release_tells_who_speaks_for_the_agency(
    submitted: Response, administrator: Member, head_a: Member, alternate_a: Member, head_b: Member
) -> None:
    release_response(submitted, by=administrator, version=submitted.version)
    mails = Message.objects.filter(kind="response_released")
    assert {mail.to for mail in mails} == {head_a.email, alternate_a.email}


def test_retract_says_why(released: Response, administrator: Member) -> None:
    gone = retract_response(released, by=administrator, version=released.version, reason="A slip.")
    assert gone.retracted_at
    assert gone.retraction_reason == "A slip."
    assert "A slip." in Message.objects.get(kind="response_retracted").text
    assert Event.objects.get(verb="retract_response").why == "A slip."


def test_remove_throws_a_draft_away(draft: Response, delegate_a: Member) -> None:
    remove_response(draft, by=delegate_a, version=draft.version)
    assert not Response.objects.exists()


def test_a_newer_one_stands_beside_the_older(
    client: Any, released: Response, delegate_a: Member, head_a: Member, administrator: Member
) -> None:
    newer = respond(
        released.recommendation,
        by=delegate_a,
        agency=released.agency,
        answer=Answer.IN_PART,
        day=dt.date(2026, 6, 1),
        text="We changed our mind.",
    )
    newer = submit_response(newer, by=head_a, version=newer.version)
    release_response(newer, by=administrator, version=newer.version)
    page = client.get(f"{released.recommendation.get_absolute_url()}responses/").content.decode()
    assert page.index("We changed our mind.") < page.index("1 stated before") < page.index(WORDS)


def test_one_whose_validity_has_passed_is_said_to_be_old(
    client: Any, released: Response, issued: Recommendation
) -> None:
    Response.objects.update(valid_until=dt.date(2026, 5, 1))
    page = " ".join(client.get(f"{issued.get_absolute_url()}responses/").content.decode().split())
    assert "stated on 1 April 2026, valid until 1 May 2026, not reconfirmed" in page
    assert "answer-mark--old" in page


STEPS: dict[str, tuple[Any, str, dict[str, Any], set[str]]] = {
    "edit_response": (edit_response, "draft", {"text": "New."}, {"head_a", "delegate_a"}),
    "remove_response": (remove_response, "draft", {}, {"head_a", "delegate_a"}),
    "submit_response": (submit_response, "draft", {}, {"head_a"}),
    "return_response": (return_response, "submitted", {"reason": "Why."}, {"editor", "administrator"}),
    "release_response": (release_response, "submitted", {}, {"administrator"}),
    "retract_response": (retract_response, "released", {"reason": "Why."}, {"administrator"}),
}


@pytest.mark.parametrize("who", CAST)
@pytest.mark.parametrize("verb", STEPS)
def test_every_step_is_taken_by_who_may_and_refused_to_others(request: Any, verb: str, who: str) -> None:
    service, state, values, may = STEPS[verb]
    response, by = request.getfixturevalue(state), request.getfixturevalue(who)
    if who in may:
        service(response, by=by, version=response.version, **values)
        return
    with pytest.raises(PermissionDenied) as refusal:
        service(response, by=by, version=response.version, **values)
    assert str(refusal.value.args[0]).endswith(".")


WRONG = [
    ("edit_response", "submitted"),
    ("remove_response", "submitted"),
    ("submit_response", "submitted"),
    ("return_response", "draft"),
    ("return_response", "released"),
    ("release_response", "draft"),
    ("release_response", "released"),
    ("retract_response", "submitted"),
]


@pytest.mark.parametrize(("verb", "state"), WRONG)
def test_a_step_at_the_wrong_moment_is_refused(
    request: Any, verb: str, state: str, head_a: Member, administrator: Member
) -> None:
    service, _state, values, may = STEPS[verb]
    response = request.getfixturevalue(state)
    by = head_a if "head_a" in may else administrator
    with pytest.raises(WrongMoment) as refusal:
        service(response, by=by, version=response.version, **values)
    assert str(refusal.value.reason).endswith(".")
    assert refusal.value.way_out


def test_what_is_not_for_everybody_is_never_released(
    issued: Recommendation, dlr: Agency, head_a: Member, administrator: Member
) -> None:
    kept = respond(issued, by=head_a, agency=dlr, answer=Answer.DONE, day=DAY, public=False)
    kept = submit_response(kept, by=head_a, version=kept.version)
    with pytest.raises(WrongMoment, match="everybody"):
        release_response(kept, by=administrator, version=kept.version)


@pytest.mark.parametrize("state", ["agreed", "superseded", "withdrawn"])
def test_respond_only_to_what_is_in_force(
    request: Any,
    editor: Member,
    asked: Any,
    chair: Any,
    administrator: Any,
    head_a: Any,
    dlr: Any,
    state: str,
) -> None:
    recommendation = {
        "agreed": lambda: world.agreed(editor, asked),
        "superseded": lambda: world.superseded(editor, asked, chair),
        "withdrawn": lambda: world.withdrawn(editor, asked, chair, administrator),
    }[state]()
    with pytest.raises(WrongMoment):
        respond(recommendation, by=head_a, agency=dlr, answer=Answer.DONE, day=DAY)


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"day": timezone.now().date() + dt.timedelta(days=2)}, "day"),
        ({"day": dt.date(2026, 3, 1)}, "day"),
        ({"day": DAY, "valid_until": DAY}, "__all__"),
        ({"day": DAY, "answer": "likes"}, "answer"),
        ({"day": DAY, "link": "javascript:alert(1)"}, "link"),
        ({"day": DAY, "text": "x" * 10_001}, "text"),
    ],
)
def test_respond_refuses_nonsense(
    issued: Recommendation, head_a: Member, dlr: Agency, fields: Any, at: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        respond(issued, by=head_a, agency=dlr, **{"answer": Answer.DONE, **fields})
    assert at in refusal.value.message_dict


def test_respond_for_another_agency_is_refused(issued: Recommendation, head_a: Member, jaxa: Agency) -> None:
    with pytest.raises(PermissionDenied):
        respond(issued, by=head_a, agency=jaxa, answer=Answer.DONE, day=DAY)


def test_submit_what_was_changed_meanwhile_is_refused(
    draft: Response, delegate_a: Member, head_a: Member
) -> None:
    edit_response(draft, by=delegate_a, version=draft.version, text="Other words.")
    with pytest.raises(Stale):
        submit_response(draft, by=head_a, version=draft.version)


# pages


def address(response: Response, word: str) -> str:
    return f"{response.recommendation.get_absolute_url()}responses/{response.pk}/{word}/"


@pytest.mark.parametrize("word", ["edit", "submit", "return", "release", "retract", "remove"])
@pytest.mark.parametrize("who", ["editor", "administrator", "chair", "delegate_b", "observer_a", "former"])
def test_a_draft_is_unseen_for_others(
    sign_in: Any, request: Any, draft: Response, word: str, who: str
) -> None:
    browser = sign_in(request.getfixturevalue(who))
    assert browser.get(address(draft, word)).status_code == 404
    assert browser.post(address(draft, word), {"version": 1}).status_code == 404


def test_the_wrong_person_is_refused_on_the_page(sign_in: Any, draft: Response, delegate_a: Member) -> None:
    answer = sign_in(delegate_a).get(address(draft, "submit"))
    assert answer.status_code == 403
    assert "Only the head of delegation or an alternate submits" in answer.content.decode()


def test_the_wrong_moment_is_said_on_the_page(sign_in: Any, submitted: Response, head_a: Member) -> None:
    answer = sign_in(head_a).get(address(submitted, "edit"))
    assert answer.status_code == 409
    assert "A newer answer can stand beside it." in answer.content.decode()


def test_an_answer_goes_all_its_way_through_pages(
    sign_in: Any,
    issued: Recommendation,
    delegate_a: Member,
    head_a: Member,
    administrator: Member,
    client: Any,
) -> None:
    at = f"{issued.get_absolute_url()}respond/?about=follow_through"
    writer = sign_in(delegate_a)
    form = writer.get(at).context["form"]
    typed = {"answer": "under_way", "text": WORDS, "day": "2026-04-01", "public": "on"}
    typed |= {"token": form["token"].value(), "agency": form["agency"].value()}
    assert writer.post(at, typed).status_code == 302
    assert writer.post(at, typed).status_code == 302
    response = Response.objects.get()
    assert (response.aspect, response.answer) == ("follow_through", "under_way")
    assert sign_in(head_a).post(address(response, "submit"), {"version": 1}).status_code == 302
    assert sign_in(administrator).post(address(response, "release"), {"version": 2}).status_code == 302
    page = client.get(f"{issued.get_absolute_url()}responses/").content.decode()
    assert WORDS in page
    assert "under way" in page


def test_two_who_edit_a_draft_get_both_texts(
    sign_in: Any, draft: Response, delegate_a: Member, head_a: Member
) -> None:
    edit_response(draft, by=head_a, version=draft.version, text="The head's words.")
    typed = {"answer": "supports", "text": "The delegate's words.", "day": "2026-04-01", "version": 1}
    answer = sign_in(delegate_a).post(address(draft, "edit"), typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "The head&#x27;s words." in page
    assert "The delegate&#x27;s words." in page


def test_words_typed_while_it_was_submitted_are_not_lost(
    sign_in: Any, submitted: Response, delegate_a: Member
) -> None:
    typed = {"answer": "supports", "text": "Too late.", "day": "2026-04-01", "version": 1}
    answer = sign_in(delegate_a).post(address(submitted, "edit"), typed)
    assert answer.status_code == 409
    assert "Too late." in answer.content.decode()


def test_submit_shows_what_was_changed_meanwhile(
    sign_in: Any, draft: Response, delegate_a: Member, head_a: Member
) -> None:
    edit_response(draft, by=delegate_a, version=draft.version, text="Other words.")
    answer = sign_in(head_a).post(address(draft, "submit"), {"version": 1})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Other words." in page
    assert 'name="version" value="2"' in page


@pytest.mark.parametrize(
    "typed",
    [
        {"text": "a\x00b"},
        {"text": "x" * 10_001},
        {"answer": "done"},
        {"day": "2026-02-30"},
        {"day": "9999-12-31"},
        {"link": "ftp:/x"},
        {"agency": "99999999999999999999"},
        {"valid_until": "2026-01-01"},
    ],
)
def test_respond_keeps_what_was_typed_when_it_is_refused(
    sign_in: Any, issued: Recommendation, delegate_a: Member, dlr: Agency, typed: dict[str, str]
) -> None:
    browser, at = sign_in(delegate_a), f"{issued.get_absolute_url()}respond/?about=stance"
    token = browser.get(at).context["form"]["token"].value()
    sent = {
        "token": token,
        "agency": dlr.pk,
        "answer": "supports",
        "text": WORDS,
        "day": "2026-04-01",
        **typed,
    }
    answer = browser.post(at, sent)
    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()
    assert not Response.objects.exists()


@pytest.mark.parametrize("who", ["editor", "observer_a", "former"])
def test_respond_is_for_who_writes_for_an_agency(
    sign_in: Any, request: Any, issued: Recommendation, who: str
) -> None:
    answer = sign_in(request.getfixturevalue(who)).get(f"{issued.get_absolute_url()}respond/")
    assert answer.status_code == 403
    assert "Agencies answer recommendations" in answer.content.decode()


def test_a_reason_is_asked_for(sign_in: Any, submitted: Response, editor: Member) -> None:
    answer = sign_in(editor).post(address(submitted, "return"), {"version": submitted.version, "reason": " "})
    assert answer.status_code == 422
    assert Response.objects.get().submitted_at


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40])
def test_an_odd_version_changes_nothing(sign_in: Any, draft: Response, head_a: Member, version: str) -> None:
    answer = sign_in(head_a).post(address(draft, "submit"), {"version": version})
    assert answer.status_code in (409, 422)
    assert Response.objects.get().submitted_at is None
