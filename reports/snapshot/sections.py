"""The sections of the secretariat and of the working groups, figures filled in."""

from django.db.models import Prefetch

from isecg.canonical import Content
from members.models import Mandate
from reports import figures
from reports.models import AnnualReport, Section
from reports.snapshot.words import text


def told(report: AnnualReport, values: dict[str, int]) -> list[Content]:
    """The sections that have a text, in order; `quotes` names the figures their words contain."""
    mandates = Prefetch(
        "owner__mandates",
        Mandate.objects.filter(agency__isnull=False)
        .select_related("agency")
        .prefetch_related("agency__names")
        .order_by("start", "pk"),
        to_attr="for_agencies",
    )
    rows = report.sections.select_related("owner").prefetch_related(mandates)
    return [_section(row, report, values) for row in rows if row.text.strip()]


def _section(row: Section, report: AnnualReport, values: dict[str, int]) -> Content:
    return {
        "id": f"section-{row.slug}",
        "slug": row.slug,
        "kind": row.kind,
        "title": text(row.title),
        "text": figures.filled(text(row.text), values),
        "quotes": figures.quoted(row.text),
        "by": _agency(row, report),
    }


def _agency(row: Section, report: AnnualReport) -> str:
    """The acronym of the agency whose delegate owns the section: persons are not named."""
    mandates = row.owner.for_agencies if row.owner else []  # type: ignore[attr-defined]
    return mandates[-1].agency.acronym_on(report.last_day) if mandates else ""
