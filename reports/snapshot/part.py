"""One chapter's content, for showing it while it is written: shaped like a snapshot, with nothing else."""

from django.conf import settings
from django.utils.translation import override

from agencies.models import Agency
from isecg.canonical import Content
from reports.models import AnnualReport, Arrangement
from reports.snapshot import content, people, plan

# Lists of a snapshot that a chapter shown alone leaves empty.
EMPTY = (
    "membership_changes",
    "chair_terms",
    "nothing_to_report",
    "activities",
    "goals",
    "goals_kept",
    "goals_record",
    "recommendations",
    "meetings",
    "documents",
    "figures",
    "sections",
)


def part_of(report: AnnualReport, agency: Agency, highlights: list[Content]) -> Content:
    """The content of a preview of an agency's part: these highlights, said as `snapshot.highlight` says
    them, saved or not, among the report's records. Changes nothing."""
    with override(settings.LANGUAGE_CODE):
        rows = plan.rows_of(report)
        agencies = people.agencies(report, rows, people.memberships(report))
        items = plan.work_items(rows, report, people.acronyms(agencies))
        return {
            **_empty(report),
            "agencies": [people.agency(each) for each in agencies],
            "highlights": highlights,
            "work_items": [item for item in items if _takes_part(agency.slug, item)],
            "shown": f"agency-{agency.slug}",
        }


def section_of(report: AnnualReport, section: Content) -> Content:
    """The content of a preview of a section, said as the snapshot says it. Changes nothing."""
    with override(settings.LANGUAGE_CODE):
        held = people.memberships(report)
        agencies = [people.agency(each) for each in people.agencies(report, plan.rows_of(report), held)]
        return {
            **_empty(report),
            "agencies": agencies,
            "highlights": [],
            "work_items": [],
            "sections": [section],
            "shown": section["id"],
        }


def _empty(report: AnnualReport) -> Content:
    told = {
        "year": report.year,
        "period": {"start": report.period_start.isoformat(), "last_day": report.last_day.isoformat()},
        "foreword": "",
        "foreword_by": "",
        "cover_note": "",
        "cover": None,
        "arrangement": Arrangement.AGENCY.value,
    }
    return {
        "schema": content.SCHEMA,
        "language": settings.LANGUAGE_CODE,
        "statement": content.statement(),
        "report": told,
        **{name: [] for name in EMPTY},
    }


def _takes_part(slug: str, item: Content) -> bool:
    return item["lead"] == slug or slug in item["contributors"]
