"""What is new, for feed readers."""

import datetime as dt
from typing import Any
from xml.etree import ElementTree as ET

from recommendations.models import Recommendation
from reports.models import Document

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client: Any, path: str = "/feed.atom") -> list[tuple[str, str]]:
    """Title and link of each entry."""
    feed = ET.fromstring(client.get(path).content)
    return [
        (str(entry.findtext(f"{ATOM}title")), str(entry.find(f"{ATOM}link").attrib["href"]))  # type: ignore[union-attr]
        for entry in feed.iter(f"{ATOM}entry")
    ]


def test_feed_tells_of_documents_and_of_what_was_issued_and_of_no_draft(
    client: Any, draft: Recommendation, issued: Recommendation
) -> None:
    Document.objects.create(slug="paper", title="A paper", kind="other", day=dt.date(2020, 1, 1))
    found = entries(client)
    assert ("Document: A paper", "http://testserver/documents/#paper") in found
    words = f"Recommendation: {issued.number} {issued.title}"
    assert (words, f"http://testserver/recommendations/{issued.number}/") in found
    assert not any(draft.title in words for words, _address in found if draft.number in words)


def test_feed_is_there_in_german(client: Any, db: None) -> None:
    Document.objects.create(slug="paper", title="A paper", kind="other", day=dt.date(2020, 1, 1))
    assert entries(client, "/de/feed.atom") == [
        ("Dokument: A paper", "http://testserver/de/documents/#paper")
    ]
    assert b'xml:lang="de"' in client.get("/de/feed.atom").content


def test_every_page_names_its_feed(client: Any, db: None) -> None:
    assert 'type="application/atom+xml" href="/feed.atom"' in client.get("/chair/").content.decode()
