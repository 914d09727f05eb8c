"""Chosen comments become public with the issued text and their verdicts; "You said, we did" shows them."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from agencies.models import Agency
from isecg.access import WrongMoment
from isecg.audit.models import Event
from members.models import Member
from recommendations.models import Comment, Consultation, Verdict
from recommendations.services import issues, silence
from recommendations.services.publishing import publish_comments
from tests.recommendations import world
from tests.recommendations.said import MARKER, NOW, decided, key_of, proposing, released

Browser = Callable[[Member | None], Client]
BEFORE = NOW - 40 * world.DAY


@pytest.fixture
def comments(
    asked: list[Agency],
    dlr: Agency,
    jaxa: Agency,
    head_a: Member,
    head_b: Member,
    editor: Member,
    administrator: Member,
    chair: Member,
) -> list[Comment]:
    """Two comments on a recommendation that was issued since; nothing of them is public yet."""
    asking = world.closed(editor, asked, now=BEFORE)
    made = [
        proposing(asking, dlr, head_a, text="Shorter is clearer."),
        world.submitted(asking, jaxa, head_b, key=key_of(asking, "recall"), text=MARKER),
    ]
    decided(made[0], editor, Verdict.NOT_ACCEPTED, reason="The long name is the official one.", now=BEFORE)
    decided(made[1], editor, Verdict.NOTED, now=BEFORE)
    released(asking, administrator, now=BEFORE + world.HOUR)
    _issue(asking, editor, chair, asked)
    return made


def _issue(asking: Consultation, editor: Member, chair: Member, asked: list[Agency]) -> None:
    recommendation, start = asking.recommendation, BEFORE + world.DAY
    expiry = start + 10 * world.DAY
    silence.start_silence(
        recommendation, by=editor, agencies=asked, expires_at=expiry, hold=world.AT_ONCE, now=start
    )
    silence.conclude(recommendation, by=editor, now=start + 11 * world.DAY)
    issues.approve(world.again(recommendation), by=chair, hold=world.AT_ONCE, now=start + 12 * world.DAY)


def page_of(comment: Comment, name: str) -> str:
    return reverse(f"recommendations:{name}", args=[comment.consultation.recommendation.number])


def publish(chosen: list[Comment], by: Member) -> list[Comment]:
    recommendation = world.again(chosen[0].consultation.recommendation)
    return publish_comments(recommendation, by=by, comments=chosen, now=NOW)


def test_publish_comments_lets_everybody_read_the_chosen_ones(
    comments: list[Comment], administrator: Member
) -> None:
    publish(comments[:1], administrator)
    assert list(Comment.objects.visible_to(None, NOW)) == comments[:1]
    assert not Comment.objects.visible_to(None, NOW - world.SECOND).exists()
    assert Event.objects.filter(verb="publish_comments").get().record == "DLR 1"


def test_publish_comments_again_publishes_nothing_twice(
    comments: list[Comment], administrator: Member
) -> None:
    publish(comments[:1], administrator)
    assert publish(comments, administrator) == comments[1:]


def test_publish_comments_before_the_text_is_issued_is_refused(
    over: Consultation, dlr: Agency, head_a: Member, editor: Member, administrator: Member
) -> None:
    comment = proposing(over, dlr, head_a)
    decided(comment, editor)
    released(over, administrator)
    with pytest.raises(WrongMoment, match="with the issued text"):
        publish([comment], administrator)
    assert not Comment.objects.visible_to(None).exists()


def test_publish_comments_with_a_working_note_publishes_nothing(
    comments: list[Comment], dlr: Agency, head_a: Member, administrator: Member
) -> None:
    asking = comments[0].consultation
    note = Comment.objects.create(consultation=asking, agency=dlr, author=head_a, text="Private.")
    with pytest.raises(PermissionDenied):
        publish([*comments, note], administrator)
    assert not Comment.objects.filter(published_at__isnull=False).exists()


def test_publish_comments_without_a_choice_is_refused(comments: list[Comment], administrator: Member) -> None:
    recommendation = world.again(comments[0].consultation.recommendation)
    with pytest.raises(ValidationError, match="Choose"):
        publish_comments(recommendation, by=administrator, comments=[], now=NOW)


@pytest.mark.parametrize("person", ["editor", "head_a", "chair"])
def test_publish_comments_is_the_administrators(
    comments: list[Comment], person: str, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(PermissionDenied):
        publish(comments, request.getfixturevalue(person))


def test_publish_comments_page_publishes_what_is_ticked(
    comments: list[Comment], administrator: Member, sign_in: Browser
) -> None:
    browser = sign_in(administrator)
    page = browser.get(page_of(comments[0], "publish_comments")).text
    assert MARKER in page
    sent = {"comment": comments[0].pk}
    done = browser.post(page_of(comments[0], "publish_comments"), sent, follow=True).text
    assert "1 comment is public now." in done
    assert Comment.objects.get(published_at__isnull=False) == comments[0]


@pytest.mark.parametrize("sent", [{}, {"comment": "x"}, {"comment": "99"}, {"comment": "9" * 40}])
def test_publish_comments_page_refuses_nonsense(
    comments: list[Comment], administrator: Member, sign_in: Browser, sent: dict[str, str]
) -> None:
    assert sign_in(administrator).post(page_of(comments[0], "publish_comments"), sent).status_code == 422
    assert not Comment.objects.filter(published_at__isnull=False).exists()
