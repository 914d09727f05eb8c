"""axe finds nothing on any page, in both languages and both colour schemes; nothing is wider than a phone."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browsing import hear
from tests.screenshots.pages import PAGES, Shown

PHONE: Any = {"width": 390, "height": 844}
AXE = Axe().axe_script
# What can come out otherwise in the dark, where nothing but colours changes (tests/pages/test_colours.py).
OF_COLOUR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}


@pytest.mark.parametrize("language", ["", "/de"], ids=["en", "de"])
@pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.name)
def test_page_is_accessible(
    shown: Shown, language: str, page_of: Callable[[str], Page], keys: dict[str, Any]
) -> None:
    page = page_of(shown.who)
    page.set_viewport_size(PHONE)
    page.goto("about:blank")  # what the console still says about the page before is not this page's
    said: list[str] = []
    page.on("console", lambda message: hear(message, said))
    page.goto(language + shown.path.format(**keys))
    assert page.evaluate("document.documentElement.lang") == (language[1:] or "en")
    assert said == []  # asked before axe, whose own styles the content policy refuses
    page.evaluate(AXE)
    assert violations(page, "light") == []
    assert violations(page, "dark", runOnly=OF_COLOUR) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def violations(page: Page, scheme: Any, **rules: Any) -> list[str]:
    """What axe says of the page in this colour scheme, with the first place."""
    page.emulate_media(color_scheme=scheme)
    options = {"resultTypes": ["violations"], **rules}
    found = page.evaluate("options => axe.run(options).then(found => found.violations)", options)
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]
