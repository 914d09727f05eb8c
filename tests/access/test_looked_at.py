"""Every design of a page is looked at: photographed, and asked for accessibility in a browser."""

from typing import Any
from urllib.parse import urlsplit

from django.urls import resolve, reverse

from tests.access.table import TABLE
from tests.browsing import KEYS, NUMBER
from tests.screenshots.pages import PAGES

NO_PAGES = {"healthz", "readyz", "sitemap"}  # the last is read by search engines only
# What the demonstration has none of: accounts with a password, something withdrawn or declined, a step that
# is still held; invitations have a browser test of their own.
NOT_THERE = {
    "account_reauthenticate",
    "mfa_reauthenticate",
    "agencies:withdraw",
    "members:accept",
    "recommendations:recall",
    "recommendations:send_now",
}
# Keys that stand for the number of a recommendation.
NUMBERED = {name for name, query in KEYS.items() if query.startswith(NUMBER)}


def design(client: Any, name: str, world: Any) -> str:
    """The template of the page at an address; empty where there is none. Mails are rehearsed before it."""
    response = client.get(reverse(name, args=TABLE[name].args(world)))
    used = [each.name for each in response.templates if not each.name.startswith(("mail/", "components/"))]
    return used[0] if response.status_code == 200 and used else ""


def test_every_design_of_a_page_is_looked_at(world: Any, sign_in: Any) -> None:
    looked_at = {
        resolve(urlsplit(shown.path.format_map(Anything())).path).view_name
        for shown in PAGES
        if shown.status == 200
    }
    clients = [sign_in(world.people["administrator"]), sign_in(None)]
    designs: dict[str, set[str]] = {}
    for name in set(TABLE) - NO_PAGES - NOT_THERE:
        for client in clients:
            designs.setdefault(design(client, name, world), set()).add(name)
    designs.pop("")
    assert {template: names for template, names in designs.items() if not names & looked_at} == {}


class Anything(dict[str, str]):
    """A key for whatever an address wants one of."""

    def __missing__(self, name: str) -> str:
        return "WP-01" if name == "code" else "2026-01" if name in NUMBERED else "1"
