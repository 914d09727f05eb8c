"""Mail is a row until a server took it; and it is never said to be handed over before."""

import socket
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.template import TemplateDoesNotExist
from django.utils import timezone

from isecg import jobs
from isecg.mail.models import Message
from isecg.mail.services import post, post_to, recall, release
from members.models import Member
from tests.foundations.conftest import Server

pytestmark = pytest.mark.django_db
Make = Callable[..., Message]


def deliver(mail: Message) -> Message:
    """One attempt by a worker; the mail as it is stored then."""
    Message.objects.filter(pk=mail.pk).update(not_before=timezone.now())
    jobs.run("mail.message", mail.pk)
    return Message.objects.get(pk=mail.pk)


def test_post_renders_subject_text_and_html_in_each_members_language(editor: Member, head_a: Member) -> None:
    head_a.language = "de"
    head_a.save()
    one, other = post("account_reactivated", to=[editor, head_a], about=editor, why="Because")
    assert (one.language, other.language) == ("en", "de")
    assert one.subject == "Your account in the ISECG portal is open again"
    assert "Reason: Because" in one.text
    assert "<p>Reason: Because</p>" in one.html
    assert "/accounts/login/" in one.text
    assert "/de/accounts/login/" in other.text
    assert (one.to, one.member_id, one.about_id) == (editor.email, editor.pk, str(editor.pk))


def test_post_to_an_empty_audience_is_nobody() -> None:
    assert post("account_reactivated", to=[], why="") == []
    assert not Message.objects.exists()


def test_post_of_a_kind_without_templates_leaves_nothing(editor: Member) -> None:
    with pytest.raises(TemplateDoesNotExist):
        post("no_such_kind", to=[editor])
    assert not Message.objects.exists()


def test_post_of_a_name_with_line_breaks_makes_no_new_header(editor: Member, smtp: Server) -> None:
    mandate = editor.mandates.get()
    editor.name = "Eve\r\nBcc: all@example.org"
    mandate.member = editor
    mail = post_to("appointed", address="a@example.org", mandate=mandate, why="x\r\nBcc: all@example.org")
    assert "\n" not in mail.subject
    deliver(mail)
    headers = smtp.taken[0].split("\r\n\r\n")[0]
    assert "Bcc" not in headers


def test_subject_with_a_line_break_in_the_row_is_never_sent(make_mail: Make, smtp: Server) -> None:
    mail = deliver(make_mail(subject="Hello\nBcc: all@example.org"))
    assert mail.state == "queued"
    assert smtp.taken == []


def test_handed_over_after_the_server_took_it(make_mail: Make, smtp: Server) -> None:
    mail = deliver(make_mail(subject="Grüße"))
    assert (mail.state, mail.failure, len(smtp.taken)) == ("handed_over", "", 1)
    assert mail.ended_at is not None
    assert f"Message-ID: <{mail.message_id}@isecg.portal>" in smtp.taken[0]


@pytest.mark.django_db(transaction=True)
def test_handed_over_is_not_said_while_the_server_has_not_answered(make_mail: Make, smtp: Server) -> None:
    seen = []

    def look() -> None:
        from django.db import connection

        seen.append(Message.objects.get().state)
        connection.close()

    smtp.before_taking = look
    deliver(make_mail())
    assert seen == ["sending"]
    assert Message.objects.get().state == "handed_over"


@pytest.mark.parametrize(
    ("command", "reply"),
    [("RCPT", "550 no such user"), ("MAIL", "553 not from you"), ("END", "554 no"), ("DATA", "554 no")],
)
def test_refused_for_good_is_not_tried_again(command: str, reply: str, make_mail: Make, smtp: Server) -> None:
    smtp.answers[command] = reply
    mail = deliver(make_mail(private="https://secret"))
    assert (mail.state, mail.private) == ("refused", "")
    assert mail.failure == "The mail server refused the address."
    smtp.answers.clear()
    assert deliver(mail).attempts == 1
    assert smtp.taken == []


@pytest.mark.parametrize(
    ("command", "reply"),
    [("RCPT", "451 try later"), ("MAIL", "452 full"), ("END", "421 going down"), ("DATA", "450 busy")],
)
def test_refused_for_now_is_tried_again_and_arrives_once(
    command: str, reply: str, make_mail: Make, smtp: Server
) -> None:
    smtp.answers[command] = reply
    mail = deliver(make_mail(private="https://secret"))
    assert (mail.state, mail.private) == ("queued", "https://secret")
    assert mail.failure
    smtp.answers.clear()
    assert deliver(mail).state == "handed_over"
    assert len(smtp.taken) == 1


def test_server_that_is_away_leaves_the_mail_waiting(make_mail: Make, settings: Any) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = closed.getsockname()
        mail = deliver(make_mail())
    assert (mail.state, mail.attempts) == ("queued", 1)
    assert "ConnectionRefusedError" in mail.failure


def test_server_that_is_away_for_good_ends_as_abandoned(make_mail: Make, smtp: Server) -> None:
    smtp.answers["MAIL"] = "451 never today"
    mail = make_mail(private="https://secret")
    for _ in range(Message.LIMIT):
        mail = deliver(mail)
    assert (mail.state, mail.attempts, mail.private) == ("abandoned", Message.LIMIT, "")


def test_same_message_id_at_every_attempt(make_mail: Make, smtp: Server) -> None:
    mail = make_mail()
    smtp.answers["END"] = "451 later"
    first = deliver(mail).message_id
    smtp.answers.clear()
    assert deliver(mail).message_id == first


def test_post_not_before_an_instant_is_not_handed_over_earlier(editor: Member, smtp: Server) -> None:
    due = timezone.now() + timedelta(minutes=5)
    (mail,) = post("account_reactivated", to=[editor], about=editor, why="", not_before=due)
    jobs.run("mail.message", mail.pk)
    assert smtp.taken == []
    assert deliver(mail).state == Message.State.HANDED_OVER


def test_recall_abandons_what_is_kept_back_for_that_instant_and_nothing_else(editor: Member) -> None:
    due = timezone.now() + timedelta(minutes=5)
    others = [
        *post("account_reactivated", to=[editor], about=editor, why=""),
        *post(
            "account_reactivated", to=[editor], about=editor, why="", not_before=due + timedelta(seconds=1)
        ),
        *post("account_deactivated", to=[editor], about=editor, why="", not_before=due),
        *post("account_reactivated", to=[editor], about=None, why="", not_before=due),
    ]
    (mail,) = post("account_reactivated", to=[editor], about=editor, why="", not_before=due)
    with transaction.atomic():
        assert recall(editor, kind="account_reactivated", due=due) == 1
    mail.refresh_from_db()
    assert mail.state == Message.State.ABANDONED
    assert mail.failure.startswith("Recalled")
    assert set(
        Message.objects.filter(pk__in=[each.pk for each in others]).values_list("state", flat=True)
    ) == {Message.State.QUEUED}


def test_release_lets_go_what_is_kept_back(editor: Member, smtp: Server) -> None:
    now = timezone.now()
    (mail,) = post("account_reactivated", to=[editor], about=editor, why="", not_before=now + timedelta(1))
    with transaction.atomic():
        assert release(editor, kind="account_reactivated", due=mail.not_before, now=now) == 1
    jobs.run("mail.message", mail.pk)
    assert len(smtp.taken) == 1
