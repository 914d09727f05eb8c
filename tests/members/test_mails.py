"""Every mail about people and accounts: three parts, both languages, why it comes, its link in place."""

from typing import Any

import pytest
from django.core import mail as outbox
from django.utils import timezone

from isecg import ROOT
from isecg.jobs import run
from isecg.mail.models import Message
from members import emails
from members.models import Member

pytestmark = pytest.mark.django_db

ACCOUNT = [
    "password_reset_key",
    "unknown_account",
    "email_confirmation",
    "password_changed",
    "totp_activated",
]
ACCOUNT += ["totp_deactivated", "recovery_codes_generated", "email_changed", "something_new"]


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", ACCOUNT)
def test_mail_of_the_account_pages_says_why_it_comes(name: str, language: str, signed_up: Member) -> None:
    signed_up.language = language
    signed_up.save()
    emails.from_allauth(name, address=signed_up.email, context={"activate_url": "https://portal/x?a=1&b=2"})
    row = Message.objects.get()
    assert row.language == language
    assert row.subject
    assert len(row.text) > 80
    assert "<p>" in row.html
    if language == "en":
        assert "You get this mail because" in row.text
        assert "You get this mail because" in row.html


def test_mail_carries_its_private_link_only_when_it_is_handed_over(signed_up: Member, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    link = "https://portal/accounts/x?a=1&b=2"
    emails.from_allauth("password_reset_key", address=signed_up.email, context={"password_reset_url": link})
    row = Message.objects.get()
    run("mail.message", row.pk)
    sent: Any = outbox.outbox[0]
    assert link in sent.body
    assert 'href="https://portal/accounts/x?a=1&amp;b=2"' in sent.alternatives[0].content
    row.refresh_from_db()
    assert (row.state, row.private) == ("handed_over", "")


def test_mail_names_are_not_escaped_in_plain_text(signed_up: Member, administrator: Member) -> None:
    from members import services

    signed_up.name = "Róisín O'Neill & Sons"
    signed_up.save()
    services.deactivate(signed_up, by=administrator, version=1, now=timezone.now(), why="<none>")
    row = Message.objects.get()
    assert "Dear Róisín O'Neill & Sons," in row.text
    assert "Róisín O&#x27;Neill &amp; Sons" in row.html
    assert "&lt;none&gt;" in row.html


def test_every_kind_of_mail_has_its_three_templates() -> None:
    kinds = [kind for kind in (ROOT / "templates/mail").iterdir() if kind.is_dir()]
    wanted = {"subject.txt", "body.txt", "body.html"}
    assert [kind.name for kind in kinds if {part.name for part in kind.iterdir()} != wanted] == []
