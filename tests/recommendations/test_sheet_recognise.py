"""What each row of a filled sheet is taken for: pure functions, whatever order rows and columns have."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommendations import lineage
from recommendations.lineage import Change, Keyed
from recommendations.sheets.columns import HEADERS, Column, header_row, kind
from recommendations.sheets.marks import SheetMark, marked, row_mark, sheet_mark
from recommendations.sheets.places import Texts, locate
from recommendations.sheets.read import Row
from recommendations.sheets.recognise import Known, Outcome, Verdict, counts, recognise
from tests.recommendations.world import TEXT

DLR = 3
NEWER = TEXT.replace(
    "1. Participating agencies state",
    "1. Participating agencies name one person for questions of time.\n1. Participating agencies state",
).replace("3. Participating agencies share a list of the events they plan together.\n", "")


def keyed(text: str, old: Sequence[Keyed] = ()) -> list[Keyed]:
    parts = lineage.parse(text)
    keys = lineage.align(old, parts).keys if old else [f"p{at}" for at in range(1, len(parts) + 1)]
    return [
        Keyed(each.role, each.level, each.number, each.text, key=key)
        for each, key in zip(parts, keys, strict=True)
    ]


FIRST = keyed(TEXT)
SECOND = keyed(NEWER, FIRST)
SAME = Texts(FIRST, FIRST)
LATER = Texts(FIRST, SECOND)
KEY = {each.number: each.key for each in FIRST if each.number}
NOTE = Known(11, KEY["2"], "technical", "Which scales?", "name the scale", "name the time scale", "Clearer.")


def row(number: int = 10, *, of: Known | None = None, **cells: str) -> Row:
    """A row of DLR's sheet; `of`: as it was written for that comment."""
    base = {column.value: "" for column in Column}
    base |= {"member": "DLR", "place": "1", "kind": "technical", "text": "A comment."}
    if of:
        place = next(each.number for each in FIRST if each.key == of.key)
        said = {name: getattr(of, name) for name in ("kind", "text", "from_text", "to_text", "reason")}
        base |= {"place": place, "id": row_mark(of.pk, DLR), **said}
    return Row(number, base | cells)


def told(*rows: Row, known: Sequence[Known] = (), texts: Texts = SAME) -> list[Outcome]:
    return recognise(rows, known, texts, agency=DLR, names=["DLR", "Deutsches Zentrum"])


def only(*rows: Row, **more: Any) -> Outcome:
    [outcome] = told(*rows, **more)
    return outcome


def test_a_new_row_is_added() -> None:
    outcome = only(row())
    assert (outcome.verdict, outcome.words, outcome.key) == (Verdict.ADDED, "added", KEY["1"])


def test_a_row_as_it_was_is_unchanged() -> None:
    outcome = only(row(of=NOTE), known=[NOTE])
    assert (outcome.verdict, outcome.comment) == (Verdict.UNCHANGED, 11)


def test_white_space_is_no_change() -> None:
    assert only(row(of=NOTE, text=" Which\n scales? "), known=[NOTE]).verdict == Verdict.UNCHANGED


def test_a_row_with_other_words_is_updated() -> None:
    outcome = only(row(of=NOTE, text="Which ones?"), known=[NOTE])
    assert (outcome.words, outcome.comment, outcome.text) == ("updated", 11, "Which ones?")


def test_a_row_with_another_number_is_moved() -> None:
    assert only(row(of=NOTE, place="3"), known=[NOTE]).words == "moved to paragraph 3"


def test_a_row_on_the_whole_text() -> None:
    outcome = only(row(place="General", kind=""))
    assert (outcome.key, outcome.kind, outcome.words) == ("", "general", "added")


def test_a_row_of_an_older_revision_is_placed_by_lineage() -> None:
    outcome = only(row(place="1", text="Say it."), texts=LATER)
    assert outcome.key == KEY["1"]
    assert outcome.words == "added, moved to paragraph 2 (in the sheet: 1)"


def test_a_row_on_a_removed_paragraph_says_so() -> None:
    assert only(row(place="3"), texts=LATER).words == ("not understood: paragraph 3 is no longer in the text")


def test_a_row_on_a_merged_paragraph_goes_to_what_it_became() -> None:
    joined = TEXT.replace("a\n\nNoting", "a").replace(
        "together.\n\nNoting that times", "together, noting that times"
    )
    new = keyed(joined, FIRST)
    rows = lineage.between(FIRST, new)
    heirs = {key: each.new[0] for each in rows if each.change == Change.MERGED for key in each.old}
    outcome = only(row(place="b"), texts=Texts(FIRST, new, heirs))
    assert (outcome.verdict, outcome.place) == (Verdict.ADDED, "a")


def test_a_row_whose_words_stand_elsewhere_goes_there() -> None:
    outcome = only(row(place="1", from_text="share a list of the events they plan"))
    assert outcome.words == "added, moved to paragraph 3 (in the sheet: 1)"


