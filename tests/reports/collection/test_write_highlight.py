"""The page on which a delegation writes a highlight."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import Activity
from members.models import Member
from reports.models import Contribution, Highlight, Preview
from tests.reports.collection.conftest import CANARY
from tests.reports.world import photograph, upload

Browser = Callable[[Member | None], Client]
ADD = "/reports/2026/agencies/dlr/highlights/add/"
TYPED = {
    "title": "A landing",
    "day": "2026-05-04",
    "day_precision": "day",
    "text": "It **landed**.",
    "destination": "moon",
}


@pytest.fixture
def client(part: Contribution, delegate_a: Member, sign_in: Browser) -> Client:
    return sign_in(delegate_a)


def typed(client: Client, **fields: Any) -> dict[str, Any]:
    return {"token": str(client.get(ADD).context["form"]["token"].value()), **TYPED, **fields}


def test_write_saves_inside_the_agency(client: Client, delegate_a: Member) -> None:
    answer = client.post(ADD, typed(client))
    assert answer["Location"].startswith("/reports/2026/agencies/dlr/")
    row = Highlight.objects.get(title="A landing")
    assert (row.inside_agency, row.written_by, row.destination) == (True, delegate_a, "moon")


def test_the_page_above_is_said_by_its_name(client: Client, delegate_a: Member) -> None:
    client.post(ADD, typed(client))
    edit = reverse("reports:edit_highlight", args=[Highlight.objects.get(title="A landing").pk])
    for address in (ADD, edit):
        page = client.get(address)
        assert page.status_code == 200
        assert page.context["up"] == "DLR in Annual report 2026"
        assert f'href="{page.context["back"]}">DLR in Annual report 2026</a>' in page.text


def test_write_twice_saves_once(client: Client) -> None:
    data = typed(client)
    client.post(ADD, data)
    client.post(ADD, data)
    assert Highlight.objects.filter(title="A landing").count() == 1


def test_write_with_activity(client: Client) -> None:
    activity = Activity.objects.create(slug="lander", name="Lander", destination="moon")
    client.post(ADD, typed(client, activities=[activity.pk]))
    assert list(Highlight.objects.get(title="A landing").activities.all()) == [activity]


def test_write_with_photograph_and_its_focal_point(client: Client) -> None:
    more = {
        "picture": upload(photograph()),
        "credit": "DLR",
        "alt_text": "A plain.",
        "focal_x": 20,
        "focal_y": 80,
    }
    client.post(ADD, typed(client, **more))
    row = Highlight.objects.get(title="A landing")
    assert (row.focal_x, row.focal_y, row.credit) == (20, 80, "DLR")


def test_write_without_focal_point_takes_the_middle(client: Client) -> None:
    client.post(ADD, typed(client, focal_x="", focal_y=""))
    assert Highlight.objects.get(title="A landing").focal_x == 50


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        ({"day": "2025-12-31"}, "choose a day within"),
        ({"day": "2027-01-01"}, "choose a day within"),
        ({"day": "yesterday"}, "Enter a valid date"),
        ({"title": ""}, "This field is required"),
        ({"title": "x" * 201}, "at most 200"),
        ({"title": "nul\x00"}, "Null characters"),
        ({"text": "x" * 20_001}, "at most 20000"),
        ({"text": "\x00"}, "Null characters"),
        ({"destination": "venus"}, "Select a valid choice"),
        ({"activities": ["999999"]}, "Select a valid choice"),
        ({"activities": ["\x00"]}, "Please correct this"),
        ({"recommendations": ["-1"]}, "Select a valid choice"),
        ({"focal_x": "101"}, "less than or equal to 100"),
        ({"focal_y": "-1"}, "greater than or equal to 0"),
        ({"day_precision": "hour"}, "Select a valid choice"),
    ],
)
def test_write_refuses_bad_input_with_a_sentence(client: Client, bad: dict[str, Any], sentence: str) -> None:
    answer = client.post(ADD, typed(client, **bad))
    assert answer.status_code == 422
    assert sentence in answer.content.decode().replace("&#x27;", "'")
    assert not Highlight.objects.exists()


def test_write_a_photograph_without_credit(client: Client) -> None:
    answer = client.post(ADD, typed(client, picture=upload(photograph())))
    assert "Say whose photograph it is" in answer.content.decode()


def test_write_a_photograph_that_is_none(client: Client) -> None:
    more = {"picture": upload(b"%PDF-1.7 no picture"), "credit": "DLR", "alt_text": "Nothing."}
    answer = client.post(ADD, typed(client, **more))
    assert answer.status_code == 422
    assert "Only JPEG, PNG and WebP" in answer.content.decode()


def test_write_tells_all_mistakes_at_once_the_photographs_too(client: Client) -> None:
    heavy = upload(photograph() + bytes(15_000_001))
    answer = client.post(ADD, typed(client, picture=heavy, title="", credit="DLR", alt_text="A plain."))
    assert answer.status_code == 422
    assert "This file is larger than 15 MB" in answer.text
    assert "This field is required" in answer.text


@pytest.mark.parametrize("who", ["observer_a", "editor"])
def test_write_is_refused_to_who_does_not_write_for_the_agency(
    part: Contribution, who: str, sign_in: Browser, request: pytest.FixtureRequest
) -> None:
    answer = sign_in(request.getfixturevalue(who)).get(ADD)
    assert answer.status_code == 403
    assert "Only the delegation of an agency" in answer.content.decode()


def test_write_after_submitting_says_what_to_do(submitted: Highlight, client: Client) -> None:
    answer = client.get(ADD)
    assert answer.status_code == 409
    assert "take it back first" in answer.content.decode()


def test_preview_wants_a_picture_of_what_is_typed(client: Client, delegate_a: Member) -> None:
    client.post(ADD, typed(client, preview="1"))
    wanted = Preview.objects.get(wanted_by=delegate_a)
    assert [row["title"] for row in wanted.content["highlights"]] == ["A landing"]
    assert not Highlight.objects.exists()


def test_preview_keeps_what_was_typed(client: Client) -> None:
    page = client.post(ADD, typed(client, preview="1")).content.decode()
    assert "It **landed**." in page
    assert 'id="preview"' in page


def test_preview_of_a_form_with_holes(client: Client) -> None:
    answer = client.post(
        ADD, typed(client, preview="1", title="", day="never"), headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200
    assert Preview.objects.get().content["highlights"][0]["title"] == "Not titled yet"


def test_preview_of_a_draft_changes_nothing(client: Client, draft: Highlight) -> None:
    form = client.get(f"/highlights/{draft.pk}/edit/").context["form"]
    data = {**TYPED, "version": form["version"].value(), "preview": "1"}
    client.post(f"/highlights/{draft.pk}/edit/", data)
    assert Preview.objects.get().content["highlights"][0]["title"] == "A landing"
    assert CANARY in Highlight.objects.get(pk=draft.pk).title


def test_edit_a_draft_on_its_page(client: Client, draft: Highlight) -> None:
    form = client.get(f"/highlights/{draft.pk}/edit/").context["form"]
    client.post(f"/highlights/{draft.pk}/edit/", {**TYPED, "version": form["version"].value()})
    assert Highlight.objects.get(pk=draft.pk).title == "A landing"


def test_edit_a_draft_that_changed_shows_both_texts(client: Client, draft: Highlight) -> None:
    client.post(f"/highlights/{draft.pk}/edit/", {**TYPED, "version": draft.version})
    answer = client.post(
        f"/highlights/{draft.pk}/edit/", {**TYPED, "title": "Mine", "version": draft.version}
    )
    assert answer.status_code == 409
    assert "Mine" in answer.content.decode()
    assert "A landing" in answer.content.decode()


def test_remove_a_draft_needs_no_reason(client: Client, draft: Highlight) -> None:
    client.post(f"/highlights/{draft.pk}/remove/", {"version": draft.version})
    assert not Highlight.objects.filter(pk=draft.pk).exists()
