"""Who held which role on any day, and one person's page: who sees what."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.models import Member, Role

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]


def test_roster_shows_who_holds_a_role_today(
    editor: Member, head_a: Member, former: Member, sign_in: Make
) -> None:
    page = sign_in(editor).get("/people/")
    names = [m.member for group in page.context["groups"] for m in group.mandates]
    assert names == [editor, head_a]


@pytest.mark.parametrize(
    ("day", "held"),
    [("2017-12-31", False), ("2018-01-01", True), ("2019-12-31", True), ("2020-01-01", False)],
)
def test_roster_on_a_past_day_shows_who_held_it_then(
    day: str, held: bool, editor: Member, former: Member, sign_in: Make
) -> None:
    page = sign_in(editor).get("/people/", {"on": day})
    names = [m.member for group in page.context["groups"] for m in group.mandates]
    assert (former in names) is held


def test_roster_names_agencies_as_they_were_called_on_that_day(
    editor: Member, head_a: Member, dlr: Any, sign_in: Make
) -> None:
    name = dlr.names.get()
    name.end = dt.date(2023, 1, 1)
    name.save()
    dlr.names.create(acronym="DLR-NEW", name="New name", start=dt.date(2023, 1, 1))
    browser = sign_in(editor)
    assert "DLR-NEW" not in browser.get("/people/?on=2022-06-01").text
    assert "DLR-NEW" in browser.get("/people/?on=2023-06-01").text


def test_roster_lists_people_without_a_role_apart(editor: Member, former: Member, sign_in: Make) -> None:
    page = sign_in(editor).get("/people/")
    assert list(page.context["others"]) == [former]
    assert "JAXA, former head" in page.text


@pytest.mark.parametrize("day", ["2024-02-30", "x", "\0", "0000-00-00", "12345678-01-01"])
def test_roster_on_a_day_that_is_none_says_so(day: str, editor: Member, sign_in: Make) -> None:
    page = sign_in(editor).get("/people/", {"on": day})
    assert page.status_code == 400
    assert "valid date" in page.text or "Null characters" in page.text


def test_roster_shows_a_delegate_the_own_delegation_only(
    delegate_a: Member, head_a: Member, head_b: Member, editor: Member, sign_in: Make
) -> None:
    page = sign_in(delegate_a).get("/people/")
    assert head_a.name in page.text
    assert head_b.name not in page.text
    assert "Invite somebody" not in page.text


def test_roster_shows_a_former_delegate_nobody(former: Member, head_b: Member, sign_in: Make) -> None:
    assert head_b.name not in sign_in(former).get("/people/").text


def test_roster_is_not_for_strangers(client: Any, head_a: Member) -> None:
    page = client.get("/people/")
    assert page.status_code == 302
    assert page.headers["Location"] == "/accounts/login/?next=/people/"


def test_roster_asks_equally_much_for_one_and_for_thirty(
    editor: Member, make_agency: Make, make_member: Make, sign_in: Make
) -> None:
    browser = sign_in(editor)
    counts = []
    for number in (1, 30):
        for each in range(number):
            agency = make_agency(f"A{number}{each}")
            make_member(Role.HEAD, agency)
            make_member(
                Role.HEAD, agency, name=f"{agency} once", start=dt.date(2001, 1, 1), end=dt.date(2002, 1, 1)
            )
        with CaptureQueriesContext(connection) as queries:
            browser.get("/people/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_detail_shows_roles_over_time_and_history_to_the_secretariat(
    editor: Member, former: Member, sign_in: Make
) -> None:
    page = sign_in(editor).get(f"/people/{former.pk}/")
    assert "head of delegation, JAXA" in page.text
    assert "1 January 2018" in page.text
    assert "History" in page.text
    assert former.email in page.text


def test_detail_of_somebody_elses_delegation_is_not_found(
    delegate_a: Member, head_b: Member, sign_in: Make
) -> None:
    page = sign_in(delegate_a).get(f"/people/{head_b.pk}/")
    assert page.status_code == 404
    assert head_b.name not in page.text


def test_detail_of_nobody_looks_like_that_of_somebody_unseen(
    delegate_a: Member, head_b: Member, sign_in: Make
) -> None:
    browser = sign_in(delegate_a)
    number = "999999999999999999999999"
    unseen, nobody = browser.get(f"/people/{head_b.pk}/"), browser.get(f"/people/{number}/")
    assert (unseen.status_code, nobody.status_code) == (404, 404)
    assert _without_token(unseen) == _without_token(nobody).replace(number, str(head_b.pk))


def _without_token(page: Any) -> str:
    return re.sub(r'value="\w{64}"', "", page.text)


def test_detail_shows_addresses_to_who_speaks_for_the_delegation_only(
    head_a: Member, delegate_a: Member, observer_a: Member, sign_in: Make
) -> None:
    assert observer_a.email in sign_in(head_a).get(f"/people/{observer_a.pk}/").text
    assert observer_a.email not in sign_in(delegate_a).get(f"/people/{observer_a.pk}/").text


def test_detail_shows_another_delegations_roles_of_the_same_person_to_nobody_there(
    head_a: Member, delegate_a: Member, jaxa: Any, sign_in: Make
) -> None:
    delegate_a.mandates.create(role=Role.OBSERVER, agency=jaxa, start=dt.date(2022, 1, 1))
    assert "observer, JAXA" not in sign_in(head_a).get(f"/people/{delegate_a.pk}/").text


def test_detail_explains_a_button_that_cannot_be_pressed(
    editor: Member, administrator: Member, sign_in: Make
) -> None:
    page = sign_in(editor).get(f"/people/{administrator.pk}/")
    assert "Only an administrator gives or ends roles in the secretariat." in page.text
    assert "Only an administrator of the secretariat may do this." in page.text
