"""What a text's paragraphs are, and what became of them from one revision to the next."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from recommendations import lineage
from recommendations.lineage import Change, Keyed, Part, Row, keys
from recommendations.lineage.likeness import alike
from recommendations.models import Role

REVISIONS = sorted((Path(__file__).parent / "revisions").glob("*.toml"))
NAMES = [path.stem for path in REVISIONS]


def numbers(text: str) -> list[str]:
    return [part.number for part in lineage.parse(text)]


def keyed(text: str, old: list[Keyed], earlier: list[Keyed]) -> tuple[list[Keyed], tuple[Row, ...]]:
    parts = lineage.parse(text)
    aligned = lineage.align(old, parts, retired=earlier)
    rows = [
        Keyed(part.role, part.level, part.number, part.text, key=key)
        for part, key in zip(parts, aligned.keys, strict=True)
    ]
    return rows, aligned.rows


def place(part: Part) -> str:
    """What the hand-written answers call a paragraph: its number, "title", or a heading's first word."""
    return part.number or ("title" if part.role == Role.TITLE else part.text.split()[0])


def written(row: Row, old: list[Keyed], new: list[Keyed]) -> str:
    """A row as the hand-written answers have it; "~" where words differ."""
    places = [{part.key: place(part) for part in text} for text in (old, new)]
    texts = [{part.key: part.text for part in text} for text in (old, new)]
    olds, news = ([places[side][key] for key in keys] for side, keys in enumerate((row.old, row.new)))
    single = len(olds) == len(news) == 1
    same = not single or texts[0][row.old[0]] == texts[1][row.new[0]]
    sides = [" ".join(side) for side in (olds, news) if side]
    return f"{row.change} " + (" = " if same else " ~ ").join(sides)


class Case:
    """A file of revisions: their paragraphs with keys, and the rows between neighbours."""

    def __init__(self, path: Path) -> None:
        self.answers: list[dict[str, Any]] = tomllib.loads(path.read_text())["revision"]
        self.texts: list[list[Keyed]] = []
        self.rows: list[tuple[Row, ...]] = []
        for each in self.answers:
            earlier = [part for text in reversed(self.texts[:-1]) for part in text]
            text, rows = keyed(each["text"], self.texts[-1] if self.texts else [], earlier)
            self.texts.append(text)
            self.rows.append(rows)

    def key(self, revision: int, where: str) -> str:
        return next(part.key for part in self.texts[revision] if place(part) == where)


@pytest.mark.parametrize("path", REVISIONS, ids=NAMES)
def test_concordance_of_real_looking_revisions(path: Path) -> None:
    case = Case(path)
    for at, answer in enumerate(case.answers[1:], start=1):
        found = [written(row, case.texts[at - 1], case.texts[at]) for row in case.rows[at]]
        assert found == answer["concordance"]


@pytest.mark.parametrize("path", REVISIONS, ids=NAMES)
def test_going_back_to_the_first_revision_brings_its_keys_back(path: Path) -> None:
    case = Case(path)
    earlier = [part for text in reversed(case.texts[:-1]) for part in text]
    again, _rows = keyed(case.answers[0]["text"], case.texts[-1], earlier)
    assert [part.key for part in again] == [part.key for part in case.texts[0]]


def test_the_larger_piece_of_a_split_keeps_the_key() -> None:
    case = Case(REVISIONS[NAMES.index("samples_split")])
    assert case.key(0, "1") == case.key(1, "2") != case.key(1, "1")


def test_a_returned_paragraph_has_its_first_key_and_the_one_between_did_not_take_it() -> None:
    case = Case(REVISIONS[NAMES.index("crew_returned")])
    assert case.key(0, "2") == case.key(2, "3")
    assert case.key(1, "3") == case.key(2, "4") == "p6"


def test_rows_between_revisions_that_are_no_neighbours_follow_the_keys() -> None:
    case = Case(REVISIONS[NAMES.index("crew_returned")])
    first, last = case.texts[0], case.texts[2]
    found = [written(row, first, last) for row in lineage.between(first, last)]
    assert found == ["kept title = title", "kept a = a", "kept 1 = 1", "moved 3 = 2", "kept 2 = 3", "added 4"]


def test_preamble_is_lettered_operative_counted_and_titles_have_no_number() -> None:
    text = (
        "# T\n\nOne,\n\ntwo,\n\n## Do\n\n7. first\n\n## And\n\n1. second\n   1. inner\n      1. innermost\n"
    )
    assert numbers(text) == ["", "a", "b", "", "1", "", "2", "2.1", "2.1.1"]


def test_bullets_belong_to_the_paragraph_above() -> None:
    text = "Recalling:\n\n- this,\n- that,\n\n1. do:\n   - a\n   - b\n     - c\n\nPlain.\n\n- d"
    assert numbers(text) == ["a", "a(i)", "a(ii)", "1", "1(i)", "1(ii)", "1(ii)(i)", "¶1", "¶1(i)"]


