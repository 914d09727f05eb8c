"""Closing and opening accounts, one's own profile."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from isecg.audit.models import Event
from isecg.mail.models import Message
from members import services
from members.models import Member, Role
from tests.members.conftest import PASSWORD

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]


def deactivate(member: Member, by: Member) -> Member:
    return services.deactivate(
        member, by=by, version=member.version, now=timezone.now(), why="Left the agency"
    )


def test_deactivate_ends_every_session_at_its_next_request(
    administrator: Member, delegate_a: Member, sign_in: Make
) -> None:
    browsers = [sign_in(delegate_a), sign_in(delegate_a)]
    deactivate(delegate_a, administrator)
    for browser in browsers:
        page = browser.get("/profile/")
        assert page.status_code == 302
        assert page.headers["Location"].startswith("/accounts/login/")


def test_reactivate_does_not_bring_old_sessions_back(
    administrator: Member, delegate_a: Member, sign_in: Make
) -> None:
    browser = sign_in(delegate_a)
    closed = deactivate(delegate_a, administrator)
    services.reactivate(closed, by=administrator, version=closed.version, now=timezone.now(), why="Came back")
    assert browser.get("/profile/").headers["Location"].startswith("/accounts/login/")


def test_reactivate_lets_the_person_sign_in_again(
    administrator: Member, signed_up: Member, sign_in: Make
) -> None:
    closed = deactivate(signed_up, administrator)
    posted = {"version": closed.version, "why": "Came back"}
    sign_in(administrator).post(f"/people/{closed.pk}/reactivate/", posted)
    browser = Client()
    browser.post("/accounts/login/", {"login": signed_up.email, "password": PASSWORD})
    assert browser.get("/profile/").status_code == 200


def test_deactivate_lets_nobody_sign_in_with_the_right_password(
    administrator: Member, signed_up: Member
) -> None:
    deactivate(signed_up, administrator)
    browser = Client()
    browser.post("/accounts/login/", {"login": signed_up.email, "password": PASSWORD})
    assert browser.get("/profile/").status_code == 302


def test_deactivate_takes_every_right(administrator: Member, head_a: Member) -> None:
    closed = deactivate(head_a, administrator)
    standing = Member.objects.get(pk=closed.pk).standing
    assert (standing.speaks_for, standing.reads_for) == (frozenset(), frozenset())


def test_deactivate_keeps_the_roles_and_says_why(administrator: Member, head_a: Member) -> None:
    deactivate(head_a, administrator)
    assert head_a.mandates.get().end is None
    event = Event.objects.about(head_a).get(verb="deactivate")
    assert (event.why, event.changes) == ("Left the agency", {"is_active": [True, False]})
    assert "Reason: Left the agency" in Message.objects.get(kind="account_deactivated").text


def test_deactivate_oneself_is_refused(administrator: Member, make_member: Make) -> None:
    make_member(Role.ADMINISTRATOR, name="Another")
    with pytest.raises(PermissionDenied, match="Nobody can deactivate their own account"):
        deactivate(administrator, administrator)


def test_deactivate_the_last_lasting_administrator_is_refused(
    administrator: Member, make_member: Make
) -> None:
    import datetime as dt

    leaving = make_member(
        Role.ADMINISTRATOR, name="Leaving", end=timezone.now().date() + dt.timedelta(days=3)
    )
    with pytest.raises(ValidationError, match="without an administrator"):
        deactivate(administrator, leaving)
    administrator.refresh_from_db()
    assert administrator.is_active


def test_deactivate_by_an_editor_is_refused(editor: Member, head_a: Member, sign_in: Make) -> None:
    page = sign_in(editor).post(f"/people/{head_a.pk}/deactivate/", {"version": 1, "why": "x"})
    assert page.status_code == 403
    assert "Only an administrator" in page.text
    head_a.refresh_from_db()
    assert head_a.is_active


def test_deactivate_without_a_reason_is_refused(administrator: Member, head_a: Member, sign_in: Make) -> None:
    page = sign_in(administrator).post(f"/people/{head_a.pk}/deactivate/", {"version": 1, "why": " "})
    assert page.status_code == 422
    head_a.refresh_from_db()
    assert head_a.is_active


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999999999", "\0"])
def test_deactivate_with_an_odd_version_changes_nothing(
    version: str, administrator: Member, head_a: Member, sign_in: Make
) -> None:
    page = sign_in(administrator).post(f"/people/{head_a.pk}/deactivate/", {"version": version, "why": "x"})
    assert page.status_code in (409, 422)
    head_a.refresh_from_db()
    assert head_a.is_active


def test_edit_profile_changes_name_and_language(delegate_a: Member, sign_in: Make) -> None:
    page = sign_in(delegate_a).post("/profile/", {"name": "D. Example", "language": "de", "version": 1})
    assert page.status_code == 302
    delegate_a.refresh_from_db()
    assert (delegate_a.name, delegate_a.language) == ("D. Example", "de")
    assert Event.objects.about(delegate_a).get().verb == "edit_profile"


def test_edit_profile_ignores_what_is_not_in_the_form(delegate_a: Member, sign_in: Make) -> None:
    forged = {"name": "D", "language": "en", "version": 1, "email": "x@example.org", "is_active": "", "pk": 1}
    before = delegate_a.email
    sign_in(delegate_a).post("/profile/", forged)
    delegate_a.refresh_from_db()
    assert (delegate_a.email, delegate_a.is_active) == (before, True)


@pytest.mark.parametrize(
    "fields", [{"name": "a\0b"}, {"name": "x" * 10_000}, {"name": ""}, {"language": "xx"}]
)
def test_edit_profile_with_nonsense_is_refused(
    fields: dict[str, str], delegate_a: Member, sign_in: Make
) -> None:
    page = sign_in(delegate_a).post("/profile/", {"name": "D", "language": "en", "version": 1, **fields})
    assert page.status_code == 422
    assert Member.objects.get(pk=delegate_a.pk).version == 1


def test_edit_profile_of_somebody_else_is_refused(delegate_a: Member, head_a: Member) -> None:
    with pytest.raises(PermissionDenied):
        services.edit_profile(delegate_a, by=head_a, version=1, name="x", language="en")
