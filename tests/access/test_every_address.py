"""Every address x every role x GET and POST, from one table. An address that is not in it fails."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.access.table import TABLE
from tests.access.world import ROLES, Address, every_address

LOGIN = "/accounts/login/"


def test_table_holds_every_address() -> None:
    assert sorted(set(every_address()) ^ set(TABLE)) == []


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", ROLES)
def test_every_address_answers_as_the_table_says(role: str, method: str, world: Any, sign_in: Any) -> None:
    client = sign_in(world.people[role])
    client.raise_request_exception = False
    wrong = {}
    for name, address in TABLE.items():
        right, found = wanted(address, role, method), outcome(client, name, address, method, world)
        if found not in right:
            wrong[name] = f"{' or '.join(right)} in the table, in truth {found}"
    assert wrong == {}


def wanted(address: Address, role: str, method: str) -> list[str]:
    """ "in", "sign in", "403", "404" or "405"."""
    entitled = getattr(address, method)
    if entitled is None:
        return ["405", refusal(address, role)]
    return ["in"] if role in entitled else [refusal(address, role)]


def refusal(address: Address, role: str) -> str:
    if role == "stranger":
        return address.stranger
    return "404" if role in address.unseen else "403"


def outcome(client: Client, name: str, address: Address, method: str, world: Any) -> str:
    """What the answer means. Whatever it changed is rolled back, also who is signed in."""
    with transaction.atomic():
        session = dict(client.cookies)
        response = getattr(client, method)(reverse(name, args=address.args(world)))
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.update(session)
    if response.status_code == 302 and response["Location"].startswith(LOGIN):
        return "sign in"
    if response.status_code in (403, 404, 405):
        return str(response.status_code)
    return "in" if response.status_code < 500 else str(response.status_code)
