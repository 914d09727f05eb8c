"""Everything a report says, as JSON: complete, sorted, canonical, checked against a published schema.

The report is made from this alone; what is edited afterwards cannot change it. The same records give
the same bytes, so the same snapshot.
"""

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.translation import gettext, override
from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator

from agencies.models import Agency, AgencyName, ChairTerm, Membership
from isecg.access import WrongMoment
from isecg.audit.services import record
from isecg.canonical import Content, digest
from isecg.dated import Precision
from members.models import Member
from reports.models import (
    AnnualReport,
    Document,
    Goal,
    Highlight,
    Photograph,
    ProgressEntry,
    Snapshot,
    WorkItem,
)
from reports.queries import status

SCHEMA = Path(__file__).with_name("snapshot.schema.json")
READINGS = 6


@transaction.atomic
def take(report: AnnualReport, by: Member | None) -> Snapshot:
    """The snapshot of the report as its records stand now; the earlier one if nothing has changed.

    Adds a row and an event "snapshot" when something has. Raises WrongMoment while the records do not come
    to rest, and jsonschema's ValidationError when the content does not fit the schema, which is a mistake
    in this module.
    """
    content = settled(report)
    validator().validate(content)
    snapshot, new = Snapshot.objects.get_or_create(
        report=report, sha256=digest(content), defaults={"content": content}
    )
    if new:
        record(by=by, verb="snapshot", what=snapshot)
    return snapshot


def settled(report: AnnualReport) -> Content:
    """The records as they stood together at one moment. Raises WrongMoment while they do not come to rest.

    Each query sees what is committed when it runs, so one reading may hold half of what somebody saves
    meanwhile. Two readings in a row that say the same: nothing changed from the first one's end to the
    second one's beginning.
    """
    before = None
    for _reading in range(READINGS):
        content = collect(AnnualReport.objects.get(pk=report.pk))
        if content == before:
            return content
        before = content
    raise WrongMoment(_("The records of this report are being changed right now; try again in a moment."))


@cache
def validator() -> Draft202012Validator:
    """Checks a content against the published schema."""
    schema = json.loads(SCHEMA.read_text())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def collect(report: AnnualReport) -> Content:
    """Read the records of the report's period. Changes nothing."""
    language = settings.LANGUAGE_CODE
    agencies = _agencies(report)
    with override(language):
        return {
            "schema": 1,
            "language": language,
            "report": _report(report),
            "agencies": [_agency(each, report) for each in agencies],
            "membership_changes": _membership_changes(report),
            "chair_terms": _chair_terms(report),
            "highlights": _highlights(report, [each.pk for each in agencies]),
            "work_items": _work_items(report),
            "goals": _goals(report),
            "documents": _documents(report),
            "statement": statement(),
        }


def statement() -> str:
    """What every report says of itself (from the group's own description of its products)."""
    return gettext(
        "ISECG is a voluntary, non-binding coordination forum. Its products, among them findings, "
        "recommendations and this report, are not legally binding and commit no agency to a policy, "
        "a programme or a contribution."
    )


def _report(report: AnnualReport) -> Content:
    return {
        "year": report.year,
        "period": {"start": report.period_start.isoformat(), "last_day": report.last_day.isoformat()},
        "foreword": _text(report.foreword),
        "foreword_by": _text(report.foreword_by),
        "cover_note": _text(report.cover_note),
    }


def _agencies(report: AnnualReport) -> list[Agency]:
    """Members in the period and whoever else the report names, by the acronym of the period's last day."""
    names = Prefetch("names", AgencyName.objects.order_by("start"))
    memberships = Prefetch("memberships", _memberships(report), to_attr="in_period")
    spoken_of = (
        Exists(_memberships(report).filter(agency=OuterRef("pk")))
        | Q(pk__in=_highlights_of(report).values("agency"))
        | Q(pk__in=_items_of(report).values("lead"))
        | Q(pk__in=_items_of(report).values("contributors"))
        | Q(pk__in=_terms_of(report).values("agency"))
    )
    found = Agency.objects.filter(spoken_of).prefetch_related(names, memberships)
    return sorted(found, key=lambda each: (each.acronym_on(report.last_day).casefold(), each.slug))


def _agency(agency: Agency, report: AnnualReport) -> Content:
    names = list(agency.names.all())
    known = [row for row in names if row.start <= report.last_day] or names[:1]
    membership = agency.in_period[-1] if agency.in_period else None  # type: ignore[attr-defined]
    return {
        "slug": agency.slug,
        "acronym": agency.acronym_on(report.last_day),
        "name": known[-1].name if known else agency.slug,
        "name_en": known[-1].name_en if known else "",
        "country": agency.country,
        "website": agency.website,
        "member": membership is not None,
        "founder": membership is not None and membership.founder,
        "joined": membership and _day(membership.start, membership.start_precision),
        "left": membership and membership.end and _day(membership.end, membership.end_precision),
    }


def _memberships(report: AnnualReport) -> Any:
    running = Q(end__isnull=True) | Q(end__gt=report.period_start)
    return Membership.objects.filter(running, start__lt=report.period_end).order_by("start")


