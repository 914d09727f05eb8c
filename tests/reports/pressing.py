"""Pressing the button of a step's page, as a browser does after it has shown what would happen."""

import re
from typing import Any

from django.test import Client

SEEN = re.compile(r'name="seen" value="(\w+)"')
TOKEN = re.compile(r'name="token" value="([\w-]+)"')


def text(answer: object) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())  # type: ignore[attr-defined]


def press(client: Client, address: str, **fields: Any) -> Any:
    """What pressing the button of the page at this address sends."""
    page = text(client.get(address))
    seen = SEEN.search(page)
    token = TOKEN.search(page)
    assert token is not None
    if fields:  # what it would do with them is shown first
        shown = client.post(address, {**fields, "token": token[1], "show": "1"})
        seen = SEEN.search(text(shown))
    assert seen is not None
    return client.post(address, {**fields, "token": token[1], "seen": seen[1]}, follow=True)
