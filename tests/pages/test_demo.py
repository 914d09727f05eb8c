"""The demonstration's accounts."""

import datetime as dt
from typing import Any

import pytest

from agencies.models import ChairTerm
from members.models import Member


@pytest.fixture
def shown(head_a: Member, editor: Member, former: Member, delegate_b: Member) -> None:
    """Three accounts of the demonstration; the fourth person is a real one."""
    Member.objects.exclude(pk=delegate_b.pk).update(is_demonstration=True)


def test_accounts_stand_under_their_roles(client: Any, shown: None) -> None:
    page = client.get("/demo/").content.decode()
    order = [
        "Secretariat editor",
        "Secretariat, Secretariat editor",
        "Head of delegation",
        "No role any more",
    ]
    places = [page.lower().find(words.lower()) for words in order]
    assert -1 not in places
    assert places == sorted(places)


def test_the_head_of_the_agency_that_chairs_stands_apart(client: Any, shown: None, head_a: Member) -> None:
    agency = head_a.mandates.get().agency
    ChairTerm.objects.create(agency=agency, start=dt.date(2019, 1, 1))
    groups = {str(group.words): group.people for group in client.get("/demo/").context["groups"]}
    assert groups["chair"] == [head_a]
    assert "head of delegation" not in groups


def test_real_people_are_not_listed(client: Any, shown: None, delegate_b: Member) -> None:
    assert delegate_b.name not in client.get("/demo/").content.decode()


def test_one_button_signs_in_as_that_account(client: Any, shown: None, head_a: Member) -> None:
    response = client.post(f"/demo/{head_a.pk}/", follow=True)
    assert response.redirect_chain[-1][0] == "/desk/"
    assert response.context["user"] == head_a


def test_nobody_signs_in_as_a_real_person(client: Any, shown: None, delegate_b: Member) -> None:
    assert client.post(f"/demo/{delegate_b.pk}/").status_code == 404
    assert "_auth_user_id" not in client.session


def test_following_a_link_signs_in_nobody(client: Any, shown: None, head_a: Member) -> None:
    assert client.get(f"/demo/{head_a.pk}/").status_code == 405
    assert "_auth_user_id" not in client.session


def test_without_accounts_the_page_says_how_they_come(client: Any, db: None) -> None:
    assert "load_demo" in client.get("/demo/").content.decode()
