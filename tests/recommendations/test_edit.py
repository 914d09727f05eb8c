"""What is said about a recommendation: title, class, summary, background, addressees."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from agencies.models import Agency
from isecg.access import WrongMoment
from isecg.audit.models import Event
from members.models import Member
from recommendations.models import Recommendation, SilenceProcedure
from recommendations.services.texts import edit
from tests.recommendations import world

Open = Callable[[Member | None], Client]


def words(response: Any) -> str:
    return " ".join(unescape(response.content.decode()).split())


def test_edit_changes_and_tells_the_log(draft: Recommendation, editor: Member, dlr: Agency) -> None:
    edit(draft, by=editor, version=draft.version, title="Times", for_all=False, addressees=[dlr])
    changed = world.again(draft)
    assert (changed.title, changed.for_all, list(changed.addressees.all())) == ("Times", False, [dlr])
    event = Event.objects.about(draft).first()
    assert event
    assert event.changes["title"] == ["Times of common events", "Times"]


def test_edit_back_to_all_forgets_who_was_chosen(draft: Recommendation, editor: Member, dlr: Agency) -> None:
    edit(draft, by=editor, version=draft.version, for_all=False, addressees=[dlr])
    edit(draft, by=editor, version=world.again(draft).version, for_all=True, addressees=[dlr])
    assert not world.again(draft).addressees.exists()


def test_edit_is_refused_without_a_title(draft: Recommendation, editor: Member) -> None:
    with pytest.raises(ValidationError) as refused:
        edit(draft, by=editor, version=draft.version, title="\u202e ")
    assert list(refused.value.message_dict) == ["title"]


def test_edit_is_refused_to_a_head_of_delegation(draft: Recommendation, head_a: Member) -> None:
    with pytest.raises(PermissionDenied, match="Only the secretariat edits"):
        edit(draft, by=head_a, version=draft.version, title="Mine")


def test_edit_is_refused_under_silence(silence: SilenceProcedure, editor: Member) -> None:
    recommendation = world.again(silence.recommendation)
    with pytest.raises(WrongMoment, match="no longer being written"):
        edit(recommendation, by=editor, version=recommendation.version, title="Late")


def test_the_form_of_a_draft_reserves_the_number_and_goes_on_to_the_text(
    editor: Member, sign_in: Open
) -> None:
    browser = sign_in(editor)
    page = browser.get(reverse("recommendations:draft"))
    form = {"token": page.context["form"]["token"].value(), "title": "Seals", "kind": "standard"}
    for _twice in range(2):
        response = browser.post(reverse("recommendations:draft"), {**form, "for_all": "on"}, follow=True)
    made = Recommendation.objects.get()
    assert response.redirect_chain[-1][0] == reverse("recommendations:write", args=[made.number])
    assert "# Seals" in words(response)


def test_the_form_says_that_somebody_must_be_addressed(editor: Member, sign_in: Open) -> None:
    browser = sign_in(editor)
    page = browser.get(reverse("recommendations:draft"))
    form = {"token": page.context["form"]["token"].value(), "title": "Seals", "kind": "standard"}
    response = browser.post(reverse("recommendations:draft"), form)
    assert response.status_code == 422
    assert "Choose the agencies it addresses" in words(response)
    assert not Recommendation.objects.exists()


def test_the_form_of_a_delegate_is_refused(delegate_a: Member, sign_in: Open) -> None:
    response = sign_in(delegate_a).get(reverse("recommendations:draft"))
    assert response.status_code == 403
    assert "Only the secretariat drafts recommendations." in words(response)


def test_two_who_edit_see_both_texts(draft: Recommendation, editor: Member, sign_in: Open) -> None:
    opened = draft.version
    edit(draft, by=editor, version=opened, title="Theirs")
    response = sign_in(editor).post(
        reverse("recommendations:edit", args=[draft.number]),
        {"version": opened, "title": "Mine", "kind": "standard", "for_all": "on", "summary": draft.summary},
    )
    assert response.status_code == 409
    assert "Theirs" in words(response)
    assert "Mine" in words(response)
    assert world.again(draft).title == "Theirs"
