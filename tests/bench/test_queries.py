"""How often each page of reports asks the database, with one row of everything and with thirty: equal.

`make bench` prints the table.
"""

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agencies.models import Agency
from members.models import Member
from reports.models import (
    AnnualReport,
    Copy,
    Document,
    Edition,
    Goal,
    Highlight,
    Photograph,
    ProgressEntry,
    Publication,
    Rendering,
    WorkItem,
)
from reports.snapshot import take

EVERYBODY = ["/reports/", "/reports/2025/", "/work-plan/", "/work-plan/WP-001/", "/documents/"]
SECRETARIAT = [
    "/reports/2025/workshop/",
    "/reports/2025/publish/1/",
    "/reports/2025/edit/",
    "/highlights/add/",
]
Browser = Callable[[Member | None], Client]


@pytest.fixture
def fill(make_agency: Callable[..., Agency], editor: Member) -> Callable[[range], None]:
    """`fill(range(1, 31))`: thirty of everything that a page could list."""

    def made(numbers: range) -> None:
        for number in numbers:
            _records(make_agency(f"A{number:03}"), number)
        for number in numbers:
            _report(1999 + number if number < 26 else 2001 + number, editor)
        for number in numbers:
            _published(AnnualReport.objects.get(year=2025), number, editor)

    AnnualReport.objects.create(year=2025, period_start=dt.date(2025, 1, 1))
    return made


def _records(agency: Agency, number: int) -> None:
    picture = Photograph.objects.create(
        file=f"photographs/{number}.jpg", sha256=f"{number:064x}", width=900, height=600
    )
    Highlight.objects.create(
        agency=agency,
        day=dt.date(2025, 3, 1),
        title="x",
        text="x",
        photograph=picture,
        credit="x",
        alt_text="x",
    )
    item = WorkItem.objects.create(
        code=f"WP-{number:03}", title="x", lead=agency, start=dt.date(2025, 1, 1), due=dt.date(2026, 1, 1)
    )
    item.contributors.add(agency)
    first = WorkItem.objects.get(code="WP-001")
    ProgressEntry.objects.create(item=item, day=dt.date(2025, 2, 1), percent=1, text="x")
    ProgressEntry.objects.create(item=first, day=dt.date(2025, 4, number), percent=2, text="x")
    goal = Goal.objects.create(year=2026, number=number, text="x")
    goal.items.add(item, first)
    for kind in ("annual_report", "roadmap"):
        Document.objects.create(slug=f"{kind}-{number}", title="x", kind=kind, day=dt.date(2010, 1, 1))


def _report(year: int, editor: Member) -> None:
    _published(AnnualReport.objects.create(year=year, period_start=dt.date(year, 1, 1)), 1, editor)


def _published(report: AnnualReport, number: int, editor: Member) -> None:
    AnnualReport.objects.filter(pk=report.pk).update(state="published", foreword=f"Words {number}")
    report.refresh_from_db()
    snapshot = take(report, editor)
    rendering = Rendering.objects.create(
        number=number + 1,
        report=report,
        snapshot=snapshot,
        state="ready",
        content_key=f"{report.year} {number}",
        wanted_by=editor,
    )
    edition = Edition.objects.create(
        report=report, number=number, rendering=rendering, snapshot=snapshot, cover="x.webp",
        code=f"{report.year}-{number}",
    )  # fmt: skip
    file = ContentFile(b"%PDF", name=f"{report.year}-{number}.pdf")
    Copy.objects.create(edition=edition, place=0, language="en", paper="a4", file=file, sha256="0" * 64,
                        size=1, pages=1)  # fmt: skip
    Publication.objects.create(report=report, edition=edition, by=editor, note="x")


def asked(client: Client, address: str) -> int:
    """How many queries the page takes; it must be a page."""
    client.get(address)  # content types and the like are asked once per process
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(queries)


def test_pages_ask_as_often_for_thirty_as_for_one(
    fill: Callable[[range], None], sign_in: Browser, editor: Member, capsys: pytest.CaptureFixture[str]
) -> None:
    readers = {
        "everybody": (sign_in(None), EVERYBODY),
        "secretariat": (sign_in(editor), EVERYBODY + SECRETARIAT),
    }
    counts: dict[tuple[str, str], list[int]] = {}
    for numbers in (range(1, 2), range(2, 31)):
        fill(numbers)
        for who, (client, addresses) in readers.items():
            for address in addresses:
                counts.setdefault((who, address), []).append(asked(client, address))
    with capsys.disabled():
        print(f"\n{'who':12} {'page':28} {'queries with 1':>14} {'with 30':>8}")
        for (who, address), (one, thirty) in counts.items():
            print(f"{who:12} {address:28} {one:>14} {thirty:>8}")
    assert {key: pair for key, pair in counts.items() if pair[0] != pair[1]} == {}