def _membership_changes(report: AnnualReport) -> list[Content]:
    begin, stop = report.period_start, report.period_end
    changes = []
    for row in Membership.objects.filter(
        Q(start__gte=begin, start__lt=stop) | Q(end__gte=begin, end__lt=stop)
    ).select_related("agency"):
        if begin <= row.start < stop:
            changes.append(("joined", row.start, row.start_precision, row.agency.slug))
        if row.end and begin <= row.end < stop:
            changes.append(("left", row.end, row.end_precision, row.agency.slug))
    return [
        {"what": what, "on": _day(day, precision), "agency": slug}
        for what, day, precision, slug in sorted(
            changes, key=lambda change: (change[1], change[3], change[0])
        )
    ]


def _terms_of(report: AnnualReport) -> Any:
    first = ChairTerm.objects.on(report.period_start).values("start")
    return ChairTerm.objects.filter(
        Q(start__in=first) | Q(start__gt=report.period_start), start__lt=report.period_end
    ).with_end()


def _chair_terms(report: AnnualReport) -> list[Content]:
    """Terms that touch the period, in order. Without an agency, or before the first term: unknown."""
    terms = [
        {
            "agency": term.agency and term.agency.slug,
            "person": _text(term.person),
            "start": _day(term.start, term.start_precision),
            "start_note": _text(term.start_note),
            "end": term.end and _day(term.end, term.end_precision),
        }
        for term in _terms_of(report).select_related("agency").order_by("start")
    ]
    begin = report.period_start.isoformat()
    if not terms or terms[0]["start"]["day"] > begin:
        end = terms[0]["start"] if terms else None
        unknown = {"agency": None, "person": "", "start": None, "start_note": "", "end": end}
        terms.insert(0, unknown)
    return terms


def _highlights_of(report: AnnualReport) -> Any:
    return Highlight.objects.within(report.period_start, report.period_end)


def _highlights(report: AnnualReport, order: list[int]) -> list[Content]:
    rows = _highlights_of(report).select_related("agency", "photograph")
    return [
        {
            "id": f"highlight-{row.pk}",
            "agency": row.agency.slug,
            "title": _text(row.title),
            "on": _day(row.day, row.day_precision),
            "text": _text(row.text),
            "photograph": row.photograph and _photograph(row, row.photograph),
            "source": _text(row.source),
        }
        for row in sorted(rows, key=lambda row: (order.index(row.agency_id), row.day, row.pk))
    ]


def _photograph(row: Highlight, picture: Photograph) -> Content:
    return {
        "sha256": picture.sha256,
        "width": picture.width,
        "height": picture.height,
        "credit": _text(row.credit),
        "alt": _text(row.alt_text),
    }


def _items_of(report: AnnualReport) -> Any:
    """Items of the period: begun before its end, and not done before its start."""
    before = ProgressEntry.objects.filter(item=OuterRef("pk"), day__lt=report.period_start)
    since = ProgressEntry.objects.filter(item=OuterRef("pk"), day__gte=report.period_start)
    over = Exists(before.filter(percent=100)) & ~Exists(since.filter(day__lt=report.period_end))
    return WorkItem.objects.filter(~over, start__lt=report.period_end)


def _work_items(report: AnnualReport) -> list[Content]:
    entries = ProgressEntry.objects.filter(day__lt=report.period_end).order_by("day", "pk")
    rows = (
        _items_of(report)
        .select_related("lead")
        .prefetch_related("contributors__names", Prefetch("entries", entries))
        .order_by("code")
    )
    return [_work_item(row, report) for row in rows]


def _work_item(row: WorkItem, report: AnnualReport) -> Content:
    entries = list(row.entries.all())
    percent = entries[-1].percent if entries else None
    contributors = sorted(
        row.contributors.all(), key=lambda each: each.acronym_on(report.last_day).casefold()
    )
    return {
        "code": row.code,
        "title": _text(row.title),
        "description": _text(row.description),
        "lead": row.lead and row.lead.slug,
        "contributors": [each.slug for each in contributors],
        "working_group": _text(row.working_group),
        "start": row.start.isoformat(),
        "due": row.due.isoformat(),
        "percent": percent or 0,
        "status": status(percent, row.due, report.last_day).value,
        "reported": any(entry.day >= report.period_start for entry in entries),
        "entries": [
            {"day": entry.day.isoformat(), "percent": entry.percent, "text": _text(entry.text)}
            for entry in entries
        ],
    }


def _goals(report: AnnualReport) -> list[Content]:
    """The goals of the coming year."""
    goals = Goal.objects.filter(year=report.year + 1).prefetch_related("items").order_by("number")
    return [
        {
            "number": goal.number,
            "text": _text(goal.text),
            "items": sorted(item.code for item in goal.items.all()),
        }
        for goal in goals
    ]


def _documents(report: AnnualReport) -> list[Content]:
    rows = Document.objects.filter(day__gte=report.period_start, day__lt=report.period_end).order_by(
        "day", "slug"
    )
    return [
        {
            "slug": row.slug,
            "title": _text(row.title),
            "kind": row.kind,
            "on": _day(row.day, row.day_precision),
            "about": _text(row.about),
            "link": row.link,
        }
        for row in rows
        if row.day
    ]


def _day(day: dt.date, precision: str) -> Content:
    return {"day": day.isoformat(), "precision": Precision(precision).value}


def _text(text: str) -> str:
    """Line ends of browsers differ; what people see does not."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
