"""What is inside an agency is nowhere else: not for the secretariat, not for others, in no snapshot."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from agencies.models import Agency
from isecg.access import WrongMoment
from isecg.audit.models import Event
from isecg.mail.models import Message
from isecg.versions import Stale
from members.models import Member
from reports import snapshot
from reports.models import Contribution, Highlight
from reports.services.contributions import take_back_contribution
from reports.services.highlights import edit_highlight, remove_highlight, write_highlight
from reports.services.reports import edit_texts
from tests.reports.collection.conftest import CANARY, DAY
from tests.reports.world import photograph, upload

Browser = Callable[[Member | None], Client]
OUTSIDE = ["editor", "administrator", "head_b", "delegate_b", "former"]
PAGES = [
    "/desk/",
    "/reports/2026/",
    "/reports/2026/workshop/",
    "/reports/2026/collection/",
    "/reports/2026/remind/",
    "/reports/2026/agencies/dlr/",
    "/reports/2026/agencies/dlr/changes/",
    "/reports/2026/agencies/dlr/extend/",
    "/highlights/add/",
    "/log/",
    "/mails/",
    "/agencies/dlr/",
    "/activities/",
]


@pytest.fixture(params=OUTSIDE)
def outsider(request: pytest.FixtureRequest) -> Member:
    return request.getfixturevalue(request.param)


@pytest.fixture
def pictured_draft(write: Callable[..., Highlight]) -> Highlight:
    return write(picture=upload(photograph()), credit="DLR", alt_text="A crater.")


def test_a_draft_is_read_by_its_delegation(draft: Highlight, head_a: Member, sign_in: Browser) -> None:
    page = sign_in(head_a).get("/reports/2026/agencies/dlr/").content.decode()
    assert CANARY in page, "there must be something to leak"
    assert "inside the agency" in page


def test_a_draft_is_on_nobody_elses_page(draft: Highlight, outsider: Member, sign_in: Browser) -> None:
    client = sign_in(outsider)
    assert [page for page in PAGES if CANARY in client.get(page).content.decode()] == []


@pytest.mark.parametrize("step", ["", "edit/", "remove/"])
def test_a_draft_has_no_address_for_others(
    draft: Highlight, outsider: Member, sign_in: Browser, step: str
) -> None:
    client = sign_in(outsider)
    unseen = client.get(f"/highlights/{draft.pk}/{step}")
    assert unseen.status_code == 404
    assert unseen.content == client.get(f"/highlights/{draft.pk + 999}/{step}").content or (
        "Page not found" in unseen.content.decode()
    )


def test_a_draft_cannot_be_changed_by_the_secretariat(draft: Highlight, editor: Member) -> None:
    with pytest.raises(PermissionDenied):
        edit_highlight(draft, by=editor, version=draft.version, title="Mine now")


def test_a_stale_form_of_the_secretariat_does_not_tell_what_was_taken_back(
    part: Contribution, submitted: Highlight, head_a: Member, editor: Member
) -> None:
    take_back_contribution(part, by=head_a)
    with pytest.raises(PermissionDenied):
        edit_highlight(submitted, by=editor, version=submitted.version, title="Mine now")


def test_a_draft_is_in_no_snapshot(draft: Highlight, part: Contribution) -> None:
    assert CANARY not in json.dumps(snapshot.collect(part.report))


def test_a_draft_leaves_no_event_and_no_mail(draft: Highlight, delegate_a: Member) -> None:
    before = Event.objects.count(), Message.objects.count()
    edited = edit_highlight(draft, by=delegate_a, version=draft.version, text="Other words.")
    remove_highlight(edited, by=delegate_a, version=edited.version)
    assert (Event.objects.count(), Message.objects.count()) == before
    assert not Event.objects.filter(record__contains=CANARY).exists()


def picture_of(highlight: Highlight) -> str:
    """The name of its photograph's file."""
    assert highlight.photograph is not None
    return highlight.photograph.sha256


