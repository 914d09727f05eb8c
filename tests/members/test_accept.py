"""Accepting an invitation: single use, right address only, looking at it changes nothing."""

import datetime as dt
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from isecg import settings as portal
from isecg.audit.models import Event
from members.models import Invitation, Mandate, Member, Role
from tests.members.conftest import PASSWORD

pytestmark = pytest.mark.django_db
TYPED = {"password": PASSWORD, "again": PASSWORD}


def test_accept_page_says_who_is_invited_to_what(invite: Callable[..., Any], client: Client) -> None:
    _invitation, link = invite()
    page = client.get(link)
    assert "New Person, you are invited" in page.text
    assert "delegate, DLR" in page.text
    assert "new@example.org" in page.text


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_accept_by_a_mail_scanner_changes_nothing(
    method: str, invite: Callable[..., Any], client: Client
) -> None:
    invitation, link = invite()
    before = Event.objects.count()
    for _ in range(3):
        getattr(client, method)(link)
    invitation.refresh_from_db()
    assert invitation.is_open(timezone.now())
    assert invitation.version == 1
    assert (Event.objects.count(), Member.objects.filter(email="new@example.org").count()) == (before, 0)


def test_accept_page_tells_its_address_to_nobody(invite: Callable[..., Any], client: Client) -> None:
    _invitation, link = invite()
    page = client.get(link)
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert page.headers["Cache-Control"] == "no-store"


def test_accept_is_not_logged_with_its_token(
    invite: Callable[..., Any], caplog: Any, delegate_b: Member, sign_in: Callable[..., Any]
) -> None:
    from isecg.logs import PrivateLinks

    _invitation, link = invite()
    caplog.handler.addFilter(PrivateLinks())
    with caplog.at_level(logging.WARNING):
        assert sign_in(delegate_b).post(link).status_code == 403
    assert "/invitations/…" in caplog.text
    assert link.split("/")[-2] not in caplog.text


def test_accept_makes_account_and_role_and_signs_in(invite: Callable[..., Any], client: Client) -> None:
    invitation, link = invite(language="de")
    page = client.post(link, TYPED, follow=True)
    member = Member.objects.get(email="new@example.org")
    assert page.wsgi_request.user == member
    assert (member.name, member.language) == ("New Person", "de")
    mandate = Mandate.objects.get(member=member)
    assert (mandate.role, mandate.agency, mandate.start) == (
        "delegate",
        invitation.agency,
        timezone.now().date(),
    )
    assert member.standing.writes_for == {invitation.agency_id}


def test_accept_is_on_record(invite: Callable[..., Any], client: Client) -> None:
    _invitation, link = invite()
    client.post(link, TYPED)
    verbs = list(Event.objects.filter(actor="New Person").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["join", "appoint", "accept"]


def test_accept_by_a_new_person_lets_them_sign_in_afterwards(
    invite: Callable[..., Any], client: Client, settings: Any
) -> None:
    settings.PASSWORD_HASHERS = portal.PASSWORD_HASHERS  # not the quick one of the tests
    _invitation, link = invite()
    client.post(link, TYPED)
    fresh = Client()
    page = fresh.post("/accounts/login/", {"login": "new@example.org", "password": PASSWORD})
    assert page.status_code == 302
    assert Member.objects.get(email="new@example.org").password.startswith("argon2$argon2id$")
    assert fresh.get("/profile/").status_code == 200


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"password": "short", "again": "short"}, "too short"),
        ({"password": "password1234", "again": "password1234"}, "too common"),
        ({"password": "new.person@example", "again": "new.person@example"}, "too similar"),
        ({"password": PASSWORD, "again": "something-else-now"}, "not the same"),
        ({}, "This field is required"),
        ({"password": "a" * 100_000, "again": "a" * 100_000}, "at most 200 characters"),
        ({"password": "nul\0nul\0nul\0nul", "again": "x"}, "Null characters"),
    ],
)
def test_accept_with_a_weak_password_is_refused(
    typed: dict[str, str], sentence: str, invite: Callable[..., Any], client: Client
) -> None:
    invitation, link = invite()
    page = client.post(link, typed)
    assert page.status_code == 422
    assert sentence in page.text
    invitation.refresh_from_db()
    assert invitation.is_waiting()


def test_accept_twice_makes_one_account_and_the_second_click_arrives_too(
    invite: Callable[..., Any], client: Client
) -> None:
    _invitation, link = invite()
    assert client.post(link, TYPED).headers["Location"].endswith("/desk/")
    assert client.post(link, TYPED).headers["Location"].endswith("/desk/")
    assert Member.objects.filter(email="new@example.org").count() == 1
    assert Mandate.objects.filter(member__email="new@example.org").count() == 1


def unusable(invite: Callable[..., Any], how: str) -> str:
    _invitation, link = invite()
    now = timezone.now()
    if how == "expired":
        Invitation.objects.update(expires_at=now)
    elif how == "withdrawn":
        Invitation.objects.update(withdrawn_at=now)
    elif how == "used":
        Client().post(link, TYPED)
    else:
        link = "/invitations/" + "A" * 43 + "/"
    return link


