"""Inviting somebody."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from isecg.audit.models import Event
from isecg.mail.models import PRIVATE, Message
from members import services
from members.models import Invitation, Member, Role, hash_of

pytestmark = pytest.mark.django_db


def test_invite_mails_a_link_to_the_address_in_its_language(invite: Callable[..., Any]) -> None:
    invitation, link = invite(language="de")
    mail = Message.objects.get(kind="invitation")
    assert (mail.to, mail.language) == ("new@example.org", "de")
    assert link.startswith("/de/invitations/")
    assert hash_of(link.split("/")[-2]) == invitation.token_hash


def test_invite_stores_the_token_nowhere_but_in_the_mail_that_waits(invite: Callable[..., Any]) -> None:
    _invitation, link = invite()
    token = link.split("/")[-2]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_schema = 'public' AND data_type IN ('text', 'character varying', 'jsonb')"
        )
        places = [
            (table, column)
            for table, column in cursor.fetchall()
            if _holds(cursor, f'SELECT count(*) FROM "{table}" WHERE "{column}"::text LIKE %s', token)
        ]
    assert places == [("mail_message", "private")]


def _holds(cursor: Any, question: str, token: str) -> bool:
    cursor.execute(question, [f"%{token}%"])
    return bool(cursor.fetchone()[0])


def test_invite_text_shows_a_place_instead_of_the_link(invite: Callable[..., Any]) -> None:
    invite()
    mail = Message.objects.get(kind="invitation")
    assert PRIVATE in mail.text
    assert PRIVATE in mail.html


def test_invite_says_in_the_mail_who_invites_to_what_and_why_it_comes(invite: Callable[..., Any]) -> None:
    invite()
    text = Message.objects.get(kind="invitation").text
    assert "delegate, DLR" in text
    assert "Secretariat, secretariat editor" in text
    assert "You get this mail because" in text


def test_invite_expires_after_fourteen_days(invite: Callable[..., Any]) -> None:
    now = timezone.now()
    invitation, _link = invite(now=now)
    assert invitation.is_open(now + dt.timedelta(days=14, seconds=-1))
    assert not invitation.is_open(now + dt.timedelta(days=14))


def test_invite_is_on_record(invite: Callable[..., Any], editor: Member) -> None:
    invitation, _link = invite()
    event = Event.objects.about(invitation).get()
    assert (event.verb, event.actor_id) == ("invite", editor.pk)


def test_invite_into_the_secretariat_is_refused_to_an_editor(invite: Callable[..., Any]) -> None:
    with pytest.raises(PermissionDenied, match="Only an administrator"):
        invite(role=Role.EDITOR, agency=None)
    assert not Invitation.objects.exists()


def test_invite_into_the_secretariat_by_an_administrator(
    invite: Callable[..., Any], administrator: Member
) -> None:
    invitation, _link = invite(by=administrator, role=Role.ADMINISTRATOR, agency=None)
    assert invitation.is_waiting()


def test_invite_who_holds_the_role_is_refused(invite: Callable[..., Any], delegate_a: Member) -> None:
    with pytest.raises(ValidationError, match="already holds this role"):
        invite(email=delegate_a.email.upper())


def test_invite_twice_is_refused_and_points_to_sending_again(invite: Callable[..., Any]) -> None:
    invite()
    with pytest.raises(ValidationError, match="send that invitation again"):
        invite(email="New@Example.org")
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"role": "editor", "agency": "{dlr}"}, "belong to no agency"),
        ({"role": "delegate", "agency": ""}, "Choose the agency"),
        ({"role": "emperor"}, "is not one of the available choices"),
        ({"email": "nobody"}, "valid email address"),
        ({"name": "a\0b"}, "Null characters"),
        ({"name": "x" * 5000}, "at most 200 characters"),
        ({"agency": "99999999999999999999999"}, "not one of the available choices"),
    ],
)
def test_invite_form_says_what_is_wrong_and_keeps_what_was_typed(
    administrator: Member, dlr: Any, sign_in: Callable[..., Any], fields: dict[str, str], sentence: str
) -> None:
    posted = {
        "email": "new@example.org",
        "name": "New",
        "role": "delegate",
        "agency": str(dlr.pk),
        "language": "en",
    }
    posted |= {name: value.format(dlr=dlr.pk) for name, value in fields.items()}
    page = sign_in(administrator).post("/people/invite/", posted)
    assert page.status_code == 422
    assert sentence in page.text.replace("&#x27;", "'")
    assert "new@example.org" in page.text or "email" in fields
    assert not Invitation.objects.exists()


def test_invite_by_form_offers_an_editor_no_role_in_the_secretariat(
    editor: Member, sign_in: Callable[..., Any]
) -> None:
    page = sign_in(editor).get("/people/invite/")
    assert "head of delegation" in page.text
    assert "secretariat administrator" not in page.text


def test_invite_by_form_comes_back_to_the_list(editor: Member, dlr: Any, sign_in: Callable[..., Any]) -> None:
    posted = {
        "email": "new@example.org",
        "name": "New",
        "role": "delegate",
        "agency": dlr.pk,
        "language": "en",
    }
    page = sign_in(editor).post("/people/invite/", posted, follow=True)
    assert page.redirect_chain == [("/people/invitations/", 302)]
    assert "new@example.org" in page.text


def test_send_again_ends_the_old_link(invite: Callable[..., Any], editor: Member, client: Any) -> None:
    from tests.members.conftest import link_of

    invitation, old = invite()
    services.send_again(invitation, by=editor, version=invitation.version, now=timezone.now())
    assert "cannot be used" in client.get(old).text
    assert "Choose a password" in client.get(link_of(invitation)).text


def test_send_again_makes_an_expired_one_valid(invite: Callable[..., Any], editor: Member) -> None:
    now = timezone.now()
    invitation, _link = invite(now=now - dt.timedelta(days=30))
    invitation = services.send_again(invitation, by=editor, version=invitation.version, now=now)
    assert invitation.is_open(now + dt.timedelta(days=13))


def test_withdraw_ends_the_link(
    invite: Callable[..., Any], editor: Member, sign_in: Callable[..., Any]
) -> None:
    invitation, link = invite()
    page = sign_in(editor).post(
        f"/people/invitations/{invitation.pk}/withdraw/", {"version": invitation.version}
    )
    assert page.status_code == 302
    assert "cannot be used" in sign_in(None).get(link).text
    assert Event.objects.about(invitation).first().verb == "withdraw"  # type: ignore[union-attr]


def test_withdraw_after_acceptance_is_the_wrong_moment(
    invite: Callable[..., Any], editor: Member, sign_in: Callable[..., Any]
) -> None:
    invitation, link = invite()
    sign_in(None).post(link, {"password": "seven-moons-of-patience", "again": "seven-moons-of-patience"})
    invitation.refresh_from_db()
    page = sign_in(editor).post(
        f"/people/invitations/{invitation.pk}/withdraw/", {"version": invitation.version}
    )
    assert page.status_code == 409
    assert "already accepted" in page.text


def test_withdraw_from_an_old_page_changes_nothing(
    invite: Callable[..., Any], editor: Member, sign_in: Callable[..., Any]
) -> None:
    invitation, _link = invite()
    services.send_again(invitation, by=editor, version=1, now=timezone.now())
    page = sign_in(editor).post(f"/people/invitations/{invitation.pk}/withdraw/", {"version": 1})
    assert page.status_code == 409
    assert "Nothing was done" in page.text
    invitation.refresh_from_db()
    assert invitation.is_waiting()


@pytest.mark.parametrize("action", ["again", "withdraw"])
def test_invitation_into_the_secretariat_is_not_an_editors_to_change(
    action: str,
    invite: Callable[..., Any],
    administrator: Member,
    editor: Member,
    sign_in: Callable[..., Any],
) -> None:
    invitation, _link = invite(by=administrator, role=Role.EDITOR, agency=None)
    page = sign_in(editor).post(f"/people/invitations/{invitation.pk}/{action}/", {"version": 1})
    assert page.status_code == 403
    assert "Only an administrator" in page.text


def test_list_of_invitations_asks_equally_much_for_one_and_for_thirty(
    invite: Callable[..., Any], editor: Member, sign_in: Callable[..., Any], django_assert_num_queries: Any
) -> None:
    from django.db import connection as wire
    from django.test.utils import CaptureQueriesContext

    browser = sign_in(editor)
    counts = []
    for number in (1, 30):
        for each in range(number):
            invite(email=f"n{number}.{each}@example.org")
        with CaptureQueriesContext(
            wire,
        ) as queries:
            assert "n1.0@example.org" in browser.get("/people/invitations/").text
        counts.append(len(queries))
    assert counts[0] == counts[1]
