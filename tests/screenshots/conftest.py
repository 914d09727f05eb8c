"""A real portal with the demonstration's data, one browser, one context per account."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.live import Live, live


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with live(tmp_path_factory.mktemp("portal")) as running:
        yield running


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_type_launch_args,
        "executable_path": "/usr/bin/chromium",
        "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    }


@pytest.fixture(scope="session")
def page_of(portal: Live, browser: Browser) -> Iterator[Callable[[str], Page]]:
    """`page_of("")` is a stranger's page, `page_of("Secretariat, editor")` that account's; opened once."""
    pages: dict[str, Page] = {}

    def open_page(account: str) -> Page:
        if account not in pages:
            page = browser.new_context(base_url=portal.portal.url, reduced_motion="reduce").new_page()
            if account:
                page.goto("/demo/")
                page.get_by_role("button", name=account).click()
            pages[account] = page
        return pages[account]

    yield open_page
    for page in pages.values():
        page.context.close()
