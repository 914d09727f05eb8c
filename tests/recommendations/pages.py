"""Filling in the pages of steps as a browser would."""

import datetime as dt
import html
import re
from typing import Any

from django.test import Client
from django.urls import reverse

from recommendations.models import Recommendation

HIDDEN = re.compile(r'<input type="hidden" name="(token|seen|agency)" value="([^"]*)"')


def address(verb: str, recommendation: Recommendation) -> str:
    return reverse(f"recommendations:{verb}", args=[recommendation.number])


def words_of(response: Any) -> str:
    """A page's words in one line, without its tags."""
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text)))


def hidden(response: Any) -> dict[str, str]:
    """What the page carries to be sent back: the token, and what was seen."""
    return dict(HIDDEN.findall(response.content.decode()))


def look(client: Client, verb: str, recommendation: Recommendation, **data: Any) -> Any:
    """What the step would do with these values."""
    form = hidden(client.get(address(verb, recommendation)))
    return client.post(address(verb, recommendation), {**form, **data, "show": "1"})


def press(client: Client, verb: str, recommendation: Recommendation, **data: Any) -> Any:
    """Look at what the step would do with these values, then press its button."""
    page = address(verb, recommendation)
    first = client.get(page)
    seen = client.post(page, {**hidden(first), **data, "show": "1"}) if first.status_code == 200 else first
    return client.post(page, {**hidden(first), **hidden(seen), **data, "do": "1"})


def day(days: int, *, now: dt.datetime) -> str:
    """A day that many days away, as the date field takes it."""
    return (now.date() + dt.timedelta(days=days)).isoformat()
