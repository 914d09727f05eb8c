"""How often the two widest pages of a report ask the database."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.models import Activity, Agency, Destination
from members.models import Member
from reports.models import AnnualReport, Confirmation, Contribution, Goal, Highlight, Meeting, Publication
from reports.queries.sections import lines
from reports.services.sections import add_section, review_section
from tests.recommendations.world import drafted

Browser = Callable[[Member | None], Client]


@pytest.fixture
def full(
    published: Publication,
    pictured: Highlight,
    editor: Member,
    delegate_a: Member,
    head_a: Member,
    dlr: Agency,
    jaxa: Agency,
) -> AnnualReport:
    """The published report, with something of everything since."""
    report, now = published.report, timezone.now()
    mission = Activity.objects.create(slug="mission", name="x", destination=Destination.MOON)
    mission.agencies.add(dlr, jaxa)
    pictured.activities.add(mission)
    pictured.recommendations.add(drafted(editor))
    Goal.objects.create(year=2025, number=1, text="x")
    Meeting.objects.create(slug="m", title="x", kind="plenary", day=dt.date(2025, 5, 1), host=jaxa)
    for agency in (dlr, jaxa):
        part = Contribution.objects.create(report=report, agency=agency, asked_at=now)
        Confirmation.objects.create(
            contribution=part, at=now, by=head_a, agrees=True, content=[], sha256="0" * 64
        )
    owned: dict[str, Any] = {"kind": "working_group", "slug": "iawg", "owner": delegate_a, "title": "x"}
    section = add_section(report, by=editor, text="We are [[members]].", **owned)
    review_section(section, by=editor, seen=lines(report)[0].seen)
    return report


def asked(client: Client, address: str) -> list[Any]:
    client.get(address)  # what is asked once per process
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200
    return list(queries)


def test_workshop_asks_less_than_forty_times(full: AnnualReport, editor: Member, sign_in: Browser) -> None:
    assert len(asked(sign_in(editor), "/reports/2025/workshop/")) < 40


def test_figures_ask_less_than_twenty_times(full: AnnualReport, client: Client) -> None:
    assert len(asked(client, "/reports/2025/figures/")) < 20
