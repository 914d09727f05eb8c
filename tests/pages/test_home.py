"""The first page answers first."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from model_bakery import baker

from agencies.models import Agency, ChairTerm
from isecg.dated import Precision
from reports.models import Document, WorkItem

LONG_AGO = dt.date(2019, 1, 1)


def today() -> dt.date:
    return timezone.now().date()


@pytest.fixture
def home(client: Any, db: None) -> Any:
    return lambda: " ".join(client.get("/").content.decode().split())


def test_home_says_who_chairs(home: Any, dlr: Agency) -> None:
    ChairTerm.objects.create(agency=dlr, start=LONG_AGO, person="A. Person")
    page = home()
    assert '<a href="/agencies/dlr/">DLR</a>' in page
    assert "A. Person, since 1 January 2019" in page


def test_home_says_the_whole_name_and_country_of_the_chair(home: Any, dlr: Agency) -> None:
    ChairTerm.objects.create(agency=dlr, start=LONG_AGO)
    assert "<p>Deutsches Zentrum für Luft- und Raumfahrt, Germany</p>" in home()


def test_home_says_that_the_chair_is_unknown_and_who_was_last_known(home: Any, dlr: Agency) -> None:
    ChairTerm.objects.create(agency=dlr, start=LONG_AGO, start_precision=Precision.YEAR)
    ChairTerm.objects.create(agency=None, start=dt.date(2024, 1, 1))
    page = home()
    assert "Not known" in page
    assert "The last one known is DLR, in the chair since 2019." in page


def test_home_counts_the_members_of_today(home: Any, dlr: Agency, jaxa: Agency) -> None:
    jaxa.memberships.update(end=dt.date(2022, 1, 1))
    assert "<dt>member agencies today</dt> <dd>1</dd>" in home()


def test_home_without_anything_is_a_page_too(home: Any) -> None:
    page = home()
    assert "None published yet" in page
    assert "Nothing has been published yet." in page
    assert "Nothing in the work plan is waiting to be done." in page


def test_home_shows_the_newest_documents(home: Any) -> None:
    for number in range(9):
        day = dt.date(2020, 1 + number, 1)
        Document.objects.create(slug=f"d{number}", title=f"Paper {number}", kind="other", day=day)
    page = home()
    assert "Paper 8" in page
    assert "Paper 2" not in page


def test_home_shows_open_work_that_is_due_next(home: Any) -> None:
    for number in range(6):
        due = today() + dt.timedelta(days=number)
        WorkItem.objects.create(code=f"W{number}", title=f"Item {number}", start=LONG_AGO, due=due)
    page = home()
    assert "Item 0" in page
    assert "Item 5" not in page


def test_home_asks_the_database_as_often_with_much_as_with_little(client: Any, dlr: Agency) -> None:
    ChairTerm.objects.create(agency=dlr, start=LONG_AGO)
    counts = []
    for rows in (range(1), range(1, 31)):
        baker.make(Document, kind="other", day=LONG_AGO, _quantity=len(rows))
        for number in rows:
            WorkItem.objects.create(code=f"W{number}", title="Item", start=LONG_AGO, due=today(), lead=dlr)
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        counts.append(len(queries))
    assert counts[1] == counts[0]
    assert counts[1] <= 13
