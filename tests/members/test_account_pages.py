"""The account pages: no sign-up, the same answer for known and unknown addresses, mails as rows, limits."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as configured
from django.core import mail as outbox
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from isecg.mail.models import PRIVATE, Message
from members.models import Member
from tests.members.conftest import PASSWORD

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]
NEW_PASSWORD = "eight-moons-of-patience"


@pytest.fixture(autouse=True)
def _no_attempts_yet() -> None:
    cache.clear()


def ask_for_password(address: str, **headers: str) -> Any:
    return Client(headers=headers).post("/accounts/password/reset/", {"email": address}, follow=True)


def sign_in_with(address: str, password: str, client: Client | None = None, **extra: Any) -> Any:
    return (client or Client()).post("/accounts/login/", {"login": address, "password": password}, **extra)


@pytest.mark.parametrize("method", ["get", "post"])
def test_sign_up_says_that_accounts_are_by_invitation(method: str, client: Client) -> None:
    page = getattr(client, method)("/accounts/signup/", {"email": "x@example.org", "password1": PASSWORD})
    assert page.status_code == 403
    assert "by invitation only" in page.text
    assert not Member.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        "socialaccount_signup",
        "socialaccount_connections",
        "account_signup_by_passkey",
        "account_request_login_code",
    ],
)
def test_account_pages_that_nobody_needs_have_no_address(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_forgotten_password_answers_the_same_for_known_and_unknown(signed_up: Member) -> None:
    known, unknown = ask_for_password(signed_up.email), ask_for_password("nobody@example.org")
    assert known.redirect_chain == unknown.redirect_chain
    assert known.text.replace(signed_up.email, "") == unknown.text.replace("nobody@example.org", "")


def test_forgotten_password_writes_one_mail_for_known_and_for_unknown(signed_up: Member) -> None:
    for address in (signed_up.email, "nobody@example.org"):
        ask_for_password(address)
    kinds = list(Message.objects.order_by("pk").values_list("kind", "to"))
    assert kinds == [("password_reset", signed_up.email), ("unknown_account", "nobody@example.org")]


def test_forgotten_password_is_a_row_in_the_persons_language_not_a_mail_sent_at_once(
    signed_up: Member,
) -> None:
    signed_up.language = "de"
    signed_up.save()
    ask_for_password(signed_up.email)
    row = Message.objects.get()
    assert (row.language, row.state, len(outbox.outbox)) == ("de", "queued", 0)


def test_forgotten_password_link_stands_apart_from_the_text(signed_up: Member) -> None:
    ask_for_password(signed_up.email)
    row = Message.objects.get()
    assert PRIVATE in row.text
    assert "/accounts/password/reset/key/" in row.private
    assert "/accounts/password/reset/key/" not in row.text + row.html


def test_new_password_by_the_link_ends_every_session(signed_up: Member, sign_in: Make) -> None:
    browser = sign_in(signed_up)
    ask_for_password(signed_up.email)
    link = Message.objects.get().private.split("testserver")[-1]
    stranger = Client()
    form = stranger.get(link, follow=True)
    page = stranger.post(form.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert page.status_code == 302
    assert browser.get("/profile/").status_code == 302
    assert Message.objects.filter(kind="account_changed", to=signed_up.email).count() == 1
    assert sign_in_with(signed_up.email, NEW_PASSWORD).status_code == 302


def test_changed_password_ends_the_other_sessions(signed_up: Member) -> None:
    here, there = Client(), Client()
    for browser in (here, there):
        sign_in_with(signed_up.email, PASSWORD, browser)
    here.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )
    assert there.get("/profile/").status_code == 302


def test_sign_in_answers_the_same_for_a_wrong_password_and_an_unknown_address(signed_up: Member) -> None:
    wrong, unknown = sign_in_with(signed_up.email, "wrong"), sign_in_with("nobody@example.org", "wrong")
    assert wrong.status_code == unknown.status_code
    assert _plain(wrong).replace(signed_up.email, "") == _plain(unknown).replace("nobody@example.org", "")


def _plain(page: Any) -> str:
    import re

    return re.sub(r'value="\w{64}"', "", page.text)


def test_sign_in_is_limited_even_with_a_forged_forwarding_header(signed_up: Member) -> None:
    for number in range(12):
        sign_in_with(signed_up.email, "wrong", headers={"X-Forwarded-For": f"203.0.113.{number}"})
    page = sign_in_with(signed_up.email, PASSWORD, headers={"X-Forwarded-For": "198.51.100.7"})
    assert page.status_code != 302
    assert "Too many" in page.text


def test_forgotten_password_is_limited_even_with_a_forged_forwarding_header(signed_up: Member) -> None:
    for number in range(30):
        ask_for_password(f"n{number}@example.org", **{"X-Forwarded-For": f"203.0.113.{number}"})
    assert Message.objects.count() <= 20


def test_limits_are_counted_in_the_database() -> None:
    assert configured.CACHES["default"]["BACKEND"].endswith("db.DatabaseCache")


@pytest.mark.parametrize("typed", ["a\0b@example.org", "x" * 100_000, "", "ä@ö", "\ud83d\ude80@example.org"])
def test_sign_in_with_nonsense_is_a_page_not_a_crash(typed: str, db: None) -> None:
    typed = typed.encode("utf-16", "surrogatepass").decode("utf-16")
    page = sign_in_with(typed, "x\0y")
    assert page.status_code < 500
    assert "<form" in page.text


def test_new_address_counts_only_when_it_is_confirmed(signed_up: Member) -> None:
    browser = Client()
    sign_in_with(signed_up.email, PASSWORD, browser)
    browser.post("/accounts/email/", {"action_add": "", "email": "moved@example.org"})
    signed_up.refresh_from_db()
    assert signed_up.email != "moved@example.org"
    row = Message.objects.get(kind="confirm_address")
    assert row.to == "moved@example.org"
    link = row.private.split("testserver")[-1]
    browser.post(link)
    signed_up.refresh_from_db()
    assert signed_up.email == "moved@example.org"
