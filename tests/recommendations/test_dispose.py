"""Deciding on comments: what each verdict obliges to say, bulk, two editors, taking a verdict back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from agencies.models import Agency
from isecg.access import WrongMoment
from isecg.audit.models import Event
from isecg.mail.models import Message
from isecg.versions import Stale
from members.models import Member
from recommendations.models import Comment, Consultation, Disposition, Verdict
from recommendations.queries.dispositions import undecided
from recommendations.services.dispositions import dispose, withdraw_verdict
from recommendations.services.silence import start_silence
from tests.recommendations import world
from tests.recommendations.said import NOW, decided, proposing, released

Browser = Callable[[Member | None], Client]


@pytest.fixture
def comment(over: Consultation, dlr: Agency, head_a: Member) -> Comment:
    return proposing(over, dlr, head_a)


@pytest.fixture
def other(over: Consultation, jaxa: Agency, head_b: Member, comment: Comment) -> Comment:
    return proposing(over, jaxa, head_b)


def test_dispose_keeps_verdict_reason_and_who_decided_when(comment: Comment, editor: Member) -> None:
    made = dispose([comment], by=editor, verdict=Verdict.ACCEPTED, reason="Shorter.", now=NOW)[0]
    kept = Disposition.objects.get(comment=comment)
    assert (kept.verdict, kept.reason, kept.decided_at, kept.decided_by) == (
        "accepted",
        "Shorter.",
        NOW,
        editor,
    )
    assert made.version == 1


def test_dispose_is_told_in_the_log_and_to_nobody(comment: Comment, editor: Member) -> None:
    mails = Message.objects.count()
    decided(comment, editor)
    event = Event.objects.filter(verb="dispose").get()
    assert event.changes == {"verdict": ["", "accepted"]}
    assert Message.objects.count() == mails


def test_dispose_gives_several_the_same_verdict(comment: Comment, other: Comment, editor: Member) -> None:
    dispose([comment, other], by=editor, verdict=Verdict.NOTED, now=NOW)
    assert set(Disposition.objects.values_list("comment", "verdict")) == {
        (comment.pk, "noted"),
        (other.pk, "noted"),
    }


def test_dispose_of_a_batch_with_a_working_note_refuses_the_whole_batch(
    comment: Comment, over: Consultation, jaxa: Agency, head_b: Member, editor: Member
) -> None:
    note = Comment.objects.create(consultation=over, agency=jaxa, author=head_b, text="Private.")
    with pytest.raises(PermissionDenied):
        dispose([comment, note], by=editor, verdict=Verdict.NOTED, now=NOW)
    assert not Disposition.objects.exists()


def test_dispose_of_a_batch_with_a_withdrawn_comment_refuses_the_whole_batch(
    comment: Comment, other: Comment, editor: Member
) -> None:
    Comment.objects.filter(pk=other.pk).update(withdrawn_at=NOW)
    with pytest.raises(PermissionDenied):
        dispose([comment, other], by=editor, verdict=Verdict.NOTED, now=NOW)
    assert not Disposition.objects.exists()


def test_dispose_of_comments_on_two_recommendations_is_refused(
    comment: Comment, editor: Member, asked: list[Agency], jaxa: Agency, head_b: Member
) -> None:
    elsewhere = proposing(world.closed(editor, asked, now=NOW), jaxa, head_b)
    with pytest.raises(ValidationError, match="one recommendation"):
        dispose([comment, elsewhere], by=editor, verdict=Verdict.NOTED, now=NOW)


@pytest.mark.parametrize(
    ("verdict", "sentence"),
    [
        ("changed", "needs the text that was agreed"),
        ("not_accepted", "needs a reason"),
        ("deferred", "needs its target"),
        ("duplicate", "names another comment"),
    ],
)
def test_dispose_obliges_to_say_more(comment: Comment, editor: Member, verdict: str, sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        dispose([comment], by=editor, verdict=verdict, now=NOW)
    assert not Disposition.objects.exists()


@pytest.mark.parametrize("said", [{"text": "UTC"}, {"target": "2028"}])
def test_dispose_refuses_what_belongs_to_another_verdict(
    comment: Comment, editor: Member, said: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError, match="belongs to"):
        dispose([comment], by=editor, verdict=Verdict.ACCEPTED, now=NOW, **said)


def test_dispose_as_duplicate_of_a_duplicate_names_the_first(
    comment: Comment, other: Comment, over: Consultation, jaxa: Agency, head_b: Member, editor: Member
) -> None:
    third = proposing(over, jaxa, head_b)
    decided(other, editor, Verdict.DUPLICATE, duplicate_of=comment)
    with pytest.raises(ValidationError, match="name DLR 1"):
        decided(third, editor, Verdict.DUPLICATE, duplicate_of=other)


def test_dispose_as_duplicate_of_each_other_is_refused(
    comment: Comment, other: Comment, editor: Member
) -> None:
    decided(other, editor, Verdict.DUPLICATE, duplicate_of=comment)
    with pytest.raises(ValidationError):
        decided(comment, editor, Verdict.DUPLICATE, duplicate_of=other)


def test_dispose_by_a_second_editor_who_saw_no_verdict_is_stale(comment: Comment, editor: Member) -> None:
    decided(comment, editor)
    with pytest.raises(Stale):
        decided(comment, editor, Verdict.NOTED)
    assert Disposition.objects.get().verdict == Verdict.ACCEPTED


def test_dispose_again_with_the_version_that_was_shown_changes_it(comment: Comment, editor: Member) -> None:
    made = decided(comment, editor)
    decided(comment, editor, Verdict.NOTED, versions={comment.pk: made.version})
    assert (Disposition.objects.get().verdict, Disposition.objects.get().version) == ("noted", 2)


def test_dispose_of_a_batch_with_one_stale_verdict_changes_none(
    comment: Comment, other: Comment, editor: Member
) -> None:
    decided(other, editor)
    with pytest.raises(Stale):
        dispose([comment, other], by=editor, verdict=Verdict.NOTED, now=NOW)
    assert not Disposition.objects.filter(comment=comment).exists()


@pytest.mark.parametrize("person", ["head_a", "delegate_a", "chair", "observer_a"])
def test_dispose_is_the_secretariats(comment: Comment, person: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied, match="Only the secretariat"):
        decided(comment, request.getfixturevalue(person))


def test_dispose_while_the_consultation_is_open(
    consultation: Consultation, dlr: Agency, head_a: Member, editor: Member
) -> None:
    early = proposing(consultation, dlr, head_a)
    assert decided(early, editor, now=world.START + world.DAY).verdict == Verdict.ACCEPTED


def test_dispose_under_silence_is_too_late(comment: Comment, editor: Member, over: Consultation) -> None:
    made = decided(comment, editor)
    start_silence(
        over.recommendation,
        by=editor,
        agencies=over.agencies.all(),
        expires_at=NOW + 10 * world.DAY,
        hold=world.AT_ONCE,
        now=NOW,
    )
    with pytest.raises(WrongMoment):
        decided(comment, editor, Verdict.NOTED, versions={comment.pk: made.version})


def test_dispose_of_a_released_verdict_is_refused(
    comment: Comment, over: Consultation, editor: Member, administrator: Member
) -> None:
    made = decided(comment, editor)
    released(over, administrator)
    with pytest.raises(WrongMoment, match="they stand"):
        decided(comment, editor, Verdict.NOTED, versions={comment.pk: made.version}, now=NOW + 2 * world.HOUR)


def test_withdraw_verdict_leaves_the_comment_undecided(
    comment: Comment, editor: Member, over: Consultation
) -> None:
    made = decided(comment, editor)
    withdraw_verdict(made, by=editor, version=made.version, now=NOW)
    assert list(undecided(over.recommendation)) == [comment]
    assert Event.objects.filter(verb="withdraw_verdict").get().changes == {"verdict": ["accepted", ""]}


def test_withdraw_verdict_that_somebody_changed_is_stale(comment: Comment, editor: Member) -> None:
    made = decided(comment, editor)
    decided(comment, editor, Verdict.NOTED, versions={comment.pk: 1})
    with pytest.raises(Stale):
        withdraw_verdict(made, by=editor, version=1, now=NOW)
    assert Disposition.objects.get().verdict == Verdict.NOTED


def test_dispose_with_a_form_from_before_a_verdict_was_taken_back_is_stale(
    comment: Comment, editor: Member
) -> None:
    """The version counts on: a new verdict is not taken for the one that was withdrawn."""
    first = decided(comment, editor)
    withdraw_verdict(first, by=editor, version=1, now=NOW)
    again = decided(comment, editor, Verdict.NOTED)
    assert again.version == 2
    with pytest.raises(Stale):
        decided(comment, editor, Verdict.ACCEPTED, versions={comment.pk: 1})


def test_withdraw_verdict_after_its_release_is_refused(
    comment: Comment, over: Consultation, editor: Member, administrator: Member
) -> None:
    made = decided(comment, editor)
    released(over, administrator)
    with pytest.raises(WrongMoment):
        withdraw_verdict(made, by=editor, version=1, now=NOW + 2 * world.HOUR)


def address(comment: Comment) -> str:
    return reverse("recommendations:dispose", args=[comment.consultation.recommendation.number])


def test_dispose_page_shows_what_is_decided_and_saves_it(
    comment: Comment, other: Comment, editor: Member, sign_in: Browser
) -> None:
    browser = sign_in(editor)
    page = browser.get(f"{address(comment)}?comment={comment.pk}&comment={other.pk}")
    assert "DLR 1" in page.text
    assert "JAXA 1" in page.text
    seen = [f"{comment.pk}:0", f"{other.pk}:0"]
    done = browser.post(
        address(comment), {"seen": seen, "verdict": "accepted", "reason": "Yes."}, follow=True
    )
    assert "2 comments decided." in done.text
    assert Disposition.objects.filter(verdict="accepted", reason="Yes.").count() == 2


def test_dispose_page_of_two_editors_answers_409_with_both_texts(
    comment: Comment, editor: Member, sign_in: Browser
) -> None:
    decided(comment, editor, Verdict.NOTED, reason="Theirs.")
    sent = {"seen": f"{comment.pk}:0", "verdict": "accepted", "reason": "Mine."}
    browser = sign_in(editor)
    page = browser.post(address(comment), sent)
    assert page.status_code == 409
    assert "Theirs." in page.text
    assert "Mine." in page.text
    assert f'name="seen" value="{comment.pk}:1"' in page.text
    browser.post(address(comment), {**sent, "seen": f"{comment.pk}:1"})
    assert Disposition.objects.get().reason == "Mine."


def test_dispose_page_with_a_note_among_the_chosen_is_not_found(
    comment: Comment, over: Consultation, jaxa: Agency, head_b: Member, editor: Member, sign_in: Browser
) -> None:
    note = Comment.objects.create(consultation=over, agency=jaxa, author=head_b, text="Private.")
    browser = sign_in(editor)
    assert browser.get(f"{address(comment)}?comment={note.pk}").status_code == 404
    sent = {"seen": [f"{comment.pk}:0", f"{note.pk}:0"], "verdict": "noted"}
    assert browser.post(address(comment), sent).status_code == 404
    assert not Disposition.objects.exists()


def test_dispose_page_keeps_what_was_typed_when_it_is_refused(
    comment: Comment, editor: Member, sign_in: Browser
) -> None:
    sent = {"seen": f"{comment.pk}:0", "verdict": "changed", "reason": "Better so."}
    page = sign_in(editor).post(address(comment), sent)
    assert page.status_code == 422
    assert "needs the text that was agreed" in page.text
    assert "Better so." in page.text


def test_dispose_page_names_a_duplicate_by_its_number(
    comment: Comment, other: Comment, editor: Member, sign_in: Browser
) -> None:
    sent = {"seen": f"{other.pk}:0", "verdict": "duplicate", "duplicate_of": "DLR 1"}
    sign_in(editor).post(address(comment), sent)
    assert Disposition.objects.get(comment=other).duplicate_of == comment


def test_dispose_in_the_table_answers_with_the_row_and_the_counts(
    comment: Comment, other: Comment, editor: Member, sign_in: Browser
) -> None:
    sent = {"seen": [f"{comment.pk}:0", f"{other.pk}:0"], "verdict": "accepted"}
    part = sign_in(editor).post(address(comment), sent, headers={"HX-Request": "true"})
    assert "<html" not in part.text
    assert f'id="c{comment.pk}"' in part.text
    assert f'id="c{other.pk}" hx-swap-oob="true"' in part.text
    assert 'id="totals" hx-swap-oob="true"' in part.text


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"seen": "x"},
        {"seen": "1:1:1", "verdict": "accepted"},
        {"seen": "999999999999999999999:0", "verdict": "accepted"},
        {"seen": "281474976710656:0", "verdict": "accepted"},
        {"seen": "1:0", "verdict": "perhaps"},
        {"verdict": "accepted", "reason": "a\x00b"},
    ],
)
def test_dispose_page_answers_nonsense_without_falling_over(
    comment: Comment, editor: Member, sign_in: Browser, sent: dict[str, Any]
) -> None:
    assert 400 <= sign_in(editor).post(address(comment), sent).status_code < 500
    assert not Disposition.objects.exists()


def test_dispose_page_refuses_nul_and_too_much_with_a_sentence(
    comment: Comment, editor: Member, sign_in: Browser
) -> None:
    for reason in ("a\x00b", "x" * 100_000):
        sent = {"seen": f"{comment.pk}:0", "verdict": "noted", "reason": reason}
        assert sign_in(editor).post(address(comment), sent).status_code == 422
    assert not Disposition.objects.exists()


def test_dispose_in_the_table_after_the_session_ended_asks_to_sign_in_on_a_page(
    comment: Comment, sign_in: Browser
) -> None:
    table = reverse("recommendations:comments", args=[comment.consultation.recommendation.number])
    asking = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{table}?lost=on"}
    sent = {"seen": f"{comment.pk}:0", "verdict": "accepted"}
    part = sign_in(None).post(address(comment), sent, headers=asking)
    login = reverse("account_login")
    assert part.headers["HX-Redirect"] == f"{login}?next={table}%3Flost%3Don"
    assert part.text == ""


def test_dispose_page_is_refused_for_an_agency(comment: Comment, head_a: Member, sign_in: Browser) -> None:
    page = sign_in(head_a).get(f"{address(comment)}?comment={comment.pk}")
    assert page.status_code == 403
    assert "Only the secretariat decides on comments." in page.text