@pytest.mark.parametrize("method", ["get", "post"])
def test_accept_of_any_link_that_does_not_work_is_the_same_page(
    method: str, invite: Callable[..., Any], make_agency: Callable[..., Any]
) -> None:
    pages = []
    for number, how in enumerate(("expired", "withdrawn", "used", "unknown")):
        link = unusable(lambda number=number: invite(email=f"p{number}@example.org"), how)
        page = getattr(Client(), method)(link, TYPED if method == "post" else {})
        assert page.status_code == 404
        pages.append(page.text.replace(link, ""))
    assert "Otherwise ask the secretariat for a new one" in pages[0]
    assert "Sign in" in pages[0]
    assert len(set(pages)) == 1


def test_accept_at_the_expiring_instant_is_too_late(invite: Callable[..., Any], client: Client) -> None:
    _invitation, link = invite(now=timezone.now() - dt.timedelta(days=14))
    assert "cannot be used" in client.post(link, TYPED).text
    assert not Member.objects.filter(email="new@example.org").exists()


@pytest.mark.parametrize("token", ["x", "%00", "ä", "a" * 4000, "..", "%F0%9F%9A%80"])
def test_accept_of_an_odd_token_is_not_found(token: str, client: Client, db: None) -> None:
    assert client.get(f"/invitations/{token}/").status_code == 404


def test_accept_by_another_signed_in_person_is_refused_with_a_sentence(
    invite: Callable[..., Any], delegate_b: Member, sign_in: Callable[..., Any]
) -> None:
    invitation, link = invite()
    browser = sign_in(delegate_b)
    assert "this invitation is for another address" in browser.get(link).text
    page = browser.post(link, TYPED)
    assert page.status_code == 403
    assert "for another address than yours" in page.text
    invitation.refresh_from_db()
    assert invitation.is_waiting()
    assert Mandate.objects.filter(member=delegate_b).count() == 1


def test_accept_for_an_address_with_an_account_wants_it_signed_in(
    invite: Callable[..., Any], delegate_b: Member, client: Client
) -> None:
    _invitation, link = invite(email=delegate_b.email)
    assert "Sign in with it, then accept" in client.get(link).text
    page = client.post(link, TYPED)
    assert page.status_code == 403
    delegate_b.refresh_from_db()
    assert not delegate_b.check_password(PASSWORD)


def test_accept_by_a_member_adds_the_role_and_keeps_the_password(
    invite: Callable[..., Any], signed_up: Member, jaxa: Any, sign_in: Callable[..., Any]
) -> None:
    _invitation, link = invite(email=signed_up.email.upper(), role=Role.OBSERVER, agency=jaxa)
    sign_in(signed_up).post(link, {"password": "another-password-here", "again": "another-password-here"})
    signed_up.refresh_from_db()
    assert signed_up.check_password(PASSWORD)
    assert set(signed_up.mandates.values_list("role", flat=True)) == {"delegate", "observer"}


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_accept_page_looked_at_by_the_invited_member_changes_nothing(
    method: str, invite: Callable[..., Any], signed_up: Member, jaxa: Any, sign_in: Callable[..., Any]
) -> None:
    invitation, link = invite(email=signed_up.email, role=Role.OBSERVER, agency=jaxa)
    getattr(sign_in(signed_up), method)(link)
    invitation.refresh_from_db()
    assert invitation.is_open(timezone.now())
    assert signed_up.mandates.count() == 1


def test_accept_by_a_closed_account_is_refused(
    invite: Callable[..., Any], signed_up: Member, jaxa: Any, client: Client
) -> None:
    _invitation, link = invite(email=signed_up.email, agency=jaxa)
    Member.objects.filter(pk=signed_up.pk).update(is_active=False)
    assert client.post(link, TYPED).status_code == 403
    assert signed_up.mandates.count() == 1


def test_accept_when_the_agency_has_another_head_makes_no_account(
    invite: Callable[..., Any], head_a: Member, client: Client
) -> None:
    invitation, link = invite(role=Role.HEAD)
    page = client.post(link, TYPED)
    assert page.status_code == 409
    assert "another head of delegation" in page.text
    assert not Member.objects.filter(email="new@example.org").exists()
    invitation.refresh_from_db()
    assert invitation.is_waiting()


def test_accept_into_the_secretariat_leads_to_the_second_factor(
    invite: Callable[..., Any], administrator: Member, client: Client, settings: Any
) -> None:
    _invitation, link = invite(by=administrator, role=Role.EDITOR, agency=None)
    settings.SECOND_FACTOR_FOR_SECRETARIAT = True
    page = client.post(link, TYPED)
    assert page.headers["Location"].endswith("/accounts/2fa/")


@pytest.mark.django_db(transaction=True)
def test_accept_posted_six_times_at_once_makes_one_account(invite: Callable[..., Any]) -> None:
    _invitation, link = invite()
    together = Barrier(6)

    def post(_number: int) -> int:
        together.wait()
        try:
            return Client().post(link, TYPED).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        answers = sorted(pool.map(post, range(6)))
    assert answers == [302, 404, 404, 404, 404, 404]
    assert Member.objects.filter(email="new@example.org").count() == 1
    assert Mandate.objects.filter(member__email="new@example.org").count() == 1
