"""The first whole pass: a highlight is changed, the report rendered by a worker, published, and read."""

import io
import itertools
from collections.abc import Callable
from typing import Any

import pypdf
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Walker

EDITOR = "Secretariat, editor"
A_RENDERING_TAKES = 60_000  # milliseconds at most, on a machine that is busy with other tests
EDITIONS = "#editions tbody tr"
numbers = itertools.count(1)


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
def test_highlight_is_changed_rendered_published_and_read(
    walk: Callable[..., Walker], javascript: bool
) -> None:
    words = f"Seen by a test, time {next(numbers)}"
    editor = walk(EDITOR, java_script_enabled=javascript)
    change_first_highlight(editor, words)
    number = render(editor, javascript=javascript)
    publish(editor, number)
    editor.sign_out()
    expect(editor.page.get_by_role("link", name="Sign in").first).to_be_visible()
    assert words in text_of(download(walk(java_script_enabled=javascript)))


def change_first_highlight(editor: Walker, words: str) -> None:
    page = editor.go("/reports/")
    page.get_by_role("link", name="Annual report 2025").first.click()
    page.get_by_role("link", name="workshop").first.click()
    page.locator("#highlights").get_by_role("link", name="Edit").first.click()
    page.get_by_label("Title").fill(words)
    editor.press("Save")
    expect(page.get_by_role("status").first).to_contain_text("Saved")


def render(editor: Walker, *, javascript: bool) -> int:
    """Presses Render, watches the progress, and returns the number of the edition that came of it.

    With JavaScript the page follows by itself; without, the person looks again.
    """
    page = editor.go("/reports/2025/workshop/")
    before = editions(page)
    editor.press("Render")
    if javascript:
        expect(page.locator(EDITIONS)).to_have_count(before + 1, timeout=A_RENDERING_TAKES)
    else:
        look_again(page, until=before + 1)
    expect(page.locator("#rendering")).to_contain_text("Ready")
    assert editions(page) == before + 1
    return before + 1


def look_again(page: Page, *, until: int) -> None:
    for _ in range(A_RENDERING_TAKES // 1000):
        if editions(page) >= until:
            return
        page.wait_for_timeout(1000)
        page.reload()


def editions(page: Page) -> int:
    return page.locator(EDITIONS).count()


def publish(editor: Walker, number: int) -> None:
    page = editor.go("/reports/2025/workshop/")
    page.locator(EDITIONS).first.get_by_role("link", name="Publish").click()
    page.get_by_label("What changed").fill("A title was corrected.")
    editor.press("Publish")
    page.wait_for_url("**/reports/2025/")
    expect(page.locator("main")).to_contain_text(f"edition {number}")


def download(stranger: Walker) -> bytes:
    page = stranger.go("/reports/2025/")
    with page.expect_download() as under_way:
        page.get_by_role("link", name="Download the PDF").first.click()
    return under_way.value.path().read_bytes()


def text_of(pdf: bytes) -> str:
    """The words of all pages, lines joined."""
    pages: Any = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)
