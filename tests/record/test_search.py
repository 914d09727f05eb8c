"""One search over all that a reader may see."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from model_bakery import baker

from agencies.models import Activity, Agency, AgencyName
from recommendations.models import Recommendation
from reports.models import Document, Meeting, WorkItem

DAY = dt.date(2024, 5, 1)


@pytest.fixture
def find(client: Any, db: None) -> Any:
    """`find("moon")`: the page for these words, spaces made one."""
    return lambda words, path="/search/": " ".join(client.get(path, {"q": words}).content.decode().split())


def test_search_without_words_asks_for_them(client: Any, db: None) -> None:
    page = client.get("/search/").content.decode()
    assert 'type="search"' in page
    assert "Nothing found" not in page


def test_search_that_finds_nothing_says_so_and_keeps_the_words(find: Any) -> None:
    page = find("unobtainium")
    assert "Nothing found" in page
    assert 'value="unobtainium"' in page


def test_search_finds_what_is_public_by_its_words(find: Any, dlr: Agency) -> None:
    Activity.objects.create(name="Probe", slug="probe", destination="mars", about="Drills deep holes.")
    Document.objects.create(slug="drills", title="On drilling", kind="other")
    Meeting.objects.create(slug="m", title="Workshop", kind="workshop", about="All about a drill.")
    WorkItem.objects.create(code="D-1", title="Compare drills", start=DAY, due=DAY)
    page = find("drill")
    for address in ("/activities/probe/", "/documents/#drills", "/meetings/#m", "/work-plan/D-1/"):
        assert f'href="{address}"' in page
    assert "“drill” stands in 4 places." in page


def test_search_finds_an_agency_by_an_earlier_name_a_part_of_it_and_its_country(
    find: Any, dlr: Agency
) -> None:
    early = dt.date(2000, 1, 1)
    AgencyName.objects.create(
        agency=dlr, acronym="DARA", name="Agentur", start=early, end=dt.date(2020, 1, 1)
    )
    for words in ("DARA", "dar", "Germany"):
        assert 'href="/agencies/dlr/"' in find(words)
    assert 'href="/de/agencies/dlr/"' in find("Deutschland", "/de/search/")


def test_search_finds_issued_recommendations_and_no_drafts(
    find: Any, draft: Recommendation, issued: Recommendation
) -> None:
    assert f'href="/recommendations/{issued.number}/"' in find(issued.title)
    assert f'href="/recommendations/{draft.number}/"' not in find(draft.title)


def test_search_keeps_what_was_typed_from_becoming_markup(find: Any) -> None:
    assert "<script>alert" not in find("<script>alert(1)</script>")


def test_search_refuses_what_no_text_can_hold(client: Any, db: None) -> None:
    assert client.get("/search/", {"q": "a\x00b"}).status_code == 422


def test_search_asks_the_database_as_often_for_much_as_for_little(client: Any, dlr: Agency) -> None:
    counts = []
    for quantity in (1, 30):
        baker.make(Document, kind="other", title="Moon", _quantity=quantity)
        baker.make(Activity, name="Moon", destination="moon", _quantity=quantity)
        with CaptureQueriesContext(connection) as queries:
            client.get("/search/", {"q": "moon"})
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[1] <= 10


def test_search_shows_the_first_of_many_and_where_the_rest_are(find: Any) -> None:
    baker.make(Document, kind="other", title="Moon", _quantity=11)
    page = find("moon")
    assert "The first 10 are shown" in page
    assert '<a href="/documents/">Show all</a>' in page
