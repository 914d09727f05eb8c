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
from django.utils import timezone

from agencies.models import Activity, Agency, Destination
from members.models import Member
from reports.models import (
    AnnualReport,
    Contribution,
    Copy,
    Document,
    Edition,
    Goal,
    Highlight,
    Meeting,
    Photograph,
    ProgressEntry,
    Publication,
    Rendering,
    Section,
    Submission,
    WorkItem,
)
from reports.snapshot import take
from tests.recommendations.world import drafted

EVERYBODY = ["/reports/", "/reports/2025/", "/work-plan/", "/work-plan/WP-001/", "/documents/"]
EVERYBODY += ["/reports/2025/figures/", "/reports/2025/figures/members/", "/goals/", "/meetings/"]
EVERYBODY += ["/activities/", "/activities/mission-1/", "/reports/2025/cite/"]
SECRETARIAT = [
    "/reports/2040/workshop/",
    "/reports/2040/collection/",
    "/reports/2040/agencies/a001/",
    "/reports/2040/sections/",
    "/reports/2040/remind/",
    "/reports/2025/roll-forward/",
    "/reports/2025/compare/?from=1&to=1",
    "/reports/2025/workshop/",
    "/reports/2040/edit-texts/",
    "/reports/2025/edit/",
    "/highlights/add/",
]
Browser = Callable[[Member | None], Client]


@pytest.fixture
def fill(make_agency: Callable[..., Agency], editor: Member) -> Callable[[range], None]:
    """`fill(range(1, 31))`: thirty of everything that a page could list."""

    def made(numbers: range) -> None:
        for number in numbers:
            agency = make_agency(f"A{number:03}")
            _records(agency, number)
            _collected(agency, number, editor)
        for number in numbers:
            _report(1999 + number if number < 26 else 2001 + number, editor)
        for number in numbers:
            _published(AnnualReport.objects.get(year=2025), number, editor)

    AnnualReport.objects.create(year=2025, period_start=dt.date(2025, 1, 1))
    AnnualReport.objects.create(
        year=2040, period_start=dt.date(2040, 1, 1), state="collecting",
        due_at=timezone.now() + dt.timedelta(days=9),
    )  # fmt: skip
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


def _collected(agency: Agency, number: int, editor: Member) -> None:
    """The agency's part of a report that is collected, a section of it, a meeting and a mission."""
    report, now = AnnualReport.objects.get(year=2040), timezone.now()
    part = Contribution.objects.create(report=report, agency=agency, asked_at=now)
    for teller in (agency, Agency.objects.get(slug="a001")):
        told = Highlight.objects.create(agency=teller, day=dt.date(2040, 3, 1), title="x", text="x")
        told.recommendations.add(drafted(editor))
    Submission.objects.create(
        contribution=part, at=now, by=editor, content=[], sha256=f"{number:064x}", nothing=True
    )
    Section.objects.create(
        report=report, kind="secretariat", slug=f"part-{number}", number=number, title="x", owner=editor
    )
    Meeting.objects.create(
        slug=f"meeting-{number}", title="x", kind="plenary", day=dt.date(2025, 5, 1), host=agency
    )
    mission = Activity.objects.create(slug=f"mission-{number}", name="x", destination=Destination.MOON)
    mission.agencies.add(agency)


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
    assert answer.status_code == 200, address
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
