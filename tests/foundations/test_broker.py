"""A web request never talks to the broker: with it gone, everything people do works as before."""

import socket
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from isecg.mail.models import Message
from members.models import Invitation, Member
from tests.members.conftest import PASSWORD, link_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def calls(monkeypatch: Any) -> list[Any]:
    """Every attempt to reach the broker; each one fails."""
    port = urlsplit(settings.CELERY_BROKER_URL).port
    tried: list[Any] = []
    connect = socket.socket.connect

    def refuse(self: socket.socket, address: Any) -> Any:
        if isinstance(address, tuple) and address[1] == port:
            tried.append(address)
            raise ConnectionRefusedError("the broker is away")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", refuse)
    return tried


def test_invite_accept_sign_in_and_forgotten_password_without_a_broker(
    calls: list[Any], editor: Member, dlr: Any, sign_in: Callable[..., Any]
) -> None:
    wanted = {"email": "n@example.org", "name": "N", "role": "delegate", "agency": dlr.pk, "language": "en"}
    sign_in(editor).post("/people/invite/", wanted)
    Client().post(link_of(Invitation.objects.get()), {"password": PASSWORD, "again": PASSWORD})
    browser = Client()
    browser.post("/accounts/login/", {"login": "n@example.org", "password": PASSWORD})
    assert browser.post("/profile/", {"name": "New name", "language": "en", "version": 1}).status_code == 302
    Client().post("/accounts/password/reset/", {"email": "n@example.org"})
    assert list(Message.objects.order_by("pk").values_list("kind", flat=True)) == [
        "invitation",
        "password_reset",
    ]
    assert Member.objects.get(email="n@example.org").name == "New name"
    assert calls == []


def test_appoint_end_and_deactivate_without_a_broker(
    calls: list[Any], administrator: Member, head_a: Member, dlr: Any, sign_in: Callable[..., Any]
) -> None:
    browser = sign_in(administrator)
    pk = head_a.mandates.get().pk
    browser.post(f"/people/roles/{pk}/end/", {"version": 1, "day": "2024-01-01"})
    browser.post(
        f"/people/{head_a.pk}/appoint/", {"role": "observer", "agency": dlr.pk, "start": "2024-01-01"}
    )
    browser.post(f"/people/{head_a.pk}/deactivate/", {"version": 1, "why": "Left"})
    kinds = list(Message.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["mandate_ended", "appointed", "account_deactivated"]
    assert calls == []


def test_only_the_question_whether_it_answers_asks_the_broker(calls: list[Any], client: Client) -> None:
    page = client.get("/readyz")
    assert page.status_code == 503
    assert page.json()["broker"].startswith("away")
    assert calls != []
