"""Fixtures of the tests that look at the real portal through a real browser."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.live import Live, live

PATIENCE = 120_000  # milliseconds; a page may take its time on a machine that is busy with other tests
expect.set_options(timeout=PATIENCE)

NUMBER = "SELECT number FROM recommendations_recommendation WHERE "
COMMENT = (
    "SELECT id FROM recommendations_comment WHERE submitted_at IS NOT NULL AND withdrawn_at IS NULL "
    "AND consultation_id IN (SELECT c.id FROM recommendations_consultation c "
    "JOIN recommendations_recommendation r ON r.id = c.recommendation_id WHERE r.title LIKE '%s%%') "
    "AND agency_id = (SELECT id FROM agencies_agency WHERE slug = 'dlr') %s ORDER BY id LIMIT 1"
)
VERDICT = "AND id IN (SELECT comment_id FROM recommendations_disposition %s)"
NOTE = COMMENT.replace("submitted_at IS NOT NULL", "submitted_at IS NULL")
ANSWER = (
    "SELECT a.id FROM recommendations_response a JOIN recommendations_recommendation r "
    "ON r.id = a.recommendation_id WHERE r.number = '2025-01' AND a.submitted_at IS NOT NULL "
    "AND a.released_at IS NULL ORDER BY a.day LIMIT 1"
)

KEYS = {
    "code": "SELECT code FROM reports_workitem ORDER BY code LIMIT 1",
    "term": "SELECT id FROM agencies_chairterm ORDER BY start DESC LIMIT 1",
    "mail": "SELECT id FROM mail_message ORDER BY id LIMIT 1",
    "person": "SELECT id FROM members_member WHERE name = 'DLR, head of delegation'",
    "highlight": "SELECT id FROM reports_highlight WHERE photograph_id IS NOT NULL ORDER BY id LIMIT 1",
    "rendering": "SELECT id FROM reports_rendering ORDER BY id DESC LIMIT 1",
    "edition": "SELECT code FROM reports_edition ORDER BY id DESC LIMIT 1",
    "goal": "SELECT id FROM reports_goal WHERE outcome = '' ORDER BY id LIMIT 1",
    # recommendations by what they are there for, and what belongs to them
    "issued": f"{NUMBER} title LIKE 'Archiving%'",
    "superseded": f"{NUMBER} state = 'superseded'",
    "drafted": f"{NUMBER} title LIKE 'Exchanging good%'",
    "asked": f"{NUMBER} title LIKE 'Communication%'",
    "over": f"{NUMBER} title LIKE 'Exchanging parts%'",
    "silent": f"{NUMBER} title LIKE 'Meetings%'",
    "objected": f"{NUMBER} title LIKE 'Flying%'",
    "agreed": f"{NUMBER} state = 'agreed'",
    "note": NOTE % ("Communication", ""),
    "undecided": COMMENT % ("Exchanging parts", f"AND NOT ({VERDICT[4:] % ''})"),
    "decided": COMMENT % ("Exchanging parts", VERDICT % ""),
    "changed": COMMENT % ("Sharing what", VERDICT % ""),
    "answer": ANSWER,
}


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The portal with the demonstration's data."""
    with live(tmp_path_factory, "portal") as running:
        yield running


@pytest.fixture(scope="session")
def keys(portal: Live) -> dict[str, Any]:
    """What stands in the addresses of records."""
    return {name: portal.rows(query)[0][0] for name, query in KEYS.items()}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, which finds no network and needs none."""
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
            context = browser.new_context(base_url=portal.portal.url, reduced_motion="reduce")
            context.set_default_timeout(PATIENCE)
            pages[account] = context.new_page()
            sign_in(pages[account], account)
        return pages[account]

    yield open_page
    for page in pages.values():
        page.context.close()


def sign_in(page: Page, account: str) -> None:
    """One button on the demonstration's page; a stranger has none."""
    if account:
        page.goto("/demo/")
        page.get_by_role("button", name=f"as {account}").click()
        page.wait_for_url("**/desk/")


def hear(message: ConsoleMessage, said: list[str]) -> None:
    """Keep what the console says, but for the browser's remark on answers that are meant to be 4xx."""
    if "the server responded with a status of 4" not in message.text:
        said.append(message.text)
