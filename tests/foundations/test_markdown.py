"""What people write in Markdown becomes a safe subset of HTML, for pages and for the PDF alike."""

import pytest

from isecg.markdown import printable, render


def test_words_lists_and_tables_are_kept() -> None:
    page = render(
        "# Moon\n\n*very* **near**\n\n- one\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[web](https://example.org/)"
    )
    assert "<em>very</em> <strong>near</strong>" in page
    assert "<li>one</li>" in page
    assert "<td>1</td>" in page
    assert '<a href="https://example.org/" rel="noopener noreferrer">web</a>' in page


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("<script>alert(1)</script>", "<script"),
        ('<b onclick="alert(1)">x</b>', "<b "),
        ("[x](javascript:alert(1))", 'href="javascript'),
        ("[x](data:text/html,x)", 'href="data'),
        ("[x](file:///etc/passwd)", 'href="file'),
        ("![x](https://example.org/x.png)", "<img"),
        ("![x](file:///etc/passwd)", "<img"),
        ('<td colspan="1000">', "<td"),
        ('<iframe src="https://example.org/">', "<iframe"),
        ("<style>*{display:none}</style>", "<style"),
    ],
)
def test_what_runs_loads_or_styles_is_gone(text: str, gone: str) -> None:
    assert gone not in render(text)


@pytest.mark.parametrize("odd", ["\x00", "\x1b", "\x7f", "\x85", "\ud800", "\u202e", "\u2066", "\u2069"])
def test_characters_that_nobody_sees_are_gone(odd: str) -> None:
    assert printable(f"a{odd}b\n\tc") == "ab\n\tc"
    assert render(f"a{odd}b") == "<p>ab</p>\n"


def test_letters_of_every_script_are_kept() -> None:
    assert printable("Ž ñ 宇宙 مرحبا 👩‍🚀") == "Ž ñ 宇宙 مرحبا 👩‍🚀"
