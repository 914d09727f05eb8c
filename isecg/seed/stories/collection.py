"""The collection of the demonstration: a report whose highlights are being collected, with agencies in every
state; through the portal's services, each step some days before today."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from agencies.models import Activity, Agency
from isecg import deadlines
from isecg.seed import illustrations, rows
from isecg.seed.rows import Row
from isecg.seed.stories.annual import with_nothing_sent
from isecg.seed.stories.telling import CannotTell, head_of
from members.models import WRITING, Mandate, Member
from reports.models import AnnualReport, Contribution, Highlight
from reports.queries.reports import members_within
from reports.services import contributions, reports
from reports.services.highlights import edit_highlight, write_highlight
from reports.standing import part_of

YEAR = 2026
START = dt.date(YEAR, 1, 1)
COVER_NOTE = "A demonstration compiled from public sources. This is not an ISECG publication."
ASKED, WRITTEN, SUBMITTED, ANSWERED, DUE = (dt.timedelta(days=days) for days in (-20, -12, -8, -2, 18))


def told(*, by: Member) -> int:
    """Open the report, ask every member, and let the agencies come as far as the file says. Where there
    has been a report of that year, it is left alone. Returns how many parts were told."""
    if rows.missing(AnnualReport, [{"year": YEAR}], ["year"]) == []:
        return 0
    today = timezone.now().date()
    report = reports.open_report(
        by=by,
        year=YEAR,
        period_start=START,
        agencies=members_within(START, START.replace(year=YEAR + 1)),
        due_at=deadlines.end_of(today + DUE),
        cover_note=COVER_NOTE,
    )
    parts = rows.composed("collection")
    teller = _Teller(report, by, today)
    teller.step(ASKED, lambda now: reports.collect(report, by=by, now=now))
    for row in parts:
        teller.tell(row)
    return 1 + len(parts)


class _Teller:
    """The report while its collection is told."""

    def __init__(self, report: AnnualReport, editor: Member, today: dt.date) -> None:
        self.report, self.editor, self.today = report, editor, today

    def step(self, days: dt.timedelta, take: Callable[[dt.datetime], Any]) -> None:
        """Take a step that many days from today; nobody gets a mail of it."""
        with_nothing_sent(self.report, self.today + days - self.report.period_end, take)

    def tell(self, row: Row) -> None:
        """One agency's part, from its first word to where it is left."""
        part = Contribution.objects.get(report=self.report, agency__slug=row["agency"])
        self.step(WRITTEN, lambda now: self._write(part, row.get("highlight", []), now))
        if row.get("more_days"):
            self._extend(part, row)
        if row["stand"] == "writing":
            return
        self.step(SUBMITTED, lambda now: self._submit(part, row, now))
        for highlight in row.get("highlight", []):
            self._edit(part, highlight)
        if row["stand"] in ("confirmed", "change_asked"):
            self.step(ANSWERED, lambda now: self._answer(part, row, now))

    def _write(self, part: Contribution, found: list[Row], now: dt.datetime) -> None:
        for row in found:
            write_highlight(part, by=_writer(part.agency, now.date()), now=now, **_fields(row))

    def _submit(self, part: Contribution, row: Row, now: dt.datetime) -> None:
        contributions.submit_contribution(
            part,
            by=head_of(part.agency, now.date()),
            seen=contributions.handed_over(self.report, part.agency),
            nothing=row["stand"] == "nothing",
            words=row.get("words", ""),
            now=now,
        )

    def _edit(self, part: Contribution, row: Row) -> None:
        if "edited" in row:
            written = Highlight.objects.get(agency=part.agency, title=row["title"], day=row["day"])
            edit_highlight(written, by=self.editor, version=written.version, text=row["edited"].strip())

    def _answer(self, part: Contribution, row: Row, now: dt.datetime) -> None:
        head, seen = head_of(part.agency, now.date()), part_of(part).sha256
        if row["stand"] == "confirmed":
            contributions.confirm_contribution(part, by=head, seen=seen, now=now)
        else:
            contributions.ask_for_change(part, by=head, seen=seen, words=row["answer"], now=now)

    def _extend(self, part: Contribution, row: Row) -> None:
        later = deadlines.end_of(self.today + DUE + dt.timedelta(days=row["more_days"]))
        self.step(
            ANSWERED,
            lambda now: contributions.extend_contribution(
                part, by=self.editor, version=part.version, due_at=later, reason=row["reason"], now=now
            ),
        )


def _writer(agency: Agency, day: dt.date) -> Member:
    """The agency's delegate, else who speaks for it."""
    held = Mandate.objects.on(day).filter(agency=agency, role__in=WRITING).select_related("member")
    found = held.order_by("role").first()  # "delegate" comes before "head"
    if found is None:
        raise CannotTell(f"nobody writes for {agency}")
    return found.member


def _fields(row: Row) -> Row:
    """A highlight of the file as the service takes it."""
    links = Activity.objects.filter(slug__in=row.get("activities", []))
    plain = {name: row[name] for name in ("title", "day", "destination")}
    return {
        **plain,
        "day_precision": row.get("precision", "day"),
        "text": row["text"].strip(),
        "source": rows.composition(row),
        "activities": links,
        **_picture(row.get("picture", "")),
    }


def _picture(name: str) -> Row:
    if not name:
        return {}
    picture = SimpleUploadedFile(f"{name}.webp", illustrations.file(name).read_bytes(), "image/webp")
    return {
        "picture": picture,
        "credit": illustrations.CREDIT,
        "alt_text": illustrations.SCENES[name].alt_text,
    }