def test_a_row_that_is_known_stays_where_its_number_says() -> None:
    odd = replace(NOTE, from_text="share a list of the events they plan")
    assert only(row(of=odd), known=[odd]).verdict == Verdict.UNCHANGED


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"place": "99"}, "there is no paragraph “99” in that revision"),
        ({"place": "line 12"}, "there is no paragraph “line 12” in that revision"),
        ({"place": ""}, "it does not say which paragraph it is about"),
        ({"kind": "angry"}, "“angry” is no kind of comment: general, technical or editorial"),
        ({"text": "", "reason": "Because."}, "it holds neither a comment nor a proposed change"),
        ({"text": "x" * 10_001}, "the cell “Comment” is longer than 10,000 letters"),
        ({"member": "JAXA"}, "it names “JAXA”; a sheet carries the comments of one agency"),
    ],
)
def test_a_row_that_is_not_understood_says_why(cells: dict[str, Any], sentence: str) -> None:
    outcome = only(row(**cells))
    assert outcome.words == f"not understood: {sentence}"
    assert not outcome.changes


def test_a_formula_is_not_understood() -> None:
    outcome = only(replace(row(to_text="="), formulas=("to_text",)))
    words = "not understood: the cell “Proposed change: to” holds a formula; only words are taken"
    assert outcome.words == words


def test_a_submitted_comment_is_unchanged_or_cannot_change() -> None:
    comment = replace(NOTE, number="4")
    assert only(row(of=comment), known=[comment]).verdict == Verdict.UNCHANGED
    assert only(row(of=comment, text="Other"), known=[comment]).words == (
        "not understood: it was already submitted, as comment 4, and cannot change any more"
    )


def test_a_note_that_was_removed_meanwhile_does_not_come_back_by_itself() -> None:
    assert "this note was removed in the portal" in only(row(of=NOTE)).words


def test_a_mark_of_another_agency_is_none() -> None:
    outcome = only(row(id=row_mark(11, DLR + 1)), known=[NOTE])
    assert (outcome.verdict, outcome.comment) == (Verdict.ADDED, None)


def test_a_copied_row_is_added_and_the_first_stays() -> None:
    first, copy = told(row(10, of=NOTE), row(11, of=NOTE, text="And another."), known=[NOTE])
    assert (first.verdict, copy.verdict, copy.comment) == (Verdict.UNCHANGED, Verdict.ADDED, None)


def test_of_two_changed_rows_with_one_mark_the_one_most_alike_is_the_comment() -> None:
    far, near = told(
        row(10, of=NOTE, text="Something else entirely here"), row(11, of=NOTE, text="Which scales??"),
        known=[NOTE],
    )  # fmt: skip
    assert (far.verdict, near.verdict, near.comment) == (Verdict.ADDED, Verdict.UPDATED, 11)


def test_a_row_that_repeats_another_is_left_out() -> None:
    first, second = told(row(10), row(11))
    assert first.verdict == Verdict.ADDED
    assert second.words == "not understood: it says the same as row 10"


def test_a_row_without_a_mark_that_says_what_a_note_says_is_that_note() -> None:
    assert only(row(of=NOTE, id=""), known=[NOTE]).verdict == Verdict.UNCHANGED


def test_rows_whose_marks_were_mixed_up_by_sorting_keep_to_their_words() -> None:
    other = replace(NOTE, pk=12, key=KEY["3"], text="Which list?", from_text="a list", to_text="one list")
    mixed = [row(10, of=NOTE, id=row_mark(12, DLR)), row(11, of=other, id=row_mark(11, DLR))]
    outcomes = told(*mixed, known=[NOTE, other])
    assert [(each.verdict, each.comment) for each in outcomes] == [
        (Verdict.UNCHANGED, 11),
        (Verdict.UNCHANGED, 12),
    ]


def test_a_column_that_is_gone_leaves_what_the_note_said() -> None:
    cells = {name: words for name, words in row(of=NOTE).cells.items() if name not in ("kind", "reason")}
    assert only(Row(10, cells), known=[NOTE]).verdict == Verdict.UNCHANGED


def test_a_note_of_an_earlier_consultation_is_added_once() -> None:
    earlier = replace(NOTE, earlier=True)
    assert only(row(of=earlier), known=[earlier]).verdict == Verdict.ADDED
    again = replace(NOTE, pk=20)
    assert only(row(of=earlier), known=[earlier, again]).verdict == Verdict.UNCHANGED


@pytest.mark.parametrize(
    "cell",
    ["2.1", " 2.1 ", "paragraph 2.1", "Para. 2.1", "§ 2.1", "Absatz 2.1", "(2.1)", "2.1.", "no. 2.1", "p7"],
)
def test_a_place_may_be_written_in_many_ways(cell: str) -> None:
    assert locate(cell, "", SAME, certain=True).number == "2.1"


