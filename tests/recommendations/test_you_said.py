"""You said, we did: what everybody reads of comments."""

from django.urls import reverse

from members.models import Member
from recommendations.models import Comment
from recommendations.services.publishing import redact_comment
from tests.recommendations.said import MARKER, NOW
from tests.recommendations.test_publish_comments import Browser, comments, page_of, publish

__all__ = ["comments"]  # the fixture


def test_you_said_shows_public_comments_with_verdict_reason_and_place(
    comments: list[Comment],
    administrator: Member,
    sign_in: Browser,
) -> None:
    publish(comments[:1], administrator)
    page = sign_in(None).get(page_of(comments[0], "you_said")).text
    assert "DLR said, on Operative paragraph 1" in page
    assert "Shorter is clearer." in page
    assert "not accepted" in page
    assert "The long name is the official one." in page
    detail = reverse("recommendations:detail", args=[comments[0].consultation.recommendation.number])
    assert f'href="{detail}#{comments[0].key}"' in page


def test_you_said_shows_nothing_that_is_not_public(
    comments: list[Comment],
    administrator: Member,
    editor: Member,
    head_b: Member,
    sign_in: Browser,
) -> None:
    publish(comments[:1], administrator)
    for reader in (None, editor, head_b):
        assert MARKER not in sign_in(reader).get(page_of(comments[0], "you_said")).text


def test_you_said_without_public_comments_says_so(
    comments: list[Comment],
    sign_in: Browser,
) -> None:
    page = sign_in(None).get(page_of(comments[0], "you_said")).text
    assert "No comment is public" in page
    assert MARKER not in page


def test_you_said_marks_redacted_comments(
    comments: list[Comment],
    administrator: Member,
    sign_in: Browser,
) -> None:
    publish(comments, administrator)
    redact_comment(comments[1], by=administrator, reason="Names a person.", now=NOW)
    page = sign_in(None).get(page_of(comments[0], "you_said")).text
    assert MARKER not in page
    assert "redacted: Names a person." in page


def test_you_said_of_a_draft_is_not_found_for_strangers(over: object, sign_in: Browser) -> None:
    number = over.recommendation.number  # type: ignore[attr-defined]
    address = reverse("recommendations:you_said", args=[number])
    assert sign_in(None).get(address).status_code == 404
