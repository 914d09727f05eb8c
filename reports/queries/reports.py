"""A report and what became of it: its chapters, its current edition, its photographs, who is told."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Prefetch, Q

from agencies.models import Agency, Membership
from isecg.access import standing
from members.models import SPEAKING, Mandate, Member
from reports.models import (
    AnnualReport,
    Edition,
    Highlight,
    Photograph,
    Publication,
)


@dataclass(frozen=True)
class Chapter:
    """An agency's part of a report; empty while it has no highlight in the period."""

    agency: Agency
    highlights: list[Highlight] = field(default_factory=list)


def chapters(report: AnnualReport) -> list[Chapter]:
    """Highlights of the period by agency in order of acronym, members without one included. Two queries."""
    within = Highlight.objects.within(report.period_start, report.period_end).submitted()
    agencies = (
        Agency.objects.named(report.last_day)
        .filter(
            Q(pk__in=Agency.objects.members_on(report.last_day).values("pk"))
            | Q(pk__in=within.values("agency"))
        )
        .prefetch_related(Prefetch("highlights", within.select_related("photograph"), to_attr="of_period"))
    )
    return [Chapter(agency, agency.of_period) for agency in agencies]


def current_publication(report: AnnualReport, now: dt.datetime | None = None) -> Publication | None:
    """The latest publication that counts, whose edition and snapshot readers see; None while nothing was
    published."""
    rows = report.publications.counting(now)
    return rows.select_related("edition__snapshot").prefetch_related("edition__copies").first()


def photographs_for(reader: Any) -> models.QuerySet[Photograph]:
    """For delegates those of their agency's highlights; for the secretariat those of highlights that left
    their agency, and of covers. Others: `is_printed`."""
    seen = standing(reader)
    shown = Q(highlights__agency__in=seen.reads_for)
    if seen.secretariat:
        shown |= Q(highlights__inside_agency=False) | Q(covers__isnull=False)
    return Photograph.objects.filter(shown).distinct()


def is_printed(sha256: str, reader: Any) -> bool:
    """Whether the photograph stands in an edition that the reader may download."""
    inside = [{"photograph": {"sha256": sha256}}]
    return Edition.objects.visible_to(reader).filter(snapshot__content__highlights__contains=inside).exists()


def heads_and_alternates(day: dt.date) -> Iterable[Member]:
    """Who speaks for an agency on `day` and may sign in."""
    speaking = Mandate.objects.on(day).filter(role__in=SPEAKING)
    return Member.objects.filter(pk__in=speaking.values("member"), is_active=True)


def members_within(start: dt.date, end: dt.date) -> models.QuerySet[Agency]:
    """Agencies that were members on any day from `start` until before `end`."""
    held = Membership.objects.filter(Q(end__isnull=True) | Q(end__gt=start), start__lt=end)
    return Agency.objects.filter(pk__in=held.values("agency"))
