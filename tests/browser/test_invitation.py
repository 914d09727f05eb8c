"""An invitation from the form to the desk, each side in a real browser."""

import re
import time
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import Walker
from tests.live import Live

ADDRESS = "newcomer@example.org"
PASSWORD = "eight-moons-of-patience"
A_MAIL_TAKES = 180  # seconds at most, on a machine that is busy with other tests


def test_a_stranger_accepts_an_invitation_and_is_at_the_desk(
    walk: Callable[..., Walker], portal: Live
) -> None:
    invite(walk("Secretariat, administrator"))
    newcomer = walk()
    page = newcomer.go(link(portal))
    for field in page.locator("main input[type=password]").all():
        field.fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    expect(page).to_have_url(re.compile("/desk/$"))
    expect(page.locator("main")).to_contain_text("delegate, DLR")


def invite(administrator: Walker) -> None:
    page = administrator.go("/people/invite/")
    page.locator("[name=email]").fill(ADDRESS)
    page.locator("[name=name]").fill("A. Newcomer")
    page.locator("[name=role]").select_option("delegate")
    page.locator("[name=agency]").select_option(label="DLR")
    page.locator("main button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("The invitation is on its way.")


def link(portal: Live) -> str:
    """The link of the mail, which stands apart from its text until the mail is handed over."""
    files = portal.portal.data_dir / "mail"
    for _second in range(A_MAIL_TAKES):
        for file in files.glob("*"):
            found = re.search(r"/invitations/[\w-]+/", file.read_text())
            if found and ADDRESS in file.read_text():
                return found.group()
        time.sleep(1)
    raise AssertionError("The invitation was not sent.")
