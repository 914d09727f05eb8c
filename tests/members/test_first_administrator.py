"""The first administrator of a new installation."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from members.models import Member
from tests.members.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def run(email: str = "first@example.org") -> str:
    output = StringIO()
    call_command("first_administrator", email, "The First", stdout=output)
    return output.getvalue()


def test_first_administrator_chooses_a_password_by_the_link_and_signs_in() -> None:
    path = run().split()[-1].removeprefix(settings.SITE_URL)
    browser = Client()
    form = browser.get(path, follow=True)
    browser.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    browser.post("/accounts/login/", {"login": "first@example.org", "password": PASSWORD})
    assert browser.get("/people/invitations/").status_code == 200
    assert Member.objects.get().standing.administrator


def test_first_administrator_is_only_the_first(administrator: Member) -> None:
    with pytest.raises(CommandError, match="There is an administrator already"):
        run()
    assert not Member.objects.filter(email="first@example.org").exists()


def test_first_administrator_without_a_proper_address_is_refused() -> None:
    with pytest.raises(CommandError, match="valid email"):
        run("nobody")
    assert not Member.objects.exists()
