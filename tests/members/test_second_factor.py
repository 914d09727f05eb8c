"""The secretariat's rights begin with the second factor."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from isecg.mail.models import Message
from members.models import Member, Role
from members.queries import needs
from tests.members.conftest import PASSWORD

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]


@pytest.fixture(autouse=True)
def _wanted(settings: Any) -> None:
    settings.SECOND_FACTOR_FOR_SECRETARIAT = True
    cache.clear()


@pytest.fixture
def typed(editor: Member) -> Member:
    editor.set_password(PASSWORD)
    editor.save()
    return editor


def enrol(member: Member) -> str:
    secret = generate_totp_secret()
    TOTP.activate(member, secret)
    return secret


def code(secret: str) -> str:
    return f"{hotp_value(secret, next(iter(yield_hotp_counters_from_time()))):06d}"


def sign_in_with(member: Member) -> tuple[Client, Any]:
    browser = Client()
    return browser, browser.post("/accounts/login/", {"login": member.email, "password": PASSWORD})


def test_without_it_an_editor_has_no_rights_and_is_told_why(editor: Member, sign_in: Make) -> None:
    page = sign_in(editor).get("/people/invitations/")
    assert page.status_code == 403
    assert "begin when you have set up a second factor" in page.text


def test_without_it_the_desk_says_what_to_do(editor: Member) -> None:
    rows = needs(editor, timezone.now())
    assert [row.address for row in rows] == ["/accounts/2fa/"]


def test_without_it_signing_in_leads_to_its_page(typed: Member) -> None:
    _browser, page = sign_in_with(typed)
    assert page.headers["Location"] == "/accounts/2fa/"


def test_with_it_an_editor_has_the_rights(editor: Member, sign_in: Make) -> None:
    enrol(editor)
    assert sign_in(editor).get("/people/invitations/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(editor: Member) -> None:
    RecoveryCodes.activate(editor)
    assert Authenticator.objects.filter(user=editor).exists()
    assert editor.standing.needs_second_factor


def test_with_it_the_password_alone_does_not_sign_in(typed: Member) -> None:
    secret = enrol(typed)
    browser, page = sign_in_with(typed)
    assert page.headers["Location"] == "/accounts/2fa/authenticate/"
    assert browser.get("/profile/").status_code == 302
    browser.post("/accounts/2fa/authenticate/", {"code": code(secret)})
    assert browser.get("/profile/").status_code == 200


def test_a_delegate_needs_none(delegate_a: Member) -> None:
    assert not delegate_a.standing.needs_second_factor
    assert needs(delegate_a, timezone.now()) == []


def test_who_is_of_an_agency_too_keeps_those_rights_without_it(editor: Member, dlr: Any) -> None:
    import datetime as dt

    editor.mandates.create(role=Role.DELEGATE, agency=dlr, start=dt.date(2022, 1, 1))
    assert (editor.standing.secretariat, editor.standing.writes_for) == (False, frozenset({dlr.pk}))


def test_set_up_by_the_page_tells_the_person_by_mail(
    typed: Member, django_capture_on_commit_callbacks: Any
) -> None:
    browser, _page = sign_in_with(typed)
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    form = browser.get("/accounts/2fa/totp/activate/").context["form"]
    with django_capture_on_commit_callbacks(execute=True):
        browser.post("/accounts/2fa/totp/activate/", {"code": code(form.secret)})
    assert Member.objects.get(pk=typed.pk).standing.editor
    mail = Message.objects.filter(kind="account_changed").order_by("pk").first()
    assert mail is not None
    assert "A second factor was set up" in mail.text
