"""What the group issued, released and met for in the period."""

import datetime as dt

from isecg.canonical import Content
from recommendations.models import Recommendation, State
from reports.models import AnnualReport, Document, Meeting
from reports.snapshot.words import date, day, text


def recommendations(report: AnnualReport) -> list[Content]:
    """Recommendations issued in the period (UTC), by number, as they stood on its last day."""
    end = dt.datetime.combine(report.period_end, dt.time(), dt.UTC)
    start = dt.datetime.combine(report.period_start, dt.time(), dt.UTC)
    rows = Recommendation.objects.public().filter(issued_at__gte=start, issued_at__lt=end)
    return [
        {
            "number": row.number,
            "title": text(row.title),
            "kind": row.kind,
            "issued_on": row.issued_at.astimezone(dt.UTC).date().isoformat(),
            "state": row.state if row.ended_at and row.ended_at < end else State.ISSUED.value,
            "summary": text(row.summary),
        }
        for row in rows.order_by("number")
        if row.issued_at
    ]


def meetings(report: AnnualReport) -> list[Content]:
    """Meetings that began in the period, in order."""
    rows = Meeting.objects.within(report.period_start, report.period_end).select_related("host")
    return [
        {
            "slug": row.slug,
            "title": text(row.title),
            "kind": row.kind,
            "on": day(row.day, row.day_precision),
            "last_day": date(row.last_day),
            "place": text(row.place),
            "host": row.host and row.host.slug,
            "about": text(row.about),
            "link": row.link,
        }
        for row in rows.order_by("day", "slug")
        if row.day
    ]


def documents(report: AnnualReport) -> list[Content]:
    """Documents released in the period, in order."""
    rows = Document.objects.filter(day__gte=report.period_start, day__lt=report.period_end)
    return [
        {
            "slug": row.slug,
            "title": text(row.title),
            "kind": row.kind,
            "on": day(row.day, row.day_precision),
            "about": text(row.about),
            "link": row.link,
        }
        for row in rows.order_by("day", "slug")
        if row.day
    ]
