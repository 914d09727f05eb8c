"""Comments keep to their words through every revision, or say that the words are gone."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommendations.anchors import Anchor, Found, Place, anchor, marked, place, places, plain


@dataclass(frozen=True)
class Paragraph:
    key: str
    number: str
    text: str


SHARE = "Agencies share their data in a common format within *twelve* months."
POWER = "Agencies publish the interfaces of each [power bus](https://example.org/a) and of each data bus."
REVIEW = "Agencies review the list every second year and say what each of them did."
OLD = [Paragraph("p1", "1", SHARE), Paragraph("p2", "2", POWER), Paragraph("p3", "3", REVIEW)]


def words_of(found: Place, new: list[Paragraph]) -> str:
    [paragraph] = [each for each in new if each.key == found.key]
    return marked(plain(paragraph.text), found.span)[1]


def numbered(paragraphs: list[Paragraph]) -> list[Paragraph]:
    return [replace(each, number=str(place)) for place, each in enumerate(paragraphs, 1)]


def test_plain_is_what_people_read() -> None:
    assert (
        plain("*Noting* the  [plan](https://example.org/x)\nof `two`\n\n- a\n- b")
        == "Noting the plan of two a b"
    )


def test_plain_of_a_table_keeps_its_cells_apart() -> None:
    assert plain("| bus | volt |\n|---|---|\n| main | 28 |") == "bus volt main 28"


def test_plain_has_no_marks_that_turn_the_reading_direction() -> None:
    assert plain("a\u202eb\x00c & <i>d</i>") == "abc & <i>d</i>"


def test_anchor_finds_words_across_emphasis_and_links() -> None:
    found = anchor("p1", SHARE, "within twelve months")
    assert found == Anchor("p1", "within twelve months", "e their data in a common format ", ".")


def test_anchor_of_words_that_do_not_stand_there_is_none() -> None:
    assert anchor("p1", SHARE, "within thirteen months") is None
    assert anchor("p1", SHARE, "  ") is None


def test_anchor_takes_the_place_that_its_surroundings_name() -> None:
    found = anchor("p2", POWER, "bus", prefix="data ", suffix=".")
    assert found is not None
    assert found.prefix.endswith("data ")


def test_same_text_and_number_is_in_place() -> None:
    found = place(Anchor("p2", "power bus"), OLD, OLD)
    assert (found.found, found.number, words_of(found, OLD)) == (Found.IN_PLACE, "2", "power bus")


def test_comment_on_the_whole_text_is_always_in_place() -> None:
    assert place(Anchor(), OLD, []).found is Found.IN_PLACE


def test_new_number_is_moved_and_says_both_numbers() -> None:
    new = [OLD[0], replace(OLD[1], number="3.1")]
    found = place(Anchor("p2", "power bus"), OLD, new)
    assert (found.found, found.old_number, found.number) == (Found.MOVED, "2", "3.1")


def test_changed_words_are_found_above_the_score() -> None:
    new = [replace(OLD[1], text="Agencies publish the interface of every power bus and of each data bus.")]
    wanted = anchor("p2", POWER, "publish the interfaces of each power bus")
    assert wanted is not None
    found = place(wanted, OLD, new)
    assert (found.found, words_of(found, new)) == (Found.IN_PLACE, "publish the interface of every power bus")


def test_rewritten_words_are_lost() -> None:
    new = [replace(OLD[1], text="Whoever builds a habitat tells the others which voltage it uses.")]
    found = place(Anchor("p2", "the interfaces of each power bus", "Agencies publish "), OLD, new)
    assert (found.found, found.old_number, found.number) == (Found.LOST, "2", "")


def test_second_of_two_equal_words_is_lost_when_only_the_first_stays() -> None:
    wanted = anchor("p2", POWER, "bus", prefix="each data ")
    assert wanted is not None
    new = [replace(OLD[1], text="Agencies publish the interfaces of each power bus.")]
    assert place(wanted, OLD, new).found is Found.LOST


def test_comment_on_a_whole_paragraph_stays_with_its_key() -> None:
    new = [replace(OLD[1], text="Quite other words.")]
    assert place(Anchor("p2"), OLD, new).found is Found.IN_PLACE


@pytest.mark.parametrize("quote", ["", "what each of them did"])
def test_words_merged_into_another_paragraph_are_moved_there(quote: str) -> None:
    new = [OLD[0], replace(OLD[1], text=f"{POWER} {REVIEW}")]
    found = place(Anchor("p3", quote), OLD, new)
    assert (found.found, found.old_number, found.key, found.number) == (Found.MOVED, "3", "p2", "2")
    assert words_of(found, new) == (quote or plain(REVIEW))


def test_words_that_two_paragraphs_have_now_are_lost() -> None:
    new = [replace(OLD[0], text=REVIEW), replace(OLD[1], text=REVIEW)]
    assert place(Anchor("p3", "what each of them did"), OLD, new).found is Found.LOST


def test_few_letters_are_never_found_elsewhere() -> None:
    new = [OLD[0], replace(OLD[1], text=f"{POWER} Each year.")]
    assert place(Anchor("p3", "year"), OLD, new).found is Found.LOST


WORDS = st.text("abcdefghij ", min_size=3, max_size=60).map(lambda text: " ".join(text.split()))
TEXTS = st.lists(WORDS.filter(bool), min_size=2, max_size=8)


@st.composite
def commented(draw: st.DrawFn) -> tuple[list[Paragraph], Anchor, str]:
    """Paragraphs, an anchor of some words in one of them (or of the whole), and its key."""
    texts = draw(TEXTS)
    old = numbered([Paragraph(f"p{place}", "", text) for place, text in enumerate(texts, 1)])
    chosen = draw(st.sampled_from(old))
    start = draw(st.integers(0, len(chosen.text) - 1))
    end = draw(st.integers(start, len(chosen.text)))
    made = anchor(chosen.key, chosen.text, chosen.text[start:end]) or Anchor(chosen.key)
    return old, made, chosen.key


@given(commented(), TEXTS, st.randoms())
def test_untouched_paragraph_keeps_its_comment_whatever_happens_around_it(
    drawn: tuple[list[Paragraph], Anchor, str], others: list[str], chance: object
) -> None:
    old, wanted, key = drawn
    [own] = [each for each in old if each.key == key]
    new = [replace(each, text=text) for each, text in zip(old, others, strict=False) if each.key != key]
    new = [*new, own, Paragraph("p99", "99", own.text)]
    chance.shuffle(new)  # type: ignore[attr-defined]
    before, now = place(wanted, old, old), place(wanted, old, new)
    assert (now.found, now.key, now.span) == (Found.IN_PLACE, key, before.span)


@given(commented(), st.randoms())
def test_renumbering_never_moves_a_comment_to_other_words(
    drawn: tuple[list[Paragraph], Anchor, str], chance: object
) -> None:
    old, wanted, key = drawn
    new = list(old)
    chance.shuffle(new)  # type: ignore[attr-defined]
    new = numbered(new)
    found = place(wanted, old, new)
    assert found.key == key
    assert words_of(found, new) == words_of(place(wanted, old, old), old)


@given(commented())
def test_deleted_paragraph_loses_its_comment_and_gives_it_to_no_other(
    drawn: tuple[list[Paragraph], Anchor, str],
) -> None:
    old, wanted, key = drawn
    new = numbered([each for each in old if each.key != key])
    found = place(wanted, old, new)
    assert (found.found, found.key, found.span) == (Found.LOST, "", None)


@given(st.integers(0, len(plain(POWER)) - 21), st.integers(21, len(plain(POWER))), WORDS)
def test_words_stay_found_when_something_is_put_before_them(start: int, length: int, put: str) -> None:
    wanted = anchor("p2", POWER, plain(POWER)[start : start + length])
    assert wanted is not None
    new = [replace(OLD[1], text=f"{put} {POWER}")]
    found = place(wanted, OLD, new)
    assert found.found is Found.IN_PLACE
    assert wanted.quote in words_of(found, new)


def test_two_thousand_comments_on_a_long_text_are_placed_in_a_moment() -> None:
    old = numbered([Paragraph(f"p{place}", "", f"{place} {SHARE} {POWER}") for place in range(300)])
    new = numbered([replace(each, text=each.text.replace("Agencies", "Members")) for each in old[::2]])
    wanted = [Anchor(each.key, "interfaces of each power bus", "Agencies publish the ") for each in old] * 7
    found = places(wanted, old, new)
    assert [each.found for each in found].count(Found.LOST) == 150 * 7
