"""The sections of the secretariat and of the working groups, figures filled in."""

import datetime as dt

from django.db.models import CharField, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce, Upper

from agencies.models import AgencyName
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
        .annotate(acronym=_acronym(report.last_day))
        .order_by("start", "pk"),
        to_attr="for_agencies",
    )
    rows = report.sections.select_related("owner").prefetch_related(mandates)
    return [_section(row, values) for row in rows if row.text.strip()]


def _section(row: Section, values: dict[str, int]) -> Content:
    return {
        "id": f"section-{row.slug}",
        "slug": row.slug,
        "kind": row.kind,
        "title": text(row.title),
        "text": figures.filled(text(row.text), values),
        "quotes": figures.quoted(row.text),
        "by": _agency(row),
    }


def _acronym(day: dt.date) -> Coalesce:
    """Of a mandate's agency as it was called on the day, or as first known."""
    names = AgencyName.objects.filter(agency=OuterRef("agency"))
    then, first = names.filter(start__lte=day).order_by("-start"), names.order_by("start")
    known = [Subquery(rows.values("acronym")[:1]) for rows in (then, first)]
    return Coalesce(*known, Upper("agency__slug"), output_field=CharField())


def _agency(row: Section) -> str:
    """The acronym of the agency whose delegate owns the section: persons are not named."""
    mandates = row.owner.for_agencies if row.owner else []  # type: ignore[attr-defined]
    return mandates[-1].acronym if mandates else ""