def test_a_table_is_found_by_its_number_and_not_taken_for_a_paragraph() -> None:
    texts = keyed(TEXT + "\n| a | b |\n|---|---|\n| c | d |\n")
    both = Texts(texts, texts)
    assert locate("Table 1", "", both, certain=True).number == "T1"
    assert locate("1", "", both, certain=True).number == "1"


@pytest.mark.parametrize(
    ("words", "meant"), [("te", "technical"), ("Redaktionell", "editorial"), ("GE", "general"), ("x", None)]
)
def test_kinds_are_known_by_word_and_code(words: str, meant: str | None) -> None:
    assert kind(words) == meant


@pytest.mark.parametrize(
    "headers",
    [
        ["MB/NC", "Line number", "Type of comment", "Comments", "Proposed change"],
        ["Mitglied", "Absatz", "Art des Kommentars", "Kommentar", "Vorgeschlagene Änderung"],
        [" member:", "PARAGRAPH", "Kind of comments", "Coment", "proposed  change: to"],
    ],
)
def test_headers_are_known_in_other_words(headers: list[str]) -> None:
    assert header_row(headers) == {
        Column.MEMBER: 0,
        Column.PLACE: 1,
        Column.KIND: 2,
        Column.COMMENT: 3,
        Column.TO: 4,
    }


def test_the_sheet_of_text_beside_it_is_not_taken_for_comments() -> None:
    assert Column.COMMENT not in header_row(["Paragraph", "Text"])


def test_marks_that_were_changed_are_none() -> None:
    mark = SheetMark("2026-03", 7, 2, DLR)
    assert sheet_mark(f"x {mark} y") == mark
    assert sheet_mark(str(mark).replace("/2/", "/3/")) is None
    assert marked(row_mark(11, DLR), DLR) == 11
    assert marked(row_mark(11, DLR).replace("c11", "c12"), DLR) is None


def test_counts_are_told_in_words() -> None:
    outcomes = told(row(10), row(11, text="More"), row(12, place="99"), row(13, of=NOTE), known=[NOTE])
    assert counts(outcomes) == ["2 rows are added", "1 row is unchanged", "1 row is not understood"]


ROWS: st.SearchStrategy[list[dict[str, Any]]] = st.lists(
    st.builds(
        dict,
        place=st.sampled_from(["1", "2", "2.1", "3", "a", "general", "99", ""]),
        kind=st.sampled_from(["technical", "ed", "allgemein", "odd", ""]),
        text=st.sampled_from(["One.", "Two.", "Which scales?", ""]),
        from_text=st.sampled_from(["", "name the scale", "share a list of the events they plan"]),
        to_text=st.sampled_from(["", "name the time scale"]),
        reason=st.sampled_from(["", "Clearer."]),
        id=st.sampled_from(["", row_mark(11, DLR), row_mark(12, DLR), row_mark(99, DLR), "c11-000000000000"]),
    ),
    max_size=6,
)
OTHER = replace(NOTE, pk=12, key=KEY["3"], text="Two.", from_text="", to_text="", reason="", number="1")


def gist(outcome: Outcome) -> tuple[Any, ...]:
    """A verdict without the numbers of rows, which change when rows are put in another order."""
    about = "" if "row" in outcome.why else outcome.about
    cells = tuple(sorted(outcome.cells.items()))
    return outcome.verdict, outcome.comment or 0, outcome.key, outcome.why, about, cells


@given(cells=ROWS, order=st.randoms(use_true_random=False))
def test_the_order_of_rows_makes_no_difference(cells: list[dict[str, Any]], order: Any) -> None:
    shuffled = list(cells)
    order.shuffle(shuffled)
    known = [NOTE, OTHER]
    results = [
        told(*(row(at, **each) for at, each in enumerate(rows, 10)), known=known, texts=LATER)
        for rows in (cells, shuffled)
    ]
    one, other = ([gist(each) for each in result] for result in results)
    assert sorted(one) == sorted(other)


@given(
    order=st.permutations(list(Column)), left_out=st.sets(st.sampled_from([Column.OBSERVATIONS, Column.ID]))
)
def test_the_order_of_columns_makes_no_difference(order: list[Column], left_out: set[Column]) -> None:
    kept = [column for column in order if column not in left_out]
    found = header_row(str(HEADERS[column]) for column in kept)
    assert found == {column: at for at, column in enumerate(kept)}


@given(cells=ROWS)
def test_what_was_taken_over_is_unchanged_the_next_time(cells: list[dict[str, Any]]) -> None:
    rows = [row(at, **{**each, "id": ""}) for at, each in enumerate(cells, 10)]
    first = told(*rows)
    names = ("key", "kind", "text", "from_text", "to_text", "reason")
    taken = [
        Known(100 + each.row, **{name: getattr(each, name) for name in names})
        for each in first
        if each.verdict == Verdict.ADDED
    ]
    assert not any(each.changes for each in told(*rows, known=taken))
