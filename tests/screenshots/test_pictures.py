"""Pictures of every page into .screenshots/, to be looked at. What a machine can see is checked on the way:
the status, nothing wider than the window, and a silent console."""

from typing import Any

import pytest
from playwright.sync_api import Page

from isecg import ROOT
from tests.browsing import hear
from tests.screenshots.pages import PAGES, Shown

FOLDER = ROOT / ".screenshots"
WIDTHS = (1280, 390)
SCHEMES = ("light", "dark")
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.name)
def test_page_is_shown(shown: Shown, language: str, page_of: Any, keys: dict[str, Any]) -> None:
    page: Page = page_of(shown.who)
    said: list[str] = []
    page.on("console", lambda message: hear(message, said))
    path = shown.path.format(**keys)
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    response = page.goto(path if language == "en" else "/de" + path)
    assert response is not None
    assert response.status == shown.status
    too_wide = {width: picture(page, f"{shown.name}-{language}", width) for width in WIDTHS}
    assert too_wide == dict.fromkeys(WIDTHS, 0)
    assert said == []


def picture(page: Page, name: str, width: int) -> int:
    """Writes the pictures of both schemes at this width; returns by how many pixels the page is too wide."""
    page.set_viewport_size({"width": width, "height": 900})
    for picture in page.locator("img[loading=lazy]").all():
        picture.scroll_into_view_if_needed()
    for scheme in SCHEMES:
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        FOLDER.mkdir(exist_ok=True)
        page.screenshot(path=FOLDER / f"{name}-{width}-{scheme}.png", full_page=True)
    return int(page.evaluate(TOO_WIDE))
