"""The agency says of a released verdict: satisfied, or not satisfied, because."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from agencies.models import Agency
from isecg.access import WrongMoment
from isecg.audit.models import Event
from members.models import Member
from recommendations.models import Consultation, Disposition, Satisfaction
from recommendations.services.dispositions import answer_verdict
from tests.recommendations.said import LATER, NOW, decided, proposing, released

Browser = Callable[[Member | None], Client]


@pytest.fixture
def verdict(
    over: Consultation, dlr: Agency, head_a: Member, editor: Member, administrator: Member
) -> Disposition:
    """On a comment of agency A, released."""
    made = decided(proposing(over, dlr, head_a), editor)
    released(over, administrator)
    return made


def test_answer_verdict_is_kept_for_the_agency(verdict: Disposition, alternate_a: Member) -> None:
    answer_verdict(verdict, by=alternate_a, satisfied=False, because="Too late.", now=LATER)
    kept = Satisfaction.objects.get(disposition=verdict)
    assert (kept.satisfied, kept.because) == (False, "Too late.")
    assert Event.objects.filter(verb="answer_verdict").get().on_behalf_of == "DLR"


def test_answer_verdict_again_counts_instead(verdict: Disposition, head_a: Member) -> None:
    answer_verdict(verdict, by=head_a, satisfied=False, because="Too late.", now=LATER)
    answer_verdict(verdict, by=head_a, satisfied=True, because="Too late.", now=LATER)
    kept = Satisfaction.objects.get()
    assert (kept.satisfied, kept.because) == (True, "")


def test_answer_verdict_not_satisfied_without_a_reason_is_refused(
    verdict: Disposition, head_a: Member
) -> None:
    with pytest.raises(ValidationError, match="why your agency is not satisfied"):
        answer_verdict(verdict, by=head_a, satisfied=False, because="  ", now=LATER)


def test_answer_verdict_before_its_release_is_refused(
    over: Consultation, dlr: Agency, head_a: Member, editor: Member
) -> None:
    made = decided(proposing(over, dlr, head_a), editor)
    with pytest.raises(WrongMoment, match="not been released"):
        answer_verdict(made, by=head_a, satisfied=True, now=NOW)


@pytest.mark.parametrize("person", ["delegate_a", "head_b", "editor", "chair"])
def test_answer_verdict_is_for_who_speaks_for_the_agency(
    verdict: Disposition, person: str, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(PermissionDenied):
        answer_verdict(verdict, by=request.getfixturevalue(person), satisfied=True, now=LATER)


def address(verdict: Disposition, name: str = "answer_verdict") -> str:
    comment = verdict.comment
    return reverse(f"recommendations:{name}", args=[comment.consultation.recommendation.number, comment.pk])


def test_answer_verdict_page_keeps_the_answer(verdict: Disposition, head_a: Member, sign_in: Browser) -> None:
    browser = sign_in(head_a)
    assert address(verdict) in browser.get(address(verdict, "comment")).text
    browser.post(address(verdict), {"satisfied": "no", "because": "The edition is missing."})
    page = browser.get(address(verdict, "comment")).text
    assert "The edition is missing." in page
    assert "Change the answer" in page


def test_answer_verdict_page_keeps_what_was_typed_when_it_is_refused(
    verdict: Disposition, head_a: Member, sign_in: Browser
) -> None:
    page = sign_in(head_a).post(address(verdict), {"satisfied": "perhaps", "because": "The edition."})
    assert page.status_code == 422
    assert "The edition." in page.text
    assert not Satisfaction.objects.exists()


def test_answer_verdict_page_before_the_release_is_not_found(
    over: Consultation, dlr: Agency, head_a: Member, editor: Member, sign_in: Browser
) -> None:
    made = decided(proposing(over, dlr, head_a), editor)
    assert sign_in(head_a).get(address(made)).status_code == 404
