"""How long somebody who writes waits for the picture of the page: from the click to the last picture there.

In a real browser at the real portal, its worker woken through the broker. Nothing is asserted about time.
"""

from collections.abc import Iterator
from statistics import median

import pytest
from playwright.sync_api import Browser, Page

from tests.bench.conftest import Table
from tests.browsing import browser_type_launch_args, portal, sign_in  # noqa: F401  (fixtures)
from tests.live import Live

ROUNDS = 12
WRITING = "/reports/2026/agencies/uaesa/highlights/add/"
# The page's own clock, from the press until every picture of what was typed last has come.
TIMED = """words => new Promise(resolve => {
  const area = document.querySelector('#highlight-form textarea');
  const old = document.querySelector('img.preview__page')?.src;
  area.value = words;
  const begin = performance.now();
  document.querySelector('button[name=preview]').click();
  const look = () => {
    const shown = [...document.querySelectorAll('img.preview__page')];
    if (shown.length && shown[0].src !== old && shown.every(each => each.complete && each.naturalWidth))
      resolve(performance.now() - begin);
    else setTimeout(look, 5);
  };
  look();
})"""


@pytest.fixture
def page(portal: Live, browser: Browser) -> Iterator[Page]:  # noqa: F811
    context = browser.new_context(base_url=portal.portal.url)
    opened = context.new_page()
    sign_in(opened, "UAESA, delegate")
    yield opened
    context.close()


def test_from_the_click_to_the_picture(page: Page, table: Table) -> None:
    page.goto(WRITING)
    page.locator("img.preview__page").first.wait_for(timeout=60_000)
    taken = [
        page.evaluate(TIMED, f"Word {number} of the highlight.\n\nAnd another paragraph.")
        for number in range(ROUNDS)
    ]
    table.head = f"{'milliseconds from click to picture':<36}{'first':>8}{'median':>8}{'worst':>8}"
    table.lines.append(f"{'a highlight’s page':<36}{taken[0]:>8.0f}{median(taken):>8.0f}{max(taken):>8.0f}")
    assert len(taken) == ROUNDS
