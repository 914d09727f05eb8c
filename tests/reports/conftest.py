"""A report with something in it, and editions without the minutes of a layout."""

import datetime as dt
import io
from collections.abc import Callable

import pytest
from django.utils import timezone
from PIL import Image

from agencies.models import Agency
from isecg.pdf.check import Finished
from members.models import Member
from reports import rendering
from reports.models import (
    AnnualReport,
    Edition,
    Goal,
    Highlight,
    ProgressEntry,
    Publication,
    Rendering,
    WorkItem,
)
from reports.services import editions
from reports.services.highlights import add_highlight
from reports.services.reports import publish
from tests.reports.world import photograph, upload

MARKER = "zanzibar-canary"


@pytest.fixture
def report(db: None) -> AnnualReport:
    return AnnualReport.objects.create(
        year=2025,
        period_start=dt.date(2025, 1, 1),
        foreword=f"A word before: {MARKER}.",
        foreword_by="The chair",
    )


@pytest.fixture
def item(dlr: Agency, jaxa: Agency) -> WorkItem:
    item = WorkItem.objects.create(
        code="WP-01", title="Roadmap update", lead=dlr, start=dt.date(2025, 1, 1), due=dt.date(2026, 6, 30)
    )
    item.contributors.set([jaxa])
    ProgressEntry.objects.create(item=item, day=dt.date(2025, 5, 1), percent=40, text="First draft.")
    return item


@pytest.fixture
def goal(item: WorkItem) -> Goal:
    goal = Goal.objects.create(year=2026, number=1, text="Agree on the common vocabulary.")
    goal.items.set([item])
    return goal


@pytest.fixture
def highlight(dlr: Agency) -> Highlight:
    return Highlight.objects.create(
        agency=dlr, day=dt.date(2025, 3, 2), title=f"Landing {MARKER}", text=f"It landed, {MARKER}."
    )


@pytest.fixture
def pictured(editor: Member, dlr: Agency) -> Highlight:
    """A highlight with a photograph."""
    return add_highlight(
        by=editor,
        agency=dlr,
        day=dt.date(2025, 4, 2),
        title="A crater",
        text="Seen from above.",
        picture=upload(photograph()),
        credit="DLR",
        alt_text="A crater seen from above.",
    )


@pytest.fixture
def make_edition(editor: Member) -> Callable[..., Edition]:
    """`make_edition(report)`: rendered by the services, with a stand-in for the PDF."""

    def make(report: AnnualReport) -> Edition:
        wanted = editions.render(report, by=editor)
        claimed = Rendering.objects.claim(wanted.pk, timezone.now())
        assert claimed is not None, "nothing has changed since the edition before"
        pdf = b"%PDF-1.7 " + claimed.content_key.encode() * 100
        return rendering._store(claimed, pdf, Finished(pages=12, cover=_cover()))

    return make


def _cover() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (90, 127), "navy").save(out, "WEBP")
    return out.getvalue()


@pytest.fixture
def edition(
    report: AnnualReport, highlight: Highlight, goal: Goal, make_edition: Callable[..., Edition]
) -> Edition:
    """The first edition of the report, not published."""
    return make_edition(report)


@pytest.fixture
def published(edition: Edition, editor: Member) -> Publication:
    """The report, published in its first edition."""
    return publish(edition.report, by=editor, edition=edition)


@pytest.fixture
def correct(report: AnnualReport, make_edition: Callable[..., Edition]) -> Callable[[str], Edition]:
    """`correct("words")`: another edition, made after the foreword was changed."""

    def make(words: str) -> Edition:
        AnnualReport.objects.filter(pk=report.pk).update(foreword=words)
        return make_edition(AnnualReport.objects.get(pk=report.pk))

    return make
