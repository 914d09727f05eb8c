"""A picture goes where it leaves no hole at the foot of a page."""

import pytest

from reports.pdf.chapters.flow import LEAST, LINES, Flow, long

LINE = "word " * 14  # 70 letters: a line of the column


def paragraph(lines: int) -> str:
    return f"<p>{LINE * lines}</p>"


@pytest.fixture
def flow() -> Flow:
    return Flow("a4", at=10)


def test_a_picture_stands_behind_the_first_paragraph_where_it_has_room(flow: Flow) -> None:
    assert flow.picture([paragraph(5), paragraph(5)], 20, 1) == (1, 20)
    assert flow.at == 10 + 5 + 21 + 5


def test_without_room_there_it_stands_under_the_heading(flow: Flow) -> None:
    assert flow.picture([paragraph(20), paragraph(5)], 20, 1) == (0, 20)


def test_without_room_on_the_page_the_text_goes_on_and_it_stands_on_the_next(flow: Flow) -> None:
    flow.at = 38
    behind, lines = flow.picture([paragraph(5), paragraph(5), paragraph(5)], 20, 1)
    assert (behind, lines) == (2, 20)
    assert flow.at < LINES["a4"]


def test_it_is_cut_a_little_rather_than_moved(flow: Flow) -> None:
    flow.at = 22
    behind, lines = flow.picture([paragraph(2), paragraph(9)], 21, 1)
    assert behind == 1
    assert LEAST * 21 <= lines < 21


def test_links_stay_with_a_picture_that_is_last(flow: Flow) -> None:
    flow.at = 20
    assert flow.picture([paragraph(2)], 21, 1, links=True) == (1, 19)
    flow.at = 20
    assert flow.picture([paragraph(2), paragraph(2)], 21, 1, links=True) == (1, 21)


def test_notes_at_the_foot_take_their_room(flow: Flow) -> None:
    free = flow.room
    flow.note("A source of one line")
    flow.note("Another, " + LINE * 2)
    assert flow.room == free - 3 - 2


def test_what_stands_alone_on_its_page_is_trimmed_to_it_but_not_by_much(flow: Flow) -> None:
    assert flow.trimmed(20, 17) == 17
    assert flow.trimmed(20, 10) == 20
    assert flow.trimmed(20, 30) == 20


def test_lists_and_notes_are_counted_as_they_stand() -> None:
    assert long(f"{paragraph(3)}<ul><li>One</li><li>{LINE * 2}</li></ul>") == 3 + 1 + 2 + 1
    assert long('<p>A word.<span class="footnote">Source: a paper, which stands at the foot.</span></p>') == 1
