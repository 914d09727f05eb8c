"""What somebody may not know of answers just like what does not exist, however it is asked for."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from reports.models import Edition
from tests.access.table import TABLE

WAYS: dict[str, Callable[[Client, str], Any]] = {
    "GET": lambda client, path: client.get(path),
    "HEAD": lambda client, path: client.head(path),
    "OPTIONS": lambda client, path: client.options(path),
    "POST": lambda client, path: client.post(path),
    "PUT": lambda client, path: client.put(path),
    "DELETE": lambda client, path: client.delete(path),
    "a part": lambda client, path: client.get(path, headers={"Range": "bytes=0-9"}),
    "if changed": lambda client, path: client.get(path, headers={"If-None-Match": "*"}),
    "if newer": lambda client, path: client.get(path, headers={"If-Modified-Since": NOW}),
    "htmx": lambda client, path: client.get(path, headers={"HX-Request": "true"}),
    "in German": lambda client, path: client.get("/de" + path),
    "in no language": lambda client, path: client.get("/fr" + path),
    "in Austrian": lambda client, path: client.get("/de-at" + path),
    "without the slash": lambda client, path: client.get(path.rstrip("/")),
    "with one more": lambda client, path: client.get(path + "/"),
    "with a question": lambda client, path: client.get(path + "?on=2025-01-01&page=2"),
}
NOW = "Fri, 31 Dec 2100 23:59:59 GMT"
TOLD = ["Allow", "Content-Type", "ETag", "Last-Modified", "Location", "Content-Disposition"]
TOKENS = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
NOBODYS = {int: 987_654, str: "nothing-there"}


@pytest.fixture
def unseen(world: Any, make_edition: Callable[..., Edition]) -> list[tuple[str, tuple[Any, ...]]]:
    """Names and arguments of the addresses that somebody whose mandate has ended may not know of."""
    edition = make_edition(world.draft)
    year = world.draft.year
    hidden = [(name, each.args(world)) for name, each in TABLE.items() if "former" in each.unseen]
    drafts = [("reports:detail", (year,)), ("reports:pdf", (year,))]
    numbered = ["reports:edition_pdf", "reports:cover"]
    return [
        *((name, args) for name, args in hidden if args),
        *drafts,
        *((name, (year, edition.number)) for name in numbered),
    ]


@pytest.mark.parametrize("role", ["former", "stranger"])
def test_unseen_answers_like_nothing_however_it_is_asked_for(
    role: str, world: Any, unseen: list[tuple[str, tuple[Any, ...]]], sign_in: Callable[..., Client]
) -> None:
    client, wrong = sign_in(world.people[role]), []
    for name, args in unseen:
        there, nowhere = reverse(name, args=args), reverse(name, args=_nobodys(name, args))
        for way, ask in WAYS.items():
            if _told(ask(client, there), there) != _told(ask(client, nowhere), nowhere):
                wrong.append(f"{way} {there}")
    assert wrong == []
    assert len(unseen) > 15


def _nobodys(name: str, args: tuple[Any, ...]) -> tuple[Any, ...]:
    """Arguments of the same kind that belong to nothing."""
    if name.startswith("reports:") and 2000 < args[0] < 2100:
        return (2190, *args[1:])
    if name.startswith("recommendations:"):
        return ("2190-99", *(NOBODYS[int] if type(each) is int else each for each in args[1:]))
    return tuple(NOBODYS[type(each)] for each in args)


def _told(response: Any, path: str) -> tuple[Any, ...]:
    """Everything an answer tells, without the address that was asked for."""
    body = TOKENS.sub("", b"".join(response).decode())
    bare = path.strip("/")
    headers = [response.headers.get(name, "").replace(bare, "…") for name in TOLD]
    return response.status_code, headers, body.replace(bare, "…")
