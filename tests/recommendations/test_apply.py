"""Agreed words are put into the working text, exactly where they belong, or not at all."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from agencies.models import Agency
from isecg.access import WrongMoment
from isecg.audit.models import Event
from isecg.versions import Stale
from members.models import Member
from recommendations.applying import CannotApply, Why, put
from recommendations.lineage import Keyed, align, parse
from recommendations.models import Comment, Consultation, Verdict
from recommendations.queries.table import load
from recommendations.services.applying import apply
from recommendations.services.publishing import redact_comment
from recommendations.services.texts import revise, write
from tests.recommendations import world
from tests.recommendations.said import NOW, decided, key_of, proposing, released

Browser = Callable[[Member | None], Client]
TEXT = """# Docking

Recalling the interface of 2010, and recalling the tests.

1. Use one interface
   for all visiting vehicles.
2. Share **results** of tests.
   - Share them early.
"""


def keyed(text: str = TEXT) -> list[Keyed]:
    parts = parse(text)
    keys = align([], parts).keys
    pairs = zip(parts, keys, strict=True)
    return [Keyed(part.role, part.level, part.number, part.text, key=key) for part, key in pairs]


def key(words: str) -> str:
    return next(part.key for part in keyed() if words in part.text)


def applied(words: str, old: str, new: str, **more: Any) -> str:
    return put(TEXT, (keyed(), []), key(words), old=old, new=new, **more).text


def test_put_replaces_words_in_that_paragraph_only() -> None:
    assert applied("results", "Share", "Publish") == TEXT.replace("2. Share", "2. Publish")


def test_put_finds_words_over_the_end_of_a_line() -> None:
    done = applied("one interface", "interface for all", "seal for all")
    assert done == TEXT.replace("interface\n   for all", "seal for all")


def test_put_without_old_words_replaces_the_paragraph() -> None:
    assert "1. Use two.\n2. Share" in applied("one interface", "", "Use two.")


def test_put_takes_words_out_with_their_space() -> None:
    assert "2. Share **results**.\n" in applied("results", "of tests", "")


def test_put_keeps_new_lines_inside_the_paragraph() -> None:
    done = put(TEXT, (keyed(), []), key("one interface"), old="", new="Use one.\n\n- For all.")
    assert [part.number for part in parse(done.text)][2:5] == ["1", "1(i)", "2"]


def test_put_after_the_paragraph_was_moved_follows_its_key() -> None:
    moved = TEXT.replace("2. Share **results** of tests.\n   - Share them early.\n", "").replace(
        "1. Use one", "1. Share **results** of tests.\n   - Share them early.\n2. Use one"
    )
    done = put(moved, (keyed(), []), key("results"), old="results", new="data")
    assert done.number == "1"
    assert "1. Share **data** of tests." in done.text


def test_put_tells_equal_words_apart_by_what_stands_around() -> None:
    done = applied("Recalling", "recalling", "welcoming", around=("of 2010, and", "the tests"))
    assert "and welcoming the tests" in done


@pytest.mark.parametrize(
    ("words", "old", "new", "why"),
    [
        ("results", "outcome", "data", Why.ABSENT),
        ("results", "outcome", "of tests", Why.DONE),
        ("Recalling", "the", "a", Why.TWICE),
        ("results", "Share **results** of tests.", "", Why.WHOLE),
    ],
)
def test_put_refuses_what_it_cannot_do_exactly(words: str, old: str, new: str, why: Why) -> None:
    with pytest.raises(CannotApply) as refused:
        applied(words, old, new)
    assert refused.value.why == why
    assert refused.value.paragraph


def test_put_into_a_paragraph_that_is_gone_is_refused() -> None:
    with pytest.raises(CannotApply) as refused:
        put(
            "# Docking\n\n1. Something else entirely.",
            (keyed(), []),
            key("results"),
            old="results",
            new="data",
        )
    assert refused.value.why == Why.GONE


@pytest.fixture
def comment(over: Consultation, dlr: Agency, head_a: Member) -> Comment:
    return proposing(over, dlr, head_a)


def version(comment: Comment) -> int:
    return world.again(comment.consultation.recommendation).version


def text(comment: Comment) -> str:
    return world.again(comment.consultation.recommendation).text


def test_apply_puts_the_proposed_words_into_the_working_text(comment: Comment, editor: Member) -> None:
    decided(comment, editor)
    apply(comment, by=editor, version=version(comment), now=NOW)
    assert text(comment) == comment.consultation.revision.text.replace("Coordinated Universal Time", "UTC")
    event = Event.objects.filter(verb="apply").get()
    assert event.record == "DLR 1"


def test_apply_takes_the_agreed_text_of_an_accepted_change(comment: Comment, editor: Member) -> None:
    decided(comment, editor, Verdict.CHANGED, text="UTC (Coordinated Universal Time)")
    apply(comment, by=editor, version=version(comment), now=NOW)
    assert "in UTC (Coordinated Universal Time)." in text(comment)


def test_apply_follows_the_paragraph_to_its_new_place(comment: Comment, editor: Member) -> None:
    decided(comment, editor)
    recommendation = world.again(comment.consultation.recommendation)
    longer = recommendation.text.replace(
        "1. Participating", "1. Agencies meet each year.\n2. Participating", 1
    )
    write(recommendation, by=editor, version=recommendation.version, text=longer, now=NOW)
    revise(recommendation, by=editor, now=NOW)
    apply(comment, by=editor, version=version(comment), now=NOW)
    assert "2. Participating agencies state times of common events in UTC." in text(comment)


def test_apply_on_a_text_that_was_written_meanwhile_is_stale(comment: Comment, editor: Member) -> None:
    decided(comment, editor)
    seen = version(comment)
    recommendation = world.again(comment.consultation.recommendation)
    write(recommendation, by=editor, version=seen, text=recommendation.text + "\n4. More.", now=NOW)
    with pytest.raises(Stale):
        apply(comment, by=editor, version=seen, now=NOW)
    assert "UTC" not in text(comment)


def test_apply_of_words_that_are_not_there_says_what_is(
    over: Consultation, dlr: Agency, head_a: Member, editor: Member
) -> None:
    wrong = proposing(over, dlr, head_a, from_text="Greenwich Mean Time")
    decided(wrong, editor)
    with pytest.raises(WrongMoment, match=r"not found exactly in paragraph 1\. It reads: “Part"):
        apply(wrong, by=editor, version=version(wrong), now=NOW)


def test_apply_is_offered_until_the_words_stand_in_the_text(
    comment: Comment, editor: Member, sign_in: Browser
) -> None:
    decided(comment, editor)
    rec, browser = comment.consultation.recommendation, sign_in(editor)
    table = reverse("recommendations:comments", args=[rec.number])
    offer = f'href="{reverse("recommendations:apply", args=[rec.number, comment.pk])}"'
    assert offer in browser.get(table).text
    apply(comment, by=editor, version=version(comment), now=NOW)
    for page in (table, reverse("recommendations:comment", args=[rec.number, comment.pk])):
        shown = browser.get(page).text
        assert (offer in shown, "stands in the text" in shown) == (False, True)


def test_apply_is_not_offered_once_verdicts_are_released(
    comment: Comment, editor: Member, administrator: Member
) -> None:
    decided(comment, editor)
    assert load(comment.consultation, editor)[0].applies
    released(comment.consultation, administrator)
    assert not load(comment.consultation, editor)[0].applies


def test_the_working_text_is_told_of_to_the_secretariat_only(
    comment: Comment, editor: Member, chair: Member
) -> None:
    decided(comment, editor)
    apply(comment, by=editor, version=version(comment), now=NOW)
    rec = world.again(comment.consultation.recommendation)
    assert [load(rec, who)[0].in_text for who in (editor, chair)] == [True, False]


@pytest.mark.parametrize("verdict", [Verdict.NOTED, Verdict.NOT_ACCEPTED])
def test_apply_of_what_was_not_accepted_is_refused(comment: Comment, editor: Member, verdict: str) -> None:
    decided(comment, editor, verdict)
    with pytest.raises(WrongMoment, match="Only words that were accepted"):
        apply(comment, by=editor, version=version(comment), now=NOW)


def test_apply_of_redacted_words_is_refused(comment: Comment, editor: Member, administrator: Member) -> None:
    decided(comment, editor)
    redact_comment(comment, by=administrator, reason="A name.", now=NOW)
    with pytest.raises(WrongMoment, match="redacted"):
        apply(comment, by=editor, version=version(comment), now=NOW)


def test_apply_of_a_comment_on_the_whole_text_is_refused(
    over: Consultation, dlr: Agency, head_a: Member, editor: Member
) -> None:
    whole = proposing(over, dlr, head_a, key="")
    decided(whole, editor)
    with pytest.raises(WrongMoment, match="whole text"):
        apply(whole, by=editor, version=version(whole), now=NOW)


def test_apply_of_a_lost_comment_asks_first_where_it_belongs(
    over: Consultation, dlr: Agency, head_a: Member, editor: Member
) -> None:
    lost = proposing(over, dlr, head_a, key=key_of(over, "add the time of the lunar"))
    decided(lost, editor)
    gone = "   1. For spacecraft near the Moon, they add the time of the lunar reference.\n"
    world.rewritten(over.recommendation, editor, over.revision.text.replace(gone, ""), now=NOW)
    with pytest.raises(WrongMoment, match="say first where it belongs"):
        apply(lost, by=editor, version=version(lost), now=NOW)


def test_apply_is_the_secretariats(comment: Comment, editor: Member, head_a: Member) -> None:
    decided(comment, editor)
    with pytest.raises(PermissionDenied):
        apply(comment, by=head_a, version=version(comment), now=NOW)


def test_apply_page_shows_the_redline_before_and_the_text_after(
    comment: Comment, editor: Member, sign_in: Browser
) -> None:
    decided(comment, editor)
    address = reverse("recommendations:apply", args=[comment.consultation.recommendation.number, comment.pk])
    browser = sign_in(editor)
    page = browser.get(address)
    assert "<del>" in page.text
    assert "<ins>" in page.text
    assert "UTC" not in text(comment)
    browser.post(address, {"version": version(comment)})
    assert "in UTC." in text(comment)


def test_apply_page_of_a_text_written_meanwhile_asks_again(
    comment: Comment, editor: Member, sign_in: Browser
) -> None:
    decided(comment, editor)
    address = reverse("recommendations:apply", args=[comment.consultation.recommendation.number, comment.pk])
    page = sign_in(editor).post(address, {"version": version(comment) + 7})
    assert page.status_code == 409
    assert "please look again" in page.text
    assert "UTC" not in text(comment)
