"""The search of the portal looks into published reports, and into nothing else of a report."""

from typing import Any

from reports.models import Publication
from tests.reports.conftest import MARKER


def found(client: Any) -> str:
    return " ".join(client.get("/search/", {"q": f"landed {MARKER}"}).content.decode().split())


def test_search_finds_a_highlight_of_a_published_report(client: Any, published: Publication) -> None:
    page = found(client)
    assert f'href="/reports/{published.report.year}/#highlight-' in page
    assert f"Landing {MARKER}</a>" in page


def test_search_finds_no_highlight_of_a_report_in_the_making(client: Any, edition: Any) -> None:
    assert "Nothing found" in found(client)
