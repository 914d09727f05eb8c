"""The secretariat edits seats and the chair in the browser; nobody else does."""

import datetime as dt
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import Agency, ChairTerm, Waiver
from isecg.audit.models import Event
from members.models import Member

Browser = Callable[[Member | None], Client]


def token() -> str:
    return str(uuid.uuid4())


@pytest.fixture
def forms(
    terms: list[ChairTerm], dlr: Agency, jaxa: Agency, esa: Agency
) -> dict[str, tuple[list[Any], dict[str, Any]]]:
    """Every editing page: its arguments, and what a person would send."""
    name, membership = dlr.names.get(), dlr.memberships.get()
    waiver = Waiver.objects.create(agency=esa, kind="declined", day=dt.date(2025, 1, 1), reason="Busy")
    words = {
        "acronym": "DLR2",
        "name": "New",
        "start_precision": "day",
        "end_precision": "day",
        "source": "Law",
    }
    start = {"start": "2026-01-01", "start_precision": "day"}
    past = {"start": "2018-01-01", "start_precision": "year"}
    late = {"start": "2024-09-30", "start_precision": "day"}
    new, old = {"token": token()}, {"version": 1}
    return {
        "add_agency": ([], {**new, **words, **start, "slug": "new-one", "country": "NO"}),
        "edit_agency": (["dlr"], {**old, "website": "https://www.dlr.de/", "country": "DE"}),
        "rename": (["dlr"], {**new, **words, **start}),
        "add_name": (["dlr"], {**new, **words, "start": "2019-01-01", "end": "2020-01-01"}),
        "edit_name": (["dlr", name.pk], {**old, **words, "start": "2020-01-01"}),
        "admit": (["dlr"], {**new, **past, "end": "2019-01-01", "end_precision": "day"}),
        "edit_membership": (["dlr", membership.pk], {**old, **past, "end_precision": "day"}),
        "end_membership": (["dlr", membership.pk], {**old, "end": "2026-01-01", "end_precision": "day"}),
        "hand_over": ([], {**new, **start, "to": esa.pk, "seen": terms[1].pk, "confirmed": "1"}),
        "add_term": ([], {**new, "start": "2023-01-01", "start_precision": "year", "agency": esa.pk}),
        "edit_term": ([terms[1].pk], {**old, **late, "agency": dlr.pk, "person": "A. Person"}),
        "remove_term": ([terms[1].pk], {**old, "why": "Wrong"}),
        "decline": ([], {**new, "agency": jaxa.pk, "day": "2025-05-01", "reason": "Busy"}),
        "swap": ([], {**new, "agency": jaxa.pk, "other": esa.pk, "day": "2025-05-01", "reason": "Busy"}),
        "withdraw": ([waiver.pk], old),
    }  # fmt: skip


VERBS = {
    "add_agency": "create",
    "edit_agency": "edit",
    "rename": "rename",
    "add_name": "name",
    "edit_name": "edit",
    "admit": "admit",
    "edit_membership": "edit",
    "end_membership": "end",
    "hand_over": "hand_over",
    "add_term": "add",
    "edit_term": "edit",
    "remove_term": "remove",
    "decline": "decline",
    "swap": "swap",
    "withdraw": "withdraw",
}


@pytest.fixture
def others(
    head_a: Member, alternate_a: Member, delegate_a: Member, observer_a: Member, former: Member
) -> list[Member]:
    """Everybody who is signed in and not of the secretariat."""
    return [head_a, alternate_a, delegate_a, observer_a, former]


def address(forms: Any, page: str) -> str:
    return reverse(f"agencies:{page}", args=forms[page][0])


@pytest.mark.parametrize("page", VERBS)
def test_page_shows_its_form_to_editors(page: str, forms: Any, sign_in: Browser, editor: Member) -> None:
    response = sign_in(editor).get(address(forms, page))
    assert response.status_code == 200
    assert 'method="post"' in response.content.decode()


