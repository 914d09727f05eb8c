"""People at browsers."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browsing import (  # noqa: F401  (fixtures)
    PATIENCE,
    browser_type_launch_args,
    hear,
    keys,
    page_of,
    portal,
    sign_in,
)
from tests.live import Live


class Walker:
    """A person at a browser. Everything the console says is kept, and must be nothing in the end."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        context.set_default_timeout(PATIENCE)
        self.page: Page = context.new_page()
        self.said: list[str] = []
        self.page.on("console", lambda message: hear(message, self.said))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def go(self, path: str) -> Page:
        self.page.goto(path)
        return self.page

    def press(self, words: str, role: Any = "button") -> None:
        """The first thing of that name that can be pressed."""
        self.page.get_by_role(role, name=words).first.click()

    def sign_out(self) -> None:
        self.go("/accounts/logout/")
        self.page.locator("main").get_by_role("button").first.click()
        self.page.wait_for_url("**/")


@pytest.fixture
def walk(portal: Live, browser: Browser) -> Iterator[Callable[..., Walker]]:  # noqa: F811
    """`walk()` is a stranger, `walk("Secretariat, editor")` that account; options as of a browser context."""
    walkers: list[Walker] = []

    def start(account: str = "", **options: Any) -> Walker:
        walker = Walker(browser.new_context(base_url=portal.portal.url, **options))
        walkers.append(walker)
        if account:
            sign_in(walker.page, account)
        return walker

    yield start
    for walker in walkers:
        walker.context.close()
    assert [line for walker in walkers for line in walker.said] == []
