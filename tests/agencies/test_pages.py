"""What readers see of members and the chair."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies import services
from agencies.models import Agency, ChairTerm
from members.models import Member

Browser = Callable[[Member | None], Client]


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_list_names_members_with_country_and_since_when(client: Client, dlr: Agency, esa: Agency) -> None:
    page = text(client, "/agencies/")
    for words in ("Deutsches Zentrum", "Germany", "1 January 2020", "International organisation"):
        assert words in page


def test_list_in_german_names_countries_in_german(client: Client, dlr: Agency) -> None:
    assert "Deutschland" in text(client, "/de/agencies/")


def test_list_as_of_a_day_shows_the_members_and_names_of_that_day(
    client: Client, editor: Member, dlr: Agency, make_agency: Callable[..., Agency]
) -> None:
    services.rename(dlr, by=editor, acronym="DLR2", name="New name", start=dt.date(2023, 1, 1))
    make_agency("LATE", joined=dt.date(2024, 1, 1))
    page = text(client, "/agencies/?on=2022-06-01")
    assert "On 1 June 2022, 1 organisation was a member." in page
    assert "LATE" not in page
    assert "New name" not in page


@pytest.mark.parametrize("day", ["yesterday", "2022-13-01", "0000-00-00", "20220601", "\x00", "9" * 300])
@pytest.mark.parametrize("address", ["/agencies/", "/chair/"])
def test_a_day_that_is_none_gets_a_sentence(client: Client, dlr: Agency, address: str, day: str) -> None:
    response = client.get(address, {"on": day})
    assert response.status_code == 400
    assert "This is not a day." in response.content.decode()


def test_list_before_the_beginning_leads_on(client: Client, dlr: Agency) -> None:
    assert "Before the group was founded" in text(client, "/agencies/?on=1999-01-01")


def test_detail_tells_names_membership_and_terms(
    client: Client, editor: Member, terms: list[ChairTerm], dlr: Agency
) -> None:
    services.rename(dlr, by=editor, acronym="DLR2", name="New name", start=dt.date(2023, 1, 1), source="Law")
    page = text(client, "/agencies/dlr/")
    for words in ("DLR2", "Deutsches Zentrum", "1 January 2020 – 1 January 2023", "Law", "30 September 2024"):
        assert words in page


def test_detail_of_a_former_member_says_so(client: Client, editor: Member, dlr: Agency) -> None:
    services.end_membership(dlr.memberships.get(), by=editor, version=1, end=dt.date(2023, 1, 1))
    assert "not a member today" in text(client, "/agencies/dlr/")


def test_detail_of_an_unknown_agency_is_404(client: Client, dlr: Agency) -> None:
    assert "Page not found" in text(client, "/agencies/nobody/", 404)


def test_chair_names_who_chairs_and_says_only_what_is_known(client: Client, terms: list[ChairTerm]) -> None:
    page = text(client, "/chair/")
    assert "30 September 2024 – today" in page
    assert "1 January 2022" not in page  # only the year is known


def test_chair_as_of_a_day(client: Client, terms: list[ChairTerm]) -> None:
    assert "2022 – 30 September 2024" in text(client, "/chair/?on=2023-01-01")
    assert "No term is known that began by this day." in text(client, "/chair/?on=2021-01-01")


def test_chair_that_nobody_knows_is_said(client: Client, terms: list[ChairTerm]) -> None:
    ChairTerm.objects.create(agency=None, start=dt.date(2025, 1, 1), start_precision="year")
    page = text(client, "/chair/")
    assert "No source says who chairs." in page
    assert "The last agency known to have chaired: DLR, 30 September 2024 – 2025." in page
    assert "this counts the terms above only" in page


def test_chair_proposes_the_next_with_reasons_and_the_rule(
    client: Client, terms: list[ChairTerm], esa: Agency
) -> None:
    page = text(client, "/chair/")
    assert "Not known to have chaired; a member since: 1 January 2020." in page
    assert "Chaired before; handed over: 30 September 2024." in page
    assert "The agency in the chair is not next." in page


def test_chair_prints_who_declined_and_why(client: Client, editor: Member, terms: Any, esa: Agency) -> None:
    services.decline(by=editor, agency=esa, day=dt.date(2025, 5, 1), reason="A busy launch year")
    assert "A busy launch year" in text(client, "/chair/")


def test_chair_with_nothing_known_is_a_page(client: Client, db: None) -> None:
    assert "Nobody yet" in text(client, "/chair/")


def test_chair_has_its_picture_with_a_title(client: Client, terms: list[ChairTerm]) -> None:
    page = text(client, "/chair/")
    assert '<title id="chair-wide-title">The chair through time' in page
    assert 'aria-labelledby="chair-narrow-title"' in page
    assert page.count("The chair through time, one row") == 2  # each picture is read out once


BUTTONS = {
    "/agencies/": ["/agencies/add/"],
    "/agencies/dlr/": ["/agencies/dlr/edit/", "/agencies/dlr/rename/", "/agencies/dlr/memberships/add/"],
    "/chair/": ["/chair/hand-over/", "/chair/terms/add/", "/chair/decline/", "/chair/swap/"],
}


@pytest.mark.parametrize("address", BUTTONS)
def test_buttons_to_edit_are_there_for_editors_only(
    address: str, sign_in: Browser, editor: Member, head_a: Member, terms: list[ChairTerm]
) -> None:
    for_editor, for_head = text(sign_in(editor), address), text(sign_in(head_a), address)
    for button in BUTTONS[address]:
        assert f'href="{button}"' in for_editor
        assert f'href="{button}"' not in for_head


def test_history_is_for_the_secretariat(
    sign_in: Browser, editor: Member, head_a: Member, dlr: Agency
) -> None:
    services.rename(dlr, by=editor, acronym="DLR2", name="New name", start=dt.date(2023, 1, 1))
    assert ">renamed<" in text(sign_in(editor), "/agencies/dlr/")
    assert ">renamed<" not in text(sign_in(head_a), "/agencies/dlr/")


def many(make_agency: Callable[..., Agency], editor: Member) -> None:
    agencies = [make_agency(f"A{number:02}") for number in range(30)]
    for number, agency in enumerate(agencies):
        ChairTerm.objects.create(agency=agency, start=dt.date(1990 + number, 1, 1))
        services.decline(by=editor, agency=agencies[number - 2], day=timezone.now().date(), reason="Busy")


@pytest.mark.parametrize("address", ["/agencies/", "/chair/", "/agencies/dlr/"])
def test_thirty_times_the_rows_take_as_many_queries(
    address: str,
    sign_in: Browser,
    editor: Member,
    terms: list[ChairTerm],
    make_agency: Callable[..., Agency],
    esa: Agency,
) -> None:
    services.decline(by=editor, agency=esa, day=timezone.now().date(), reason="Busy")
    browser = sign_in(editor)
    browser.get(address)
    with CaptureQueriesContext(connection) as few:
        browser.get(address)
    many(make_agency, editor)
    with CaptureQueriesContext(connection) as thirty:
        browser.get(address)
    assert len(thirty) == len(few)
