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
numbers = itertools.count(1)


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
def test_highlight_is_changed_rendered_published_and_read(
    walk: Callable[..., Walker], javascript: bool
) -> None:
    words = f"Seen by a test, time {next(numbers)}"
    editor = walk(EDITOR, java_script_enabled=javascript)
    change_first_highlight(editor, words)
    number = render(editor)
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


def render(editor: Walker) -> int:
    """Presses Render, watches the progress, and returns the number of the edition that came of it."""
    page = editor.go("/reports/2025/workshop/")
    before = editions(page)
    editor.press("Render")
    for _ in range(60):
        if editions(page) > before:
            break
        page.wait_for_timeout(1000)
        page.reload()
    expect(page.locator("#rendering")).to_contain_text("Ready", timeout=A_RENDERING_TAKES)
    assert editions(page) == before + 1
    return before + 1


def editions(page: Page) -> int:
    return page.locator("#editions tbody tr").count()


def publish(editor: Walker, number: int) -> None:
    page = editor.go("/reports/2025/workshop/")
    page.locator("#editions tbody tr").first.get_by_role("link", name="Publish").click()
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
