"""What may be kept by whom: public pages carry nothing of a person, signed-in pages are stored nowhere."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.access.table import TABLE


def answers(client: Client, world: Any) -> Iterator[tuple[str, Any]]:
    """The answer to GET of every address."""
    for name, address in TABLE.items():
        yield name, client.get(reverse(name, args=address.args(world)))


def test_public_pages_carry_no_cookie_and_no_token(world: Any) -> None:
    wrong, tried = [], 0
    for name, response in answers(Client(), world):
        if TABLE[name].post or response.status_code != 200 or name.startswith("account_"):
            continue
        tried += 1
        if response.cookies or b"csrfmiddlewaretoken" in b"".join(response):
            wrong.append(name)
    assert wrong == []
    assert tried > 10


@pytest.mark.parametrize("role", ["former", "administrator"])
def test_whatever_a_signed_in_person_is_sent_is_stored_nowhere(
    role: str, world: Any, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(world.people[role])
    client.raise_request_exception = False
    wrong = {}
    for name, response in answers(client, world):
        if response.headers.get("Cache-Control") not in (
            "no-store",
            "no-store, private",
            "private, no-store",
        ):
            wrong[name] = response.headers.get("Cache-Control")
        client.force_login(world.people[role])  # a page may have ended the session
    assert wrong == {}
