"""Missions and programmes: read by everybody, by destination and agency; kept by the secretariat."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from agencies import queries
from agencies.models import Activity, Agency
from isecg.audit.models import Event
from members.models import Member

TOKEN = "6f3c2a7e-3d0e-4f0e-9a45-0d6a8f1d2b22"


@pytest.fixture
def mission(dlr: Agency, jaxa: Agency) -> Activity:
    activity = Activity.objects.create(slug="mmx", name="MMX", destination="mars", status="being built")
    activity.agencies.set([dlr, jaxa])
    return activity


@pytest.fixture
def desk(editor: Member, sign_in: Callable[..., Client]) -> Client:
    return sign_in(editor)


def sent(**fields: Any) -> dict[str, Any]:
    good = {"token": TOKEN, "slug": "slim", "name": "SLIM", "destination": "moon", "day_precision": "year"}
    return {**good, **fields}


def test_list_groups_by_destination(mission: Activity, client: Client) -> None:
    Activity.objects.create(slug="iss", name="Station", destination="earth_orbit")
    page = client.get("/activities/").content.decode()
    assert page.index("Low Earth orbit</h2>") < page.index("Mars</h2>")
    assert "2 activities" in page


@pytest.mark.parametrize(
    ("query", "seen"),
    [("destination=mars", True), ("agency=jaxa", True), ("destination=moon", False), ("agency=", True)],
)
def test_list_shows_what_was_chosen(mission: Activity, client: Client, query: str, seen: bool) -> None:
    page = client.get(f"/activities/?{query}").content.decode()
    assert ("/activities/mmx/" in page) is seen


@pytest.mark.parametrize("query", ["destination=venus", "agency=xyz", "agency=%00"])
def test_list_refuses_a_choice_that_does_not_exist(mission: Activity, client: Client, query: str) -> None:
    answer = client.get(f"/activities/?{query}")
    assert answer.status_code == 400
    assert "Select a valid choice." in answer.content.decode()


def test_detail_names_the_agencies_and_what_is_not_known(mission: Activity, client: Client) -> None:
    page = client.get("/activities/mmx/").content.decode()
    assert 'href="/agencies/dlr/"' in page
    assert "being built" in page
    assert "not known" in page
    assert "No published report tells of it yet." in page


def test_agency_page_links_its_activities(mission: Activity, client: Client) -> None:
    page = client.get("/agencies/dlr/").content.decode()
    assert 'href="/activities/mmx/"' in page
    assert 'href="/activities/?agency=dlr"' in page


def test_add_twice_adds_once_with_its_agencies(dlr: Agency, desk: Client) -> None:
    for _twice in range(2):
        answer = desk.post("/activities/add/", sent(agencies=[dlr.pk], day="2023-09-01"), follow=True)
    made = Activity.objects.get()
    assert (made.slug, list(made.agencies.all())) == ("slim", [dlr])
    assert Event.objects.about(made).get().verb == "add_activity"
    assert "SLIM" in answer.content.decode()


def test_edit_tells_of_agencies_too(mission: Activity, dlr: Agency, desk: Client) -> None:
    form = {"version": 1, "name": "MMX", "destination": "mars", "day_precision": "year", "agencies": [dlr.pk]}
    desk.post("/activities/mmx/edit/", {**form, "status": "launched", "status_on": "2026-11-20"})
    mission.refresh_from_db()
    assert (mission.status, mission.status_on, mission.version) == ("launched", dt.date(2026, 11, 20), 2)
    assert Event.objects.about(mission).get().changes["agencies"] == [["DLR", "JAXA"], ["DLR"]]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"slug": "add"}, "This address is taken by a page of the portal."),
        ({"slug": "mmx"}, "already exists"),
        ({"name": "x\0"}, "Null characters are not allowed."),
        ({"destination": "venus"}, "Select a valid choice."),
        ({"status": "x" * 301}, "at most 300 characters"),
        ({"day": "2026-13-01"}, "Enter a valid date."),
        ({"link": "javascript:alert(1)"}, "Enter a valid URL."),
    ],
)
def test_add_refuses_bad_input_with_a_sentence(
    mission: Activity, desk: Client, fields: dict[str, str], words: str
) -> None:
    answer = desk.post("/activities/add/", sent(**fields))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Activity.objects.count() == 1


@pytest.mark.parametrize("address", ["add/", "mmx/edit/"])
def test_editing_is_the_secretariats(
    mission: Activity, head_a: Member, sign_in: Callable[..., Client], address: str
) -> None:
    answer = sign_in(head_a).get(f"/activities/{address}")
    assert answer.status_code == 403
    assert "Only the secretariat keeps the list of activities." in answer.content.decode()


def test_list_asks_the_same_number_of_questions_for_more(
    mission: Activity, dlr: Agency, django_assert_num_queries: Any
) -> None:
    for number in range(20):
        Activity.objects.create(slug=f"m{number}", name="x", destination="moon").agencies.add(dlr)
    with django_assert_num_queries(2):
        queries.activities(dt.date(2026, 1, 1))
