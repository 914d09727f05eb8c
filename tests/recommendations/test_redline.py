"""Two texts as one: words, moves, formatting, tables."""

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from recommendations import lineage, redline
from recommendations.lineage import Change, Keyed
from recommendations.redline import Block, Op
from recommendations.redline.words import words


def marked(old: str, new: str) -> str:
    """The runs in one line: [-deleted-], {+inserted+}, <formatted>."""
    signs = {
        Op.SAME: "{}",
        Op.DELETED: "[-{}-]",
        Op.INSERTED: "{{+{}+}}",
        Op.FORMATTED: "<{}>",
    }
    return " ".join(signs[run.op].format(run.text.strip()) for run in redline.compare(old, new))


def blocks(old: str, new: str) -> list[Block]:
    before = lineage.parse(old)
    first = [
        Keyed(part.role, part.level, part.number, part.text, key=key)
        for part, key in zip(before, lineage.align([], before).keys, strict=True)
    ]
    after = lineage.parse(new)
    aligned = lineage.align(first, after)
    second = [
        Keyed(part.role, part.level, part.number, part.text, key=key)
        for part, key in zip(after, aligned.keys, strict=True)
    ]
    return redline.redline(first, second, aligned.rows)


def page(old: str, new: str) -> str:
    return " ".join(
        render_to_string("recommendations/redline_blocks.html", {"blocks": blocks(old, new)}).split()
    )


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("Share all data.", "Share data.", "Share [-all-] data."),
        ("Test seals.", "Test every seal.", "Test [-seals-] {+every seal+} ."),
        ("within 12 months", "within 18 months", "within [-12-] {+18+} months"),
        ("2.5 m", "2.6 m", "[-2.5-] {+2.6+} m"),
        ("One. Two.", "One. And more. Two.", "One. {+And more.+} Two."),
        ("One. And more. Two.", "One. Two.", "One. [-And more.-] Two."),
        ("Tell us. Tell crews.", "Tell us. Tell all. Tell crews.", "Tell us. {+Tell all.+} Tell crews."),
        ("Test hatches. Test seals.", "Test seals.", "[-Test hatches.-] Test seals."),
        ("a, c", "a, b, c", "a, {+b,+} c"),
        ("", "All new.", "{+All new.+}"),
        ("All gone.", "", "[-All gone.-]"),
        ("the same", "the same", "the same"),
        ("Größe", "Grösse", "[-Größe-] {+Grösse+}"),
    ],
)
def test_compare_marks_whole_words(old: str, new: str, shown: str) -> None:
    assert marked(old, new) == shown


def test_compare_reads_a_short_stretch_between_larger_changes_as_changed() -> None:
    old, new = "The agencies shall publish results", "Every partner shall exchange measurements"
    assert marked(old, new) == f"[-{old}-] {{+{new}+}}"


def test_compare_keeps_a_long_stretch_between_changes() -> None:
    old = "Crews practise hatch opening in common training before flight."
    new = "Teams practise hatch opening in common sessions before flight."
    assert "practise hatch opening in common" in [run.text.strip() for run in redline.compare(old, new)]


def test_formatting_alone_is_no_change_of_the_text() -> None:
    assert marked("Stop at once.", "**Stop** at [once](https://example.org).") == "<Stop> at <once> ."


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("Stop now", "**Stop** now", "bold"),
        ("*Stop* now", "Stop now", "italic"),
        ("Stop now", "`Stop` now", "code"),
        ("Stop now", "[Stop](https://example.org) now", "link"),
        ("[Stop](https://a.example) now", "[Stop](https://b.example) now", "link"),
    ],
)
def test_formatting_says_what_has_changed(old: str, new: str, name: str) -> None:
    [formatted] = [run for run in redline.compare(old, new) if run.op == Op.FORMATTED]
    assert list(map(str, formatted.formatting)) == [name]


def test_a_new_word_that_is_bold_is_inserted() -> None:
    assert marked("Stop now", "Stop **right** now") == "Stop {+right+} now"
    [run] = [run for run in redline.compare("Stop now", "Stop **right** now") if run.op == Op.INSERTED]
    assert (run.html, run.tail) == ("<strong>right</strong>", " ")


MARKED = "a b c . , **d** *e* `f` [g](https://x.example) 2.5"
SENTENCES = st.lists(st.sampled_from(MARKED.split()), max_size=25)


@given(SENTENCES.map(" ".join), SENTENCES.map(" ".join))
def test_applying_the_runs_gives_both_texts_back(old: str, new: str) -> None:
    runs = redline.compare(old, new)
    before = [word for run in runs if run.op != Op.INSERTED for word in (run.before or run.words)]
    after = [word for run in runs if run.op != Op.DELETED for word in run.words]
    assert [(word.text, word.marks) for word in before] == [(word.text, word.marks) for word in words(old)]
    assert after == words(new)


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_two_texts_can_be_compared(old: str, new: str) -> None:
    runs = redline.compare(old, new)
    assert "".join(run.text for run in runs if run.op != Op.DELETED) == "".join(
        word.text + word.space for word in words(new)
    )


