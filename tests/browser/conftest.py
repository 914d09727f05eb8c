"""A real portal and a real browser. All these tests run on one worker, so that one portal is enough."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.live import Live, live


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with live(tmp_path_factory.mktemp("portal")) as running:
        yield running


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, which finds no network and needs none."""
    return {
        **browser_type_launch_args,
        "executable_path": "/usr/bin/chromium",
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
        ],
    }


class Walker:
    """A person at a browser. Everything the console says is kept, and must be nothing in the end."""

    def __init__(self, portal: Live, context: BrowserContext) -> None:
        self.portal = portal
        self.context = context
        self.page: Page = context.new_page()
        self.said: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        # The browser itself remarks on every answer that is not 2xx; those pages are meant.
        if "Failed to load resource: the server responded with a status of 4" not in message.text:
            self.said.append(message.text)

    def go(self, path: str) -> Page:
        self.page.goto(self.portal.portal.url + path)
        return self.page

    def sign_in(self, account: str) -> Page:
        """One button on the demonstration's page."""
        self.go("/demo/")
        self.page.get_by_role("button", name=account).click()
        return self.page


@pytest.fixture
def walk(portal: Live, browser: Browser) -> Iterator[Callable[..., Walker]]:
    """`walk()` is a stranger, `walk("Secretariat, editor")` that account; options as of a browser context."""
    walkers: list[Walker] = []

    def start(account: str = "", **options: Any) -> Walker:
        walker = Walker(portal, browser.new_context(**options))
        walkers.append(walker)
        if account:
            walker.sign_in(account)
        return walker

    yield start
    for walker in walkers:
        walker.context.close()
    assert [line for walker in walkers for line in walker.said] == []
