"""A report with something in it, and editions without the minutes of a layout."""

import datetime as dt
import hashlib
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image

from agencies.models import Agency, ChairTerm
from isecg.files import put
from members.models import Member, Role
from reports import rendering
from reports.models import (
    AnnualReport,
    Edition,
    Goal,
    Highlight,
    ProgressEntry,
    Publication,
    Rendering,
    State,
    WorkItem,
)
from reports.pdf.printed import Variant, variants
from reports.rendering import Made
from reports.services import editions
from reports.services import reports as steps
from reports.services.highlights import add_highlight
from reports.services.publishing import publish
from tests.reports.world import photograph, upload

MARKER = "zanzibar-canary"
AT_ONCE = dt.timedelta()


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
        return rendering.store(claimed, [made(claimed, variant) for variant in variants(report)])

    return make


def made(claimed: Rendering, variant: Variant) -> Made:
    """A stand-in for a finished copy."""
    pdf = f"%PDF-1.7 {variant} {claimed.content_key * 100}".encode()
    sha256 = hashlib.sha256(pdf).hexdigest()
    file = put(f"editions/{sha256}.pdf", pdf)
    return Made(variant, file, sha256, len(pdf), pages=12, cover=_cover(), checks=[])


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
def chair(make_member: Callable[..., Member], jaxa: Agency) -> Member:
    """The head of delegation of the agency that chairs."""
    ChairTerm.objects.create(agency=jaxa, start=dt.date(2021, 1, 1))
    return make_member(Role.HEAD, jaxa)


@pytest.fixture
def walk(editor: Member, administrator: Member) -> Callable[..., AnnualReport]:
    """`walk(report, State.CONFIRMING)`: taken there by the services, from wherever it stands before.

    The chair's place is taken by the administrator, so nobody must be known to chair. An edition that is
    needed on the way is the newest one.
    """

    def go(report: AnnualReport, to: State) -> AnnualReport:
        now = timezone.now()
        later = now + dt.timedelta(weeks=2)
        if report.due_at is None:
            AnnualReport.objects.filter(pk=report.pk).update(due_at=later)
        newest: Any = report.editions.first()
        path: list[tuple[State, Callable[[], Any]]] = [
            (State.COLLECTING, lambda: steps.collect(report, by=editor)),
            (State.EDITING, lambda: steps.edit_texts(report, by=editor)),
            (State.CONFIRMING, lambda: steps.ask_to_confirm(report, by=editor, confirm_by=later)),
            (
                State.APPROVED,
                lambda: steps.approve(report, by=administrator, edition=newest, words="Nobody chairs."),
            ),
            (State.PUBLISHED, lambda: publish(report, by=editor, edition=newest, hold=AT_ONCE)),
        ]
        order = [State.OPEN, *[state for state, _take in path]]
        report = AnnualReport.objects.get(pk=report.pk)
        for _state, take in path[order.index(State(report.state)) : order.index(to)]:
            take()
        return AnnualReport.objects.get(pk=report.pk)

    return go


@pytest.fixture
def publish_now(walk: Callable[..., AnnualReport]) -> Callable[[AnnualReport], Publication]:
    """`publish_now(report)`: its newest edition, through every step of the workflow."""
    return lambda report: walk(report, State.PUBLISHED).publications.get()


@pytest.fixture
def published(edition: Edition, publish_now: Callable[[AnnualReport], Publication]) -> Publication:
    """The report, published in its first edition."""
    return publish_now(edition.report)


@pytest.fixture
def remake(report: AnnualReport, make_edition: Callable[..., Edition]) -> Callable[[str], Edition]:
    """`remake("words")`: another edition, made after the foreword was changed."""

    def make(words: str) -> Edition:
        AnnualReport.objects.filter(pk=report.pk).update(foreword=words)
        return make_edition(AnnualReport.objects.get(pk=report.pk))

    return make