@pytest.mark.parametrize("width", [480, 960])
def test_a_draft_s_photograph_is_not_read_outside(
    pictured_draft: Highlight, outsider: Member, delegate_a: Member, sign_in: Browser, width: int
) -> None:
    address = f"/photographs/{picture_of(pictured_draft)}-{width}.jpg"
    assert sign_in(delegate_a).get(address).status_code == 200
    assert sign_in(outsider).get(address).status_code == 404


def test_a_submitted_photograph_is_read_by_the_secretariat(
    pictured_draft: Highlight, submit: Callable[..., Any], editor: Member, sign_in: Browser
) -> None:
    submit()
    address = f"/photographs/{picture_of(pictured_draft)}-480.jpg"
    assert sign_in(editor).get(address).status_code == 200


def test_a_photograph_taken_back_is_inside_again(
    pictured_draft: Highlight,
    part: Contribution,
    submit: Callable[..., Any],
    head_a: Member,
    editor: Member,
    sign_in: Browser,
) -> None:
    submit()
    take_back_contribution(part, by=head_a)
    address = f"/photographs/{picture_of(pictured_draft)}-480.jpg"
    assert sign_in(editor).get(address).status_code == 404


def test_write_by_another_agency(part: Contribution, delegate_b: Member) -> None:
    with pytest.raises(PermissionDenied, match="Only the delegation"):
        write_highlight(part, by=delegate_b, day=DAY, title="Foreign", text="Words.")


def test_write_by_an_observer(part: Contribution, observer_a: Member) -> None:
    with pytest.raises(PermissionDenied):
        write_highlight(part, by=observer_a, day=DAY, title="Seen", text="Words.")


def test_write_before_collecting(part: Contribution, delegate_a: Member) -> None:
    Contribution.objects.update(asked_at=None)
    with pytest.raises(WrongMoment, match="not asked"):
        write_highlight(part, by=delegate_a, day=DAY, title="Early", text="Words.")


def test_edit_a_draft_by_a_colleague(draft: Highlight, head_a: Member) -> None:
    assert edit_highlight(draft, by=head_a, version=draft.version, title="Better").title == "Better"


def test_edit_a_draft_that_a_colleague_saved_meanwhile(
    draft: Highlight, head_a: Member, delegate_a: Member
) -> None:
    edit_highlight(draft, by=head_a, version=draft.version, title="Better")
    with pytest.raises(Stale):
        edit_highlight(draft, by=delegate_a, version=draft.version, title="Mine")


def test_edit_a_draft_when_the_collection_is_over(
    draft: Highlight, part: Contribution, delegate_a: Member, editor: Member
) -> None:
    edit_texts(part.report, by=editor)
    with pytest.raises(WrongMoment, match="over"):
        edit_highlight(draft, by=delegate_a, version=draft.version, title="Late")


def test_edit_a_submitted_text_by_a_delegate(submitted: Highlight, delegate_a: Member) -> None:
    with pytest.raises(PermissionDenied, match="once they are submitted"):
        edit_highlight(submitted, by=delegate_a, version=submitted.version, title="Mine")


def test_edit_a_submitted_text_by_the_secretariat_is_in_the_log(edited: Highlight) -> None:
    assert Event.objects.get(verb="edit_highlight").record_id == str(edited.pk)


def test_agency_of_a_text_it_wrote_stays(submitted: Highlight, editor: Member, sign_in: Browser) -> None:
    form = sign_in(editor).get(f"/highlights/{submitted.pk}/edit/").context["form"]
    assert "agency" not in form.fields


def test_the_part_of_another_agency_is_no_page(part: Contribution, head_b: Member, sign_in: Browser) -> None:
    assert sign_in(head_b).get("/reports/2026/agencies/dlr/").status_code == 404


def test_the_part_of_an_agency_that_is_not_asked_yet_is_no_page(
    part: Contribution, head_a: Member, dlr: Agency, sign_in: Browser
) -> None:
    Contribution.objects.update(asked_at=None)
    assert sign_in(head_a).get("/reports/2026/agencies/dlr/").status_code == 404
