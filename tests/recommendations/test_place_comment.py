"""Where comments stand in later revisions, and that a person decides on those that are lost."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from agencies.models import Agency
from isecg.access import WrongMoment
from isecg.audit.models import Event
from members.models import Member
from recommendations.anchors import Found
from recommendations.models import Comment, Consultation, Paragraph, Placement, Revision
from recommendations.queries.comments import likely, stands
from recommendations.services.comments import place_comment
from recommendations.services.dispositions import dispose
from tests.recommendations import world
from tests.recommendations.commenting import hand_in, key_of, note
from tests.recommendations.world import DAY, TEXT, WEEKS

SHARED = "3. Participating agencies share a list of the events they plan together."
WITHOUT = TEXT.replace(SHARED, "")
LATER = WITHOUT.replace(
    "1. Participating", "1. Each of the agencies looks after its own clocks.\n1. Participating"
)


@pytest.fixture
def comments(closed: Consultation, head_a: Member, dlr: Agency) -> dict[str, Comment]:
    """Comments of the consultation that is over, on paragraphs 2 and 3 and on the text."""
    notes = {
        "2": note(closed, head_a, dlr, key=key_of(closed, "2"), quote="the scale of every time"),
        "3": note(closed, head_a, dlr, key=key_of(closed, "3"), quote="a list of the events"),
        "": note(closed, head_a, dlr, key=""),
    }
    hand_in(closed, head_a, *notes.values())
    return {number: Comment.objects.get(pk=made.pk) for number, made in notes.items()}


@pytest.fixture
def second(closed: Consultation, editor: Member, comments: dict[str, Comment]) -> Revision:
    """Revision 2: a new first paragraph, and without the old third."""
    return world.rewritten(closed.recommendation, editor, LATER, now=world.START + DAY)


def key_in(revision: Revision, number: str) -> str:
    return Paragraph.objects.get(revision=revision, number=number).key


def test_comments_stand_where_they_stood_in_the_same_revision(
    comments: dict[str, Comment], closed: Consultation
) -> None:
    found = stands(list(comments.values()), closed.revision)
    assert {each.place.found for each in found.values()} == {Found.IN_PLACE}


def test_after_a_revision_they_are_in_place_moved_or_lost(
    comments: dict[str, Comment], second: Revision
) -> None:
    found = stands(list(comments.values()), second)
    places = {number: found[each.pk].place for number, each in comments.items()}
    assert places[""].found is Found.IN_PLACE
    assert (places["2"].found, places["2"].old_number, places["2"].number) == (Found.MOVED, "2", "3")
    assert (places["3"].found, places["3"].old_number, places["3"].number) == (Found.LOST, "3", "")
    assert found[comments["3"].pk].is_lost


@pytest.fixture
def replaced(closed: Consultation, head_a: Member, dlr: Agency, editor: Member) -> Comment:
    """A comment whose quoted words shall read otherwise, accepted."""
    shall = {"quote": "a list", "to_text": "one calendar"}
    made = hand_in(closed, head_a, note(closed, head_a, dlr, key=key_of(closed, "3"), **shall)).submitted
    [disposition] = dispose(made, by=editor, verdict="accepted", now=world.START + WEEKS + DAY)
    return disposition.comment


def without_the_list(asked: Consultation, editor: Member, words: str) -> Revision:
    """The next revision, in which these words stand instead of those that were quoted."""
    text = TEXT.replace("a list", words)
    return world.rewritten(asked.recommendation, editor, text, now=world.START + WEEKS + 2 * DAY)


def test_words_replaced_as_agreed_are_taken_up_and_not_lost(
    replaced: Comment, closed: Consultation, editor: Member
) -> None:
    revision = without_the_list(closed, editor, "one calendar")
    stand = stands([replaced], revision)[replaced.pk]
    assert (stand.place.found, stand.place.number, stand.taken_up) == (Found.IN_PLACE, "3", True)
    with pytest.raises(WrongMoment, match="not lost"):
        place_comment(replaced, by=editor, revision=revision, key="", reason="It is gone.")


def test_words_replaced_otherwise_than_agreed_are_lost(
    replaced: Comment, closed: Consultation, editor: Member
) -> None:
    revision = without_the_list(closed, editor, "whatever they know")
    stand = stands([replaced], revision)[replaced.pk]
    assert (stand.is_lost, stand.taken_up) == (True, False)


def test_a_place_does_not_tell_a_verdict_that_is_not_known(
    replaced: Comment, closed: Consultation, editor: Member
) -> None:
    revision = without_the_list(closed, editor, "one calendar")
    assert stands([replaced], revision, known={})[replaced.pk].is_lost


def test_place_puts_a_lost_comment_where_a_person_says(
    comments: dict[str, Comment], second: Revision, editor: Member
) -> None:
    lost = comments["3"]
    place_comment(lost, by=editor, revision=second, key=key_in(second, "1"), reason="Said there now.")
    stand = stands([lost], second)[lost.pk]
    assert (stand.place.found, stand.place.old_number, stand.place.number) == (Found.MOVED, "3", "1")
    assert stand.decided is not None
    assert (stand.decided.by, stand.decided.reason, stand.is_lost) == (editor, "Said there now.", False)


def test_place_that_is_gone_is_decided_and_has_no_paragraph(
    comments: dict[str, Comment], second: Revision, editor: Member
) -> None:
    lost = comments["3"]
    place_comment(lost, by=editor, revision=second, key="", reason="Left out on purpose.")
    stand = stands([lost], second)[lost.pk]
    assert (stand.gone, stand.is_lost, stand.place.key) == (True, False, "")


def test_place_writes_an_event_with_the_reason(
    comments: dict[str, Comment], second: Revision, editor: Member
) -> None:
    place_comment(comments["3"], by=editor, revision=second, key="", reason="Left out.")
    event = Event.objects.get(verb="place_comment")
    assert (event.record, event.why) == ("DLR 3", "Left out.")


def test_place_holds_in_the_next_revision_as_long_as_the_paragraph_stands(
    comments: dict[str, Comment], second: Revision, editor: Member, closed: Consultation
) -> None:
    lost = comments["3"]
    place_comment(lost, by=editor, revision=second, key=key_in(second, "1"), reason="There.")
    third = world.rewritten(closed.recommendation, editor, LATER + "\n4. One more.\n")
    assert stands([lost], third)[lost.pk].place.number == "1"
    fourth = world.rewritten(closed.recommendation, editor, WITHOUT)
    assert stands([lost], fourth)[lost.pk].is_lost


def test_place_decided_again_counts_as_decided_last(
    comments: dict[str, Comment], second: Revision, editor: Member
) -> None:
    lost = comments["3"]
    place_comment(lost, by=editor, revision=second, key=key_in(second, "1"), reason="There.")
    place_comment(lost, by=editor, revision=second, key=key_in(second, "2"), reason="No, there.")
    assert stands([lost], second)[lost.pk].place.number == "2"
    assert Placement.objects.count() == 1


@pytest.mark.parametrize("who", ["head_a", "delegate_b", "chair"])
def test_place_by_others_than_the_secretariat_is_refused(
    comments: dict[str, Comment], second: Revision, who: str, request: pytest.FixtureRequest
) -> None:
    by = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied, match="Only the secretariat"):
        place_comment(comments["3"], by=by, revision=second, key="", reason="Ours.")


def test_place_of_a_comment_that_is_not_lost_is_the_wrong_moment(
    comments: dict[str, Comment], second: Revision, editor: Member
) -> None:
    with pytest.raises(WrongMoment, match="not lost"):
        place_comment(comments["2"], by=editor, revision=second, key="", reason="Away.")


def test_place_without_a_reason_is_refused_at_its_field(
    comments: dict[str, Comment], second: Revision, editor: Member
) -> None:
    with pytest.raises(ValidationError) as refused:
        place_comment(comments["3"], by=editor, revision=second, key="", reason=" ")
    assert list(refused.value.message_dict) == ["reason"]


@pytest.mark.parametrize("key", ["p999", "\x00"])
def test_place_in_a_paragraph_that_does_not_stand_is_refused(
    comments: dict[str, Comment], second: Revision, editor: Member, key: str
) -> None:
    with pytest.raises(ValidationError, match="does not stand"):
        place_comment(comments["3"], by=editor, revision=second, key=key, reason="There.")


def test_place_in_another_recommendation_is_refused(
    comments: dict[str, Comment], second: Revision, editor: Member, asked: list[Agency]
) -> None:
    other = world.in_consultation(editor, asked, now=world.START + WEEKS)
    with pytest.raises(ValidationError, match="another recommendation"):
        place_comment(comments["3"], by=editor, revision=other.revision, key="", reason="There.")


def test_likely_places_begin_with_the_paragraph_most_like_it(
    comments: dict[str, Comment], closed: Consultation
) -> None:
    old = list(closed.revision.paragraphs.all())
    assert next(iter(likely(comments["3"], old, old))).number == "3"


def test_place_page_shows_what_it_was_said_of_and_decides(
    comments: dict[str, Comment], second: Revision, editor: Member, sign_in: Callable[[Member], Client]
) -> None:
    lost, browser = comments["3"], sign_in(editor)
    page = reverse("recommendations:place_comment", args=[second.recommendation.number, lost.pk])
    shown = browser.get(page).content.decode()
    assert "<mark>a list of the events</mark>" in shown
    browser.post(page, {"key": "-", "reason": "Left out on purpose."})
    assert stands([lost], second)[lost.pk].gone


def test_place_page_keeps_redacted_words_hidden(
    comments: dict[str, Comment], second: Revision, editor: Member, sign_in: Callable[[Member], Client]
) -> None:
    Comment.objects.filter(pk=comments["3"].pk).update(redacted_at=world.START, redaction_reason="A name.")
    page = reverse("recommendations:place_comment", args=[second.recommendation.number, comments["3"].pk])
    shown = sign_in(editor).get(page).content.decode()
    assert "A name." in shown
    assert "Say it more plainly." not in shown
    assert "<mark>" not in shown


@pytest.mark.parametrize("sent", [{"key": "p999", "reason": "x"}, {"key": "-", "reason": "\x00"}, {}])
def test_place_page_answers_odd_input_with_a_sentence(
    comments: dict[str, Comment],
    second: Revision,
    editor: Member,
    sign_in: Callable[[Member], Client],
    sent: dict[str, str],
) -> None:
    page = reverse("recommendations:place_comment", args=[second.recommendation.number, comments["3"].pk])
    answer = sign_in(editor).post(page, sent)
    assert (answer.status_code, b"Please correct this" in answer.content) == (422, True)
    assert not Placement.objects.exists()
