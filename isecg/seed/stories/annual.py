"""How the annual reports of the demonstration came about: opened, collected, edited, confirmed, approved by
the chair of the demonstration, published; through the portal's services, each step with its instant."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Max
from django.utils import timezone

from agencies.models import Agency
from isecg import deadlines
from isecg.mail.models import Message
from isecg.seed import illustrations
from isecg.seed.rows import Row
from isecg.seed.stories.telling import PAST, CannotTell, chair, head_of
from members.models import Mandate, Member, Role
from reports.models import AnnualReport, Contribution, Edition, Highlight
from reports.queries.reports import members_within
from reports.services import contributions, reports

ASKED, SUBMITTED, DUE = dt.timedelta(days=12), dt.timedelta(days=40), dt.timedelta(weeks=8)
EDITED, CIRCULATED, CONFIRMED = dt.timedelta(days=60), dt.timedelta(days=75), dt.timedelta(weeks=14)
ON_WHAT = "Nobody is known to chair: approved for the demonstration."


def opened(row: Row, *, by: Member) -> AnnualReport:
    """The report of a row: every member of its period with an account at its head is asked."""
    fields = {name: value for name, value in row.items() if name not in ("source", "picture", "until")}
    end = row["period_start"].replace(year=row["period_start"].year + 1)
    return reports.open_report(
        by=by,
        agencies=_with_a_head(row["period_start"], end),
        due_at=deadlines.end_of(end + DUE),
        confirm_by=deadlines.end_of(end + CONFIRMED),
        **fields,
        **_cover(row.get("picture", "")),
    )


def _with_a_head(start: dt.date, end: dt.date) -> list[Agency]:
    """So that somebody can submit: agencies whose head has an account soon after the period."""
    held = Mandate.objects.on(end).filter(role=Role.HEAD, member__is_demonstration=True)
    return list(members_within(start, end).filter(pk__in=held.values("agency")))


def _cover(name: str) -> Row:
    if not name:
        return {}
    picture = SimpleUploadedFile(f"{name}.webp", illustrations.file(name).read_bytes(), "image/webp")
    said = {"cover_credit": illustrations.CREDIT, "cover_alt": illustrations.SCENES[name].alt_text}
    return {"picture": picture, **said}


def collected(report: AnnualReport, *, by: Member) -> None:
    """Asked, submitted by every agency, and the collecting ended, soon after the period."""
    with_nothing_sent(report, ASKED, lambda now: reports.collect(report, by=by, now=now))
    for row in report.contributions.select_related("agency", "report"):
        with_nothing_sent(report, SUBMITTED, partial(_submit, row))
    with_nothing_sent(report, EDITED, lambda now: reports.edit_texts(report, by=by, now=now))


def _submit(row: Contribution, now: dt.datetime) -> None:
    """The agency's head submits what the highlights of the demonstration tell of the agency."""
    start, end = row.report.period_start, row.report.period_end
    contributions.submit_contribution(
        row,
        by=head_of(row.agency, now.date()),
        seen=contributions.handed_over(row.report, row.agency),
        nothing=not Highlight.objects.within(start, end).filter(agency=row.agency).exists(),
        now=now,
    )


def circulated(report: AnnualReport, *, by: Member) -> None:
    """The draft goes round; the newest edition is there."""
    with_nothing_sent(
        report,
        CIRCULATED,
        lambda now: reports.ask_to_confirm(report, by=by, confirm_by=_planned(report), now=now),
    )


def _planned(report: AnnualReport) -> dt.datetime:
    return report.confirm_by or deadlines.end_of(report.period_end + CONFIRMED)


def approved(report: AnnualReport, edition: Edition, *, administrator: Member) -> None:
    """By who chairs in the demonstration today, or by the administrator where nobody does."""
    person, words = _approving(administrator)
    reports.approve(report, by=person, edition=edition, words=words)


def _approving(administrator: Member) -> tuple[Member, str]:
    try:
        return chair(timezone.now().date()), ""
    except CannotTell:
        return administrator, ON_WHAT


def with_nothing_sent(report: AnnualReport, after: dt.timedelta, take: Callable[[dt.datetime], Any]) -> None:
    """Take a step of the past, `after` the report's period; its mails stay as a record, none goes out."""
    now = dt.datetime.combine(report.period_end + after, dt.time(10), dt.UTC)
    last = Message.objects.aggregate(last=Max("pk"))["last"] or 0
    take(now)
    written = Message.objects.filter(pk__gt=last, state=Message.State.QUEUED)
    written.update(state=Message.State.HELD, failure=PAST, not_before=now)
