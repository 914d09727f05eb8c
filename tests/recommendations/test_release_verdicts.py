"""Verdicts are shown to the agencies in one step, when none is missing."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from agencies.models import Agency
from isecg.access import WrongMoment
from isecg.audit.models import Event
from isecg.mail.models import Message
from members.models import Member
from recommendations.models import Comment, Consultation, Disposition
from recommendations.services.dispositions import release_verdicts
from tests.recommendations import world
from tests.recommendations.said import LATER, NOW, decided, proposing, released

Browser = Callable[[Member | None], Client]


@pytest.fixture
def comment(over: Consultation, dlr: Agency, head_a: Member) -> Comment:
    return proposing(over, dlr, head_a)


def test_release_verdicts_shows_them_to_the_agencies_from_then_on(
    comment: Comment, over: Consultation, editor: Member, administrator: Member, head_a: Member
) -> None:
    made = decided(comment, editor)
    released(over, administrator)
    assert list(Disposition.objects.visible_to(head_a, LATER)) == [made]
    assert not Disposition.objects.visible_to(head_a, LATER - world.SECOND).exists()
    assert Event.objects.filter(verb="release_verdicts").get().record.startswith("2026")


def test_release_verdicts_mails_who_writes_for_an_agency_that_commented(
    comment: Comment,
    over: Consultation,
    editor: Member,
    administrator: Member,
    head_a: Member,
    delegate_a: Member,
    head_b: Member,
) -> None:
    decided(comment, editor)
    released(over, administrator)
    mails = Message.objects.filter(kind="verdicts_released")
    assert set(mails.values_list("to", flat=True)) == {head_a.email, delegate_a.email}
    assert reverse("recommendations:comments", args=[over.recommendation.number]) in mails[0].text


def test_release_verdicts_while_one_is_missing_names_it_with_a_link(
    comment: Comment, over: Consultation, administrator: Member
) -> None:
    with pytest.raises(WrongMoment) as refused:
        released(over, administrator)
    address = reverse("recommendations:comment", args=[over.recommendation.number, comment.pk])
    assert f'<a href="{address}">DLR 1</a>' in str(refused.value.reason)
    over.refresh_from_db()
    assert over.released_at is None


def test_release_verdicts_while_the_consultation_is_open_is_too_early(
    consultation: Consultation, administrator: Member
) -> None:
    with pytest.raises(WrongMoment, match="when the consultation is over"):
        release_verdicts(consultation, by=administrator, now=world.START + world.DAY)


def test_release_verdicts_twice_mails_once(
    comment: Comment, over: Consultation, editor: Member, administrator: Member, head_a: Member
) -> None:
    decided(comment, editor)
    released(over, administrator)
    with pytest.raises(WrongMoment, match="already"):
        released(over, administrator)
    assert Message.objects.filter(kind="verdicts_released").count() == 1


@pytest.mark.parametrize("person", ["editor", "head_a", "chair"])
def test_release_verdicts_is_the_administrators(
    comment: Comment, over: Consultation, editor: Member, person: str, request: pytest.FixtureRequest
) -> None:
    decided(comment, editor)
    with pytest.raises(PermissionDenied, match="Only an administrator"):
        released(over, request.getfixturevalue(person))


def test_release_verdicts_page_shows_who_is_mailed_before_and_releases(
    comment: Comment, over: Consultation, editor: Member, administrator: Member, sign_in: Browser
) -> None:
    decided(comment, editor)
    address = reverse("recommendations:release_verdicts", args=[over.recommendation.number])
    browser = sign_in(administrator)
    page = browser.get(address).text
    assert "DLR, head of delegation" in page
    assert not Message.objects.filter(kind="verdicts_released").exists()
    done = browser.post(address, follow=True).text
    assert "Released" in done
    over.refresh_from_db()
    assert over.released_at is not None
    assert over.released_at > NOW


def test_release_verdicts_page_refuses_with_links_to_what_is_undecided(
    comment: Comment, over: Consultation, administrator: Member, sign_in: Browser
) -> None:
    address = reverse("recommendations:release_verdicts", args=[over.recommendation.number])
    page = sign_in(administrator).post(address)
    assert page.status_code == 409
    assert ">DLR 1</a>" in page.text
