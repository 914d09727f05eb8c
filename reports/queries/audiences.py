"""Who is told of a step of a report. An empty audience is nobody: there is no fallback to everybody."""

import datetime as dt
from collections import defaultdict
from typing import Any

from members.models import OF_SECRETARIAT, SPEAKING, WRITING, Mandate
from recommendations.queries.audiences import Members, holding
from reports.models import AnnualReport, Contribution


def heads_and_alternates(report: AnnualReport, now: dt.datetime) -> Members:
    """Who speaks for an agency, asked or not."""
    return holding(now, role__in=SPEAKING)


def asked(report: AnnualReport, now: dt.datetime) -> Members:
    """Heads, alternates and delegates of the agencies asked."""
    return holding(now, role__in=WRITING, agency__in=_agencies(report))


def asked_to_confirm(report: AnnualReport, now: dt.datetime) -> Members:
    """Heads and alternates of the agencies asked: they speak for them."""
    return holding(now, role__in=SPEAKING, agency__in=_agencies(report))


def secretariat(report: AnnualReport, now: dt.datetime) -> Members:
    """Editors and administrators."""
    return holding(now, role__in=OF_SECRETARIAT)


def asked_to_confirm_and_secretariat(report: AnnualReport, now: dt.datetime) -> Members:
    """Both."""
    return asked_to_confirm(report, now) | secretariat(report, now)


def parts_by_member(report: AnnualReport, now: dt.datetime) -> dict[int, list[Contribution]]:
    """The parts of the agencies asked, by the members who write for them. Three queries."""
    rows = report.contributions.filter(asked_at__isnull=False).select_related("report")
    parts = {row.agency_id: row for row in rows.prefetch_related("agency__names")}
    held = Mandate.objects.on(now.date()).filter(agency__in=parts, role__in=WRITING)
    found: dict[int, list[Contribution]] = defaultdict(list)
    for agency, member in held.order_by("agency").values_list("agency", "member").distinct():
        found[member].append(parts[agency])
    return found


def nobody(report: AnnualReport, now: dt.datetime) -> Members:
    """Nobody is told."""
    return holding(now, pk=None)


def _agencies(report: AnnualReport) -> Any:
    return report.contributions.filter(asked_at__isnull=False).values("agency")
