"""The meetings of the group, by year."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch

from agencies.models import Agency
from reports.models import Meeting


@dataclass(frozen=True)
class Year:
    """The meetings of a year, the newest first; `year` is None for those whose day is not known."""

    year: int | None
    meetings: list[Meeting]


def by_year(today: dt.date, kind: str = "") -> list[Year]:
    """The meetings, perhaps of one kind, the newest year first, undated ones last. Hosts are called as they
    are today. Two queries."""
    rows = Meeting.objects.prefetch_related(Prefetch("host", Agency.objects.named(today)))
    years: dict[int | None, list[Meeting]] = {}
    for row in rows.filter(kind=kind) if kind else rows:
        years.setdefault(row.day.year if row.day else None, []).append(row)
    return [Year(year, meetings) for year, meetings in years.items()]
