"""Redacted words are read by their own agency and by nobody else."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from agencies.models import Agency
from isecg.access import WrongMoment
from isecg.audit.models import Event
from members.models import Member
from recommendations.models import Comment, Consultation
from recommendations.services.publishing import redact_comment
from recommendations.shown import shown
from tests.recommendations.said import MARKER, NOW, proposing

Browser = Callable[[Member | None], Client]


@pytest.fixture
def comment(over: Consultation, dlr: Agency, head_a: Member) -> Comment:
    words = {"text": MARKER, "from_text": MARKER, "to_text": MARKER, "reason": MARKER, "quote": MARKER}
    return proposing(over, dlr, head_a, **words)


def test_redact_comment_hides_every_word_from_others(
    comment: Comment, administrator: Member, editor: Member, head_b: Member, chair: Member
) -> None:
    done = redact_comment(comment, by=administrator, reason="Names a person.", now=NOW)
    for reader in (administrator, editor, head_b, chair, None):
        words = shown(done, reader)
        assert MARKER not in repr(words)
        assert words.text == "redacted: Names a person."


def test_redact_comment_leaves_the_words_to_its_own_agency(
    comment: Comment, administrator: Member, delegate_a: Member
) -> None:
    done = redact_comment(comment, by=administrator, reason="Names a person.", now=NOW)
    words = shown(done, delegate_a)
    assert (words.text, words.to_text, words.redacted) == (MARKER, MARKER, "Names a person.")


def test_redact_comment_is_in_the_log_without_the_words(comment: Comment, administrator: Member) -> None:
    redact_comment(comment, by=administrator, reason="Names a person.", now=NOW)
    event = Event.objects.filter(verb="redact_comment").get()
    assert event.why == "Names a person."
    assert MARKER not in f"{event.record} {event.changes}"


def test_redact_comment_without_a_reason_is_refused(comment: Comment, administrator: Member) -> None:
    with pytest.raises(ValidationError, match="Say why"):
        redact_comment(comment, by=administrator, reason=" ", now=NOW)


def test_redact_comment_twice_is_refused(comment: Comment, administrator: Member) -> None:
    redact_comment(comment, by=administrator, reason="Names a person.", now=NOW)
    with pytest.raises(WrongMoment, match="only once"):
        redact_comment(comment, by=administrator, reason="Again.", now=NOW)


@pytest.mark.parametrize("person", ["editor", "head_a", "chair"])
def test_redact_comment_is_the_administrators(
    comment: Comment, person: str, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(PermissionDenied):
        redact_comment(comment, by=request.getfixturevalue(person), reason="No.", now=NOW)


def test_redacted_words_stand_on_no_page_of_others(
    comment: Comment, over: Consultation, administrator: Member, editor: Member, sign_in: Browser
) -> None:
    number = over.recommendation.number
    redact = reverse("recommendations:redact_comment", args=[number, comment.pk])
    browser = sign_in(administrator)
    assert MARKER in browser.get(redact).text
    browser.post(redact, {"reason": "Names a person."})
    pages = [
        reverse("recommendations:comments", args=[number]),
        reverse("recommendations:comment", args=[number, comment.pk]),
        reverse("recommendations:dispose", args=[number]) + f"?comment={comment.pk}",
        reverse("recommendations:consultation", args=[number]),
    ]
    for page in pages:
        found = sign_in(editor).get(page).text
        assert MARKER not in found
        assert "Names a person." in found
