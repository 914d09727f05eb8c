"""Who was a member in the period, under which name, and who chaired."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from agencies.models import Agency, ChairTerm, Membership
from isecg.canonical import Content
from reports.models import AnnualReport, Meeting, WorkItem
from reports.snapshot import plan
from reports.snapshot.highlights import activities_of, nothing_of, rows_of
from reports.snapshot.words import day, text


def memberships(report: AnnualReport) -> list[Membership]:
    """Those of the period, in order, and those that ended on its first day. One query."""
    until = Q(end__isnull=True) | Q(end__gte=report.period_start)
    rows = Membership.objects.filter(until, start__lt=report.period_end)
    return list(rows.select_related("agency").order_by("start", "pk"))


def agencies(
    report: AnnualReport, items: Iterable[WorkItem], memberships: Iterable[Membership]
) -> list[Agency]:
    """Members in the period and whoever else the report names, by the acronym of the period's last day; each
    `in_period` with its last membership of the period, if any.

    `items` are those of the work plan. One query.
    """
    held = {row.agency_id: row for row in memberships if row.end is None or row.end > report.period_start}
    spoken_of = (
        Q(pk__in=held)
        | Q(pk__in=rows_of(report).values("agency"))
        | Q(slug__in=plan.agencies_of(items, report))
        | Q(pk__in=_terms_of(report).values("agency"))
        | Q(pk__in=Meeting.objects.within(report.period_start, report.period_end).values("host"))
        | Q(pk__in=activities_of(report).values("agencies"))
        | Q(pk__in=nothing_of(report).values("contribution__agency"))
    )
    found: list[Any] = list(Agency.objects.named(report.last_day).filter(spoken_of))
    for each in found:
        each.in_period = held.get(each.pk)
    return sorted(found, key=lambda each: (acronym(each).casefold(), each.slug))


def acronym(agency: Any) -> str:
    """Of an agency with its name of the day; of one without a name its address."""
    return agency.acronym or agency.slug.upper()


def acronyms(agencies: Iterable[Agency]) -> dict[str, str]:
    """{address: acronym, as agencies are put in order}."""
    return {each.slug: acronym(each).casefold() for each in agencies}


def agency(agency: Any) -> Content:
    """An agency, one of `agencies`, as it was called on the period's last day."""
    membership = agency.in_period
    return {
        "slug": agency.slug,
        "acronym": acronym(agency),
        "name": agency.name or agency.slug,
        "name_en": agency.name_en or "",
        "country": agency.country,
        "website": agency.website,
        "member": membership is not None,
        "founder": membership is not None and membership.founder,
        "joined": membership and day(membership.start, membership.start_precision),
        "left": membership and membership.end and day(membership.end, membership.end_precision),
    }


def membership_changes(memberships: Iterable[Membership], report: AnnualReport) -> list[Content]:
    """Who joined and who left in the period, in order."""
    begin, stop = report.period_start, report.period_end
    changes = []
    for row in memberships:
        if begin <= row.start < stop:
            changes.append(("joined", row.start, row.start_precision, row.agency.slug))
        if row.end and begin <= row.end < stop:
            changes.append(("left", row.end, row.end_precision, row.agency.slug))
    return [
        {"what": what, "on": day(on, precision), "agency": slug}
        for what, on, precision, slug in sorted(changes, key=lambda change: (change[1], change[3], change[0]))
    ]


def _terms_of(report: AnnualReport) -> Any:
    first = ChairTerm.objects.on(report.period_start).values("start")
    return ChairTerm.objects.filter(
        Q(start__in=first) | Q(start__gt=report.period_start), start__lt=report.period_end
    ).with_end()


def chair_terms(report: AnnualReport) -> list[Content]:
    """Terms that touch the period, in order. Without an agency, or before the first term: unknown."""
    terms = [
        {
            "agency": term.agency and term.agency.slug,
            "person": text(term.person),
            "start": day(term.start, term.start_precision),
            "start_note": text(term.start_note),
            "end": term.end and day(term.end, term.end_precision),
        }
        for term in _terms_of(report).select_related("agency").order_by("start")
    ]
    begin = report.period_start.isoformat()
    if not terms or terms[0]["start"]["day"] > begin:
        end = terms[0]["start"] if terms else None
        unknown = {"agency": None, "person": "", "start": None, "start_note": "", "end": end}
        terms.insert(0, unknown)
    return terms
