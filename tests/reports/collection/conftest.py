"""A report whose highlights are being collected from two agencies."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from agencies.models import Agency
from isecg.mail.models import Message
from members.models import Member
from reports.models import AnnualReport, Contribution, Highlight
from reports.services import contributions
from reports.services.highlights import edit_highlight, write_highlight
from reports.services.reports import collect, open_report

DAY = dt.date(2026, 3, 2)
CANARY = "zanzibar-canary"


@pytest.fixture
def collecting(editor: Member, dlr: Agency, jaxa: Agency) -> AnnualReport:
    """The report of 2026, asked of DLR and JAXA, due in thirty days."""
    report = open_report(
        by=editor,
        year=2026,
        period_start=dt.date(2026, 1, 1),
        agencies=[dlr, jaxa],
        due_at=timezone.now() + dt.timedelta(days=30),
    )
    return collect(report, by=editor)


@pytest.fixture
def part(collecting: AnnualReport, dlr: Agency) -> Contribution:
    """DLR's part of it."""
    return Contribution.objects.get(report=collecting, agency=dlr)


@pytest.fixture
def write(part: Contribution, delegate_a: Member) -> Callable[..., Highlight]:
    """`write()`: a highlight that DLR's delegate writes."""

    def make(**fields: Any) -> Highlight:
        fields = {"day": DAY, "title": f"Landing {CANARY}", "text": f"It landed, {CANARY}.", **fields}
        return write_highlight(part, by=delegate_a, **fields)

    return make


@pytest.fixture
def draft(write: Callable[..., Highlight]) -> Highlight:
    """Written, and inside DLR."""
    return write()


@pytest.fixture
def submit(part: Contribution, head_a: Member) -> Callable[..., Any]:
    """`submit()`: DLR's head hands in what there is."""

    def hand_in(**fields: Any) -> Any:
        seen = contributions.handed_over(part.report, part.agency)
        return contributions.submit_contribution(part, by=head_a, seen=seen, **fields)

    return hand_in


@pytest.fixture
def submitted(draft: Highlight, submit: Callable[..., Any]) -> Highlight:
    """Handed in by DLR's head."""
    submit()
    return Highlight.objects.get(pk=draft.pk)


@pytest.fixture
def edited(submitted: Highlight, editor: Member) -> Highlight:
    """Changed by the secretariat after that."""
    return edit_highlight(
        submitted, by=editor, version=submitted.version, text="It landed softly, as was hoped."
    )


def mails(kind: str) -> list[str]:
    """Whom mails of this kind went to."""
    return sorted(Message.objects.filter(kind=kind).values_list("to", flat=True))


def due_of(report: AnnualReport) -> dt.datetime:
    """Until when the agencies hand in."""
    assert report.due_at is not None
    return report.due_at