@pytest.mark.parametrize("page", VERBS)
def test_page_does_one_thing_and_leads_back(
    page: str, forms: Any, sign_in: Browser, editor: Member, last_event: Callable[[], Any]
) -> None:
    response = sign_in(editor).post(address(forms, page), forms[page][1])
    assert response.status_code == 302
    assert response["Location"].startswith(("/agencies/", "/chair/"))
    assert (last_event().verb, last_event().actor) == (VERBS[page], str(editor))


@pytest.mark.parametrize("page", VERBS)
def test_page_is_denied_to_all_others_with_a_sentence(
    page: str, forms: Any, sign_in: Browser, others: list[Member], last_event: Callable[[], Any]
) -> None:
    for member in others:
        browser = sign_in(member)
        for response in (
            browser.get(address(forms, page)),
            browser.post(address(forms, page), forms[page][1]),
        ):
            assert response.status_code == 403, member
            assert "Only the secretariat may do this." in response.content.decode(), member
    assert last_event() is None


@pytest.mark.parametrize("page", VERBS)
def test_page_sends_strangers_to_the_sign_in(page: str, forms: Any, client: Client) -> None:
    response = client.post(address(forms, page), forms[page][1])
    assert response["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("page", VERBS)
def test_get_changes_nothing(
    page: str, forms: Any, sign_in: Browser, editor: Member, last_event: Callable[[], Any]
) -> None:
    sign_in(editor).get(address(forms, page), forms[page][1])
    assert last_event() is None


NONSENSE = ["\x00", "x" * 300_000, "99999999999999999999", "2026-02-30", "\u202e"]
# Fields that take any words; a version or token that is wrong is another matter.
WORDS = {"version", "token", "confirmed", "reason", "source", "name", "acronym", "website", "person"}


@pytest.mark.parametrize("page", [page for page in VERBS if page not in ("withdraw", "remove_term")])
def test_nonsense_is_refused_with_a_sentence(
    page: str, forms: Any, sign_in: Browser, editor: Member, last_event: Callable[[], Any]
) -> None:
    browser = sign_in(editor)
    for nonsense in NONSENSE:
        sent = {key: value if key in WORDS else nonsense for key, value in forms[page][1].items()}
        response = browser.post(address(forms, page), sent)
        assert response.status_code == 422, nonsense
        assert 'class="error-summary"' in response.content.decode(), nonsense
    assert last_event() is None


@pytest.mark.parametrize("page", VERBS)
def test_a_broken_version_or_token_does_nothing(
    page: str, forms: Any, sign_in: Browser, editor: Member, last_event: Callable[[], Any]
) -> None:
    browser = sign_in(editor)
    for nonsense in ["", *NONSENSE]:
        sent = {
            key: nonsense if key in ("version", "token") else each for key, each in forms[page][1].items()
        }
        response = browser.post(address(forms, page), sent)
        assert response.status_code in (409, 422), nonsense
    assert last_event() is None


EDITED = {"edit_agency": "website", "edit_name": "name", "edit_membership": "start", "edit_term": "person"}


@pytest.mark.parametrize("page", EDITED)
def test_stale_form_gets_both_texts(
    page: str, forms: Any, sign_in: Browser, editor: Member, administrator: Member
) -> None:
    mine, theirs = (
        ("2018-03-03", "2017-04-04")
        if EDITED[page] == "start"
        else ("https://my.example", "https://their.example")
    )
    sign_in(administrator).post(address(forms, page), {**forms[page][1], EDITED[page]: theirs})
    response = sign_in(editor).post(address(forms, page), {**forms[page][1], EDITED[page]: mine})
    content = response.content.decode()
    assert response.status_code == 409
    assert theirs in content
    assert mine in content


@pytest.mark.parametrize("page", ["rename", "add_term", "hand_over", "decline"])
def test_sending_twice_adds_once(page: str, forms: Any, sign_in: Browser, editor: Member) -> None:
    browser = sign_in(editor)
    answers = [browser.post(address(forms, page), forms[page][1]) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Event.objects.count() == 1


def test_another_agencys_name_is_404(forms: Any, sign_in: Browser, editor: Member, jaxa: Agency) -> None:
    response = sign_in(editor).get(reverse("agencies:edit_name", args=["dlr", jaxa.names.get().pk]))
    assert response.status_code == 404
    assert "Page not found" in response.content.decode()


@pytest.mark.parametrize("pk", [0, 999_999, 10**30])
@pytest.mark.parametrize("page", ["edit_term", "remove_term", "withdraw"])
def test_an_odd_number_is_404(page: str, pk: int, sign_in: Browser, editor: Member) -> None:
    response = sign_in(editor).get(reverse(f"agencies:{page}", args=[pk]))
    assert (response.status_code, "Page not found" in response.content.decode()) == (404, True)


def test_hand_over_shows_its_effect_before_it_is_done(forms: Any, sign_in: Browser, editor: Member) -> None:
    sent = {**forms["hand_over"][1], "confirmed": ""}  # as the empty hidden field of the form sends it
    content = sign_in(editor).post("/chair/hand-over/", sent).content.decode()
    assert "Hand over the chair to ESA?" in content
    assert "The term of DLR (from 30 September 2024) ends on that day." in content
    assert "By the rule these come earlier, and keep their places: JAXA." in content
    assert ChairTerm.objects.count() == 2


def test_hand_over_is_done_by_sending_what_the_question_holds(
    forms: Any, sign_in: Browser, editor: Member, esa: Agency
) -> None:
    browser = sign_in(editor)
    sent = {key: value for key, value in forms["hand_over"][1].items() if key != "confirmed"}
    content = browser.post("/chair/hand-over/", sent).content.decode()
    question = content[content.index('class="dialog') :]
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', question))
    page = browser.post("/chair/hand-over/", hidden, follow=True).content.decode()
    assert "The chair goes to ESA (1 January 2026)." in page
    assert ChairTerm.objects.latest("start").agency == esa


def test_hand_over_that_cannot_be_keeps_what_was_typed(
    forms: Any, sign_in: Browser, editor: Member, dlr: Agency
) -> None:
    sent = {**forms["hand_over"][1], "to": dlr.pk, "person": "A. Person"}
    del sent["confirmed"]
    response = sign_in(editor).post("/chair/hand-over/", sent)
    assert response.status_code == 422
    assert "DLR chairs already" in response.content.decode()
    assert 'value="A. Person"' in response.content.decode()


def test_hand_over_after_somebody_elses_is_409(
    forms: Any, sign_in: Browser, editor: Member, jaxa: Agency, esa: Agency
) -> None:
    ChairTerm.objects.create(agency=jaxa, start=dt.date(2025, 1, 1))
    response = sign_in(editor).post("/chair/hand-over/", forms["hand_over"][1])
    assert response.status_code == 409
    assert "Somebody else handed over the chair meanwhile" in response.content.decode()
    assert not ChairTerm.objects.filter(agency=esa).exists()


def test_removing_within_the_history_says_who_may(
    sign_in: Browser, editor: Member, terms: list[ChairTerm]
) -> None:
    browser = sign_in(editor)
    assert "Other terms follow this one" in browser.get(f"/chair/terms/{terms[0].pk}/").content.decode()
    response = browser.post(f"/chair/terms/{terms[0].pk}/remove/", {"version": 1, "why": "Wrong"})
    assert response.status_code == 403
    assert ChairTerm.objects.count() == 2


def test_the_address_add_is_taken(forms: Any, sign_in: Browser, editor: Member) -> None:
    response = sign_in(editor).post("/agencies/add/", {**forms["add_agency"][1], "slug": "add"})
    assert response.status_code == 422
    assert "This address is taken" in response.content.decode()


def test_a_waiver_of_tomorrow_is_refused(forms: Any, sign_in: Browser, editor: Member) -> None:
    response = sign_in(editor).post("/chair/decline/", {**forms["decline"][1], "day": "2999-01-01"})
    assert response.status_code == 422
    assert "This day has not come yet." in response.content.decode()
