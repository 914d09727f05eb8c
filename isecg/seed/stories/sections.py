"""The sections of the demonstration's reports, through the portal's services."""

import datetime as dt

from django.utils import timezone

from isecg import deadlines
from isecg.seed import rows
from isecg.seed.rows import Row
from members.models import Member
from reports.models import AnnualReport, Section
from reports.queries.sections import WRITING, lines
from reports.services.sections import add_section, edit_section, review_section


def told(*, by: Member) -> int:
    """Add what never was there to reports that are still being written. Returns how many."""
    reports = {report.year: report for report in AnnualReport.objects.filter(state__in=WRITING)}
    known = [row for row in rows.composed("sections") if row["year"] in reports]
    linked = [{**row, "report": reports[row["year"]]} for row in known]
    missing = rows.missing(Section, linked, ["report", "slug"])
    for row in missing:
        _tell(row, by)
    return len(missing)


def _tell(row: Row, by: Member) -> None:
    due = timezone.now().date() + dt.timedelta(days=row["due"]) if "due" in row else None
    owner = Member.objects.get(email=row["owner"])
    section = add_section(
        row["report"],
        by=by,
        owner=owner,
        due_at=deadlines.end_of(due) if due else None,
        **{name: row[name] for name in ("slug", "kind", "number", "title", "text")},
    )
    if "stand" in row:
        (line,) = lines(section.report, Section.objects.filter(pk=section.pk))
        review_section(section, by=by, seen=line.seen)
    if "later" in row:
        edit_section(section, by=owner, version=section.version, text=row["later"])
