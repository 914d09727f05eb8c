"""What agencies did, and what they link it to."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch

from agencies.models import Activity, Agency
from isecg.canonical import Content
from recommendations.models import Recommendation
from reports.models import AnnualReport, Highlight, Photograph, Submission
from reports.snapshot.words import date, day, text

MIDDLE = (50, 50)


def rows_of(report: AnnualReport) -> Any:
    """The highlights the report tells: of its period, and not still inside their agency."""
    return Highlight.objects.within(report.period_start, report.period_end).submitted()


def rows(report: AnnualReport) -> list[Highlight]:
    """Those, with all that they link to. Four queries."""
    return list(_linked(rows_of(report)))


def told(rows: Iterable[Highlight], order: list[int]) -> list[Content]:
    """Every highlight of the report, agencies in `order` of their ids."""
    return [
        highlight(row) for row in sorted(rows, key=lambda row: (order.index(row.agency_id), row.day, row.pk))
    ]


def highlights_of(report: AnnualReport, agency: Agency, *, inside: bool = False) -> list[Content]:
    """An agency's part of the report as it is now; with `inside`, what it has not submitted too, which only
    the agency may see."""
    rows = Highlight.objects.within(report.period_start, report.period_end).filter(agency=agency)
    return [highlight(row) for row in _linked(rows if inside else rows.submitted()).order_by("day", "pk")]


def _linked(rows: Any) -> Any:
    public = Recommendation.objects.public().order_by("number")
    return rows.select_related("agency", "photograph").prefetch_related(
        Prefetch("activities", Activity.objects.order_by("slug").prefetch_related("agencies")),
        Prefetch("recommendations", public),
    )


def highlight(row: Highlight) -> Content:
    """One highlight; recommendations that are not public are not named."""
    focal = (row.focal_x, row.focal_y)
    return {
        "id": f"highlight-{row.pk}",
        "agency": row.agency.slug,
        "title": text(row.title),
        "on": day(row.day, row.day_precision),
        "text": text(row.text),
        "photograph": row.photograph and photograph(row.photograph, row.credit, row.alt_text, focal),
        "destination": row.destination,
        "activities": [{"slug": each.slug, "name": text(each.name)} for each in row.activities.all()],
        "recommendations": [
            {"number": each.number, "title": text(each.title)} for each in row.recommendations.all()
        ],
        "source": text(row.source),
    }


def photograph(picture: Photograph, credit: str, alt: str, focal: tuple[int, int] = MIDDLE) -> Content:
    """A picture with its words; `focal` is the point that stays in sight, in percent from left and top."""
    return {
        "sha256": picture.sha256,
        "width": picture.width,
        "height": picture.height,
        "credit": text(credit),
        "alt": text(alt),
        "focal": list(focal),
    }


def nothing_of(report: AnnualReport) -> Any:
    """The standing submissions that say "nothing to report", of agencies of which nothing is told."""
    said = Submission.objects.filter(contribution__report=report, nothing=True, taken_back_at__isnull=True)
    return said.exclude(contribution__agency__in=rows_of(report).values("agency"))


def nothing_to_report(report: AnnualReport, order: list[int]) -> list[str]:
    """Agencies that said they have nothing to report, in `order` of their ids."""
    found = nothing_of(report).values_list("contribution__agency", "contribution__agency__slug")
    return [slug for _pk, slug in sorted(found, key=lambda row: order.index(row[0]))]


def activities_of(report: AnnualReport) -> Any:
    """The activities that highlights of the report link to."""
    return Activity.objects.filter(highlights__in=rows_of(report)).distinct()


def activities(rows: Iterable[Highlight], order: list[int]) -> list[Content]:
    """The activities that the highlights link to, by address."""
    linked = {each.slug: each for row in rows for each in row.activities.all()}
    return [
        {
            "slug": row.slug,
            "name": text(row.name),
            "agencies": [
                each.slug for each in sorted(row.agencies.all(), key=lambda each: order.index(each.pk))
            ],
            "destination": row.destination,
            "status": text(row.status),
            "status_on": date(row.status_on),
            "on": row.day and day(row.day, row.day_precision),
        }
        for _slug, row in sorted(linked.items())
    ]