def test_further_paragraphs_of_an_item_are_counted_in_it() -> None:
    assert numbers("1. one\n\n   more\n\n   and more\n2. two") == ["1", "1¶2", "1¶3", "2"]


def test_a_list_counts_on_however_it_is_interrupted() -> None:
    assert numbers("1. one\n\nBetween.\n\n1. two\n\n- bullet\n\n1. three") == ["1", "¶1", "2", "2(i)", "3"]


def test_annexes_have_letters_and_end_with_a_heading_as_high() -> None:
    text = (
        "1. one\n\n## Annex\n\nWords.\n\n1. item\n   1. inner\n\n### Part\n\nMore.\n\n## Annex on maps\n\nX."
    )
    text += "\n\n## Sources\n\nY."
    assert numbers(text) == ["1", "A", "A.1", "A.2", "A.2.1", "", "A.3", "B", "B.1", "", "¶1"]


def test_the_27th_letter_is_aa() -> None:
    assert numbers("\n\n".join("word" for _ in range(28)))[25:] == ["z", "aa", "ab"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Words that\nare wrapped.", "Words that are\nwrapped."),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "|a|b|\n|-|-|\n|1   |2|"),
        ("1. one\n2. two", "1. one\n1. two"),
        ("- one\n- two", "* one\n* two"),
        ("Title\n=====", "# Title #"),
    ],
)
def test_spelling_of_markdown_is_no_part_of_a_text(one: str, other: str) -> None:
    assert lineage.parse(one) == lineage.parse(other)


def test_a_line_break_that_is_meant_stays() -> None:
    assert [part.text for part in lineage.parse("One  \ntwo\\\nthree\nfour")] == ["One\\\ntwo\\\nthree four"]


def test_a_bar_in_a_cell_stays_a_bar() -> None:
    [table] = lineage.parse("| a |\n|:-:|\n| 1 \\| 2 |")
    assert table.text == "| a |\n| :---: |\n| 1 \\| 2 |"


def test_a_link_defined_apart_is_shown_as_it_stands() -> None:
    assert [part.text for part in lineage.parse("See [it][1].\n\n[1]: https://example.org")] == [
        "See [it][1].",
        "[1]: https://example.org",
    ]


def test_paragraphs_know_their_lines() -> None:
    assert [part.lines for part in lineage.parse("# T\n\nOne\ntwo.\n\n1. item\n")] == [(0, 1), (2, 4), (5, 6)]


def test_lists_seven_deep_are_refused_with_their_line() -> None:
    deep = "\n".join("   " * depth + "- x" for depth in range(7))
    with pytest.raises(lineage.TooDeep) as refused:
        lineage.parse(deep)
    assert refused.value.line == 7


def test_quotations_a_thousand_deep_are_refused() -> None:
    with pytest.raises(lineage.TooDeep):
        lineage.parse("One.\n\n" + ">" * 1000 + " words")


def test_another_place_needs_more_likeness_than_the_same_place() -> None:
    """Half of the words stayed: in its place it is the same paragraph, elsewhere it is another."""
    old = lineage.parse("1. one two three four\n2. alpha beta gamma delta\n3. north south east west")
    first = [Keyed(part.role, 1, part.number, part.text, key=f"p{part.number}") for part in old]
    here = lineage.parse("1. one two other words\n2. alpha beta gamma delta\n3. north south east west")
    there = lineage.parse("1. alpha beta gamma delta\n2. north south east west\n3. one two other words")
    assert lineage.align(first, here).keys == ("p1", "p2", "p3")
    assert lineage.align(first, there).keys == ("p2", "p3", "p4")


def test_a_heading_is_never_taken_for_a_paragraph_that_is_merely_like_it() -> None:
    first = [Keyed(Role.HEADING, 2, "", "Exchange of samples now", key="p1")]
    assert lineage.align(first, [Part(Role.OPERATIVE, 1, "1", "Exchange of samples later")]).keys == ("p2",)


def test_comparisons_are_few_where_little_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what has no equal is compared: twenty changes among five hundred paragraphs, not 500 x 500."""
    counted = []

    def counting(one: str, others: dict[int, str], least: float) -> list[tuple[float, int]]:
        counted.append(len(others))
        return alike(one, others, least)

    monkeypatch.setattr(keys, "alike", counting)
    texts = [f"Paragraph {at} speaks of topic {at * 7} and of {at * 13}." for at in range(500)]
    old = [Keyed(Role.OPERATIVE, 1, "", text, key=f"p{at + 1}") for at, text in enumerate(texts)]
    new = [Part(Role.OPERATIVE, 1, "", text + " More." * (at % 25 == 0)) for at, text in enumerate(texts)]
    assert lineage.align(old, new).keys == tuple(part.key for part in old)
    assert sum(counted) == 20 * 20


def test_rows_say_how_much_stayed_the_same() -> None:
    old = [Keyed(Role.OPERATIVE, 1, "1", "one two three four", key="p1")]
    [row] = lineage.align(old, [Part(Role.OPERATIVE, 1, "1", "one two three five")]).rows
    assert row == Row(Change.CHANGED, ("p1",), ("p1",), 0.75)
