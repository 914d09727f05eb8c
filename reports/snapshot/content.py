"""What a snapshot says, part by part."""

from django.conf import settings
from django.utils.translation import gettext, override

from isecg.canonical import Content
from reports import figures
from reports.models import AnnualReport, Photograph
from reports.snapshot import highlights, people, plan, published, sections
from reports.snapshot.words import text

SCHEMA = 2


def collect(report: AnnualReport) -> Content:
    """Read the records of the report's period. Changes nothing."""
    language = settings.LANGUAGE_CODE
    with override(language):
        told = {
            "schema": SCHEMA,
            "language": language,
            "statement": statement(),
            **records(report),
        }
        counted = figures.counted(told)
        return {
            **told,
            "figures": counted,
            "sections": sections.told(report, {row["name"]: row["value"] for row in counted}),
        }


def statement() -> str:
    """What every report says of itself (from the group's own description of its products)."""
    return gettext(
        "ISECG is a voluntary, non-binding coordination forum. Its products, among them findings, "
        "recommendations and this report, are not legally binding and commit no agency to a policy, "
        "a programme or a contribution."
    )


def records(report: AnnualReport) -> Content:
    """What figures count, each table read once: all but the sections, which quote them."""
    items, goals, told = plan.rows_of(report), plan.goals_until(report), highlights.rows(report)
    memberships = people.memberships(report)
    agencies = people.agencies(report, items, memberships)
    order = [each.pk for each in agencies]
    return {
        "report": _report(report),
        "agencies": [people.agency(each) for each in agencies],
        "membership_changes": people.membership_changes(memberships, report),
        "chair_terms": people.chair_terms(report),
        "highlights": highlights.told(told, order),
        "nothing_to_report": highlights.nothing_to_report(report, order),
        "activities": highlights.activities(told, order),
        "work_items": plan.work_items(items, report, people.acronyms(agencies)),
        "goals": plan.goals(goals, report),
        "goals_kept": plan.goals_kept(goals, report),
        "goals_record": plan.goals_record(goals, report),
        "recommendations": published.recommendations(report),
        "meetings": published.meetings(report),
        "documents": published.documents(report),
    }


def _report(report: AnnualReport) -> Content:
    return {
        "year": report.year,
        "period": {"start": report.period_start.isoformat(), "last_day": report.last_day.isoformat()},
        "foreword": text(report.foreword),
        "foreword_by": text(report.foreword_by),
        "cover_note": text(report.cover_note),
        "cover": report.cover_picture and _cover(report, report.cover_picture),
        "arrangement": report.arrangement,
    }


def _cover(report: AnnualReport, picture: Photograph) -> Content:
    return highlights.photograph(picture, report.cover_credit, report.cover_alt)