def test_a_script_in_the_text_is_words() -> None:
    [run] = redline.compare("", "<script>alert(1)</script> [x](javascript:alert) [y](file:///etc/passwd)")
    assert "<script" not in run.html
    assert "href" not in run.html


def test_links_to_places_of_no_website_are_words() -> None:
    [run] = redline.compare("", "[a](ftp://example.org) [c](https://example.org)")
    assert run.html.count("href") == 1
    assert 'href="https://example.org"' in run.html


OLD = "# Seals\n\n1. Build seals of one kind.\n2. Test them in dust and cold.\n3. Write down what wears."


def test_a_moved_paragraph_is_shown_moved_and_says_where_from() -> None:
    new = "# Seals\n\n1. Write down what wears.\n2. Build seals of one kind.\n3. Test them in dust and cold."
    shown = blocks(OLD, new)
    assert [(block.change, block.number, block.was, block.away) for block in shown] == [
        (Change.KEPT, "", "", False),
        (Change.MOVED, "1", "3", False),
        (Change.KEPT, "2", "1", False),
        (Change.KEPT, "3", "2", False),
        (Change.MOVED, "1", "3", True),
    ]
    html = page(OLD, new)
    assert "Moved: was 3, is now 1" in html
    assert "3 stood here and is now 1" in html
    assert "<ins>" not in html
    assert "<del>" not in html


def test_a_moved_paragraph_shows_its_changed_words_too() -> None:
    new = "# Seals\n\n1. Write down all that wears.\n2. Build seals of one kind."
    moved = next(block for block in blocks(OLD, new) if block.change == Change.MOVED)
    assert [run.text.strip() for run in moved.runs if run.op == Op.INSERTED] == ["all that"]


def test_a_removed_paragraph_stands_where_it_stood() -> None:
    shown = blocks(OLD, "# Seals\n\n1. Build seals of one kind.\n2. Write down what wears.")
    assert [(block.change, block.number) for block in shown] == [
        (Change.KEPT, ""),
        (Change.KEPT, "1"),
        (Change.REMOVED, "2"),
        (Change.KEPT, "2"),
    ]


def test_a_split_shows_no_word_as_new_that_was_there() -> None:
    old = "1. Set aside a share of every sample for other laboratories, publish the list within a year."
    new = "1. Set aside a share of every sample for other laboratories.\n2. Publish the list within a year."
    shown = blocks(old, new)
    assert [block.change for block in shown] == [Change.SPLIT, Change.SPLIT]
    texts = [[run.text.strip() for run in block.runs if run.op == Op.INSERTED] for block in shown]
    assert texts == [["."], ["Publish"]]
    assert "1 was split into 1, 2" in page(old, new)


def test_a_merger_names_what_it_was_made_of() -> None:
    old = "1. Write lessons down within six months after landing.\n2. Send them to the shared list for all."
    new = "1. Write lessons down within six months after landing and send them to the shared list for all."
    [block] = blocks(old, new)
    assert (block.change, block.others) == (Change.MERGED, ("1", "2"))
    assert "Merged from 1, 2" in page(old, new)


TABLE = "| Quantity | From | To |\n|---|---|---|\n| Pressure | 56 | 102 |\n| Oxygen | 20 | 34 |"


def test_a_table_is_compared_line_by_line_and_cell_by_cell() -> None:
    [block] = blocks(TABLE, TABLE.replace("102", "103") + "\n| Humidity | 25 | 75 |")
    assert [(line.change, line.heading) for line in block.lines] == [
        (Change.KEPT, True),
        (Change.CHANGED, False),
        (Change.KEPT, False),
        (Change.ADDED, False),
    ]
    assert [[run.op for run in cell] for cell in block.lines[1].cells] == [
        [Op.SAME],
        [Op.SAME],
        [Op.DELETED, Op.INSERTED],
    ]


def test_a_table_with_another_column_is_shown_as_two() -> None:
    [block] = blocks(TABLE, "\n".join(f"{line} - |" for line in TABLE.splitlines()))
    assert {line.change for line in block.lines[:3]} == {Change.REMOVED}
    assert {line.change for line in block.lines[3:]} == {Change.ADDED}


def test_changes_are_heard_and_seen_without_colour() -> None:
    html = page("1. Share all data.", "1. Share open data.")
    assert '<del><span class="only-heard">deleted:&nbsp;</span>all' in html
    assert '<ins><span class="only-heard">inserted:&nbsp;</span>open' in html
    assert "end of deletion" in html
    assert "end of insertion" in html


def test_quotations_and_code_are_compared_as_words() -> None:
    assert marked("> Share\n> all data", "> Share\n> data") == "Share [-all-] data"
    assert marked("```\none two\n```", "```\none three\n```") == "one [-two-] {+three+}"


def test_a_hundred_times_the_same_word_is_compared_at_once() -> None:
    """Twenty thousand characters of one word against as many of another: no search by hand."""
    runs = redline.compare("moon " * 4000, "mars " * 4000)
    assert [run.op for run in runs] == [Op.DELETED, Op.INSERTED]


def test_no_text_is_said() -> None:
    assert "There is no text to compare." in page("", "")
