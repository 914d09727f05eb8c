"""Load what the demonstration shows: accounts, a chair, a work plan, highlights, goals, two annual reports,
and recommendations in every state.

Everything goes through the services that people's clicks go through, so that the event log tells of it.
"""

import datetime as dt
import time
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management.base import BaseCommand, CommandError
from django.db import models, transaction
from django.utils import timezone

import agencies.queries
from agencies.models import Activity, Agency, ChairTerm
from agencies.services import chair
from isecg import jobs
from isecg.access import WrongMoment
from isecg.audit import services as audit
from isecg.seed import illustrations, rows
from isecg.seed.rows import Row
from isecg.seed.stories import annual, collection, plan, sections
from isecg.seed.stories.reading import Story, stories
from isecg.seed.stories.steps import VERBS
from isecg.seed.stories.telling import CannotTell, tell
from members.models import Member
from members.services.mandates import appoint
from recommendations.models import Recommendation
from reports.models import AnnualReport, Edition, Highlight, Rendering, State
from reports.services import editions, highlights, publishing

EDITOR, ADMINISTRATOR = "editor@demo.invalid", "administrator@demo.invalid"
NO_WAIT = dt.timedelta()  # the demonstration's past reports are there at once
PATIENCE = 120  # seconds for a worker that took the rendering before this command could


class Command(BaseCommand):
    """Creates what never was there; what people changed or removed is left alone."""

    help = "Load the demonstration: accounts, chair, work plan, reports, recommendations (DEMO=1 only)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "The demonstration is loaded only where DEMO=1: anybody can sign in to its accounts."
            )
        if not Member.objects.filter(email=EDITOR).exists():
            self._say("accounts, work plan, highlights, a year's collection")
        with transaction.atomic():
            new = _records()
        told, published = _untold(), list(_unpublished())
        for number, story in enumerate(told, 1):
            self._say(f"recommendation {number} of {len(told)}")
            new += self._tell(story)
        for report in published:
            self._say(f"annual report {report.year}, with its PDF files")
            new += self._publish(report)
        self.stdout.write(f"Demonstration: {new or 'nothing'} added.")

    def _say(self, part: str) -> None:
        """How far it is, at once: whoever waits at a terminal reads these lines (isecg.stack.watch)."""
        self.stdout.write(f"load_demo: {part} ...")
        self.stdout.flush()

    def _tell(self, story: Story) -> int:
        """Tell a recommendation's story; says so when what people changed here does not let it happen."""
        try:
            tell(story, VERBS)
        except (CannotTell, PermissionDenied, ValidationError, WrongMoment) as error:
            words = "; ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            self.stderr.write(f"“{story.title}” could not be told: {words}")
            return 0
        return 1

    def _publish(self, report: AnnualReport) -> int:
        """Walk the report through its workflow, from wherever it stands, until everybody reads it; says so
        when something does not let it go on."""
        try:
            self._walk(report)
        except (CannotTell, PermissionDenied, ValidationError, WrongMoment) as error:
            words = "; ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            self.stderr.write(f"{report} could not be published: {words}")
            return 0
        return 1

    def _walk(self, report: AnnualReport) -> None:
        editor, administrator = Member.objects.get(email=EDITOR), Member.objects.get(email=ADMINISTRATOR)
        if report.state == State.OPEN:
            annual.collected(report, by=editor)
        rendering = editions.render(report, by=editor)
        jobs.run(Rendering._meta.label_lower, rendering.pk)
        if sentence := _outcome(rendering):
            raise CannotTell(sentence)
        edition = Edition.objects.get(rendering=rendering)
        with transaction.atomic():  # what the gate stops is being edited, as before
            annual.circulated(report, by=editor)
            annual.approved(report, edition, administrator=administrator)
            publishing.publish(report, by=editor, edition=edition, hold=NO_WAIT)


def _missing_highlights() -> list[Row]:
    seats = Agency.objects.in_bulk(field_name="slug")
    missions = Activity.objects.in_bulk(field_name="slug")
    found = [_linked(rows.dated(row), "agency", seats) for row in rows.composed("highlights")]
    missing = rows.missing(Highlight, found, ["agency", "day", "title"])
    return [{**row, "activities": [missions[slug] for slug in row.get("activities", ())]} for row in missing]


def _records() -> int:
    """Add what is missing of every kind; returns how many records that were."""
    seats = Agency.objects.in_bulk(field_name="slug")
    new = _accounts(seats)
    editor = Member.objects.get(email=EDITOR)
    new += _chair(by=editor)
    new += plan.told(seats, by=editor)
    new += _highlights(by=editor) + _reports(by=editor) + collection.told(by=editor)
    return new + sections.told(by=editor)


def _accounts(seats: dict[str, Agency]) -> int:
    """Accounts without a password, each with its role."""
    missing = rows.missing(Member, rows.composed("accounts"), ["email"])
    for row in missing:
        member = Member.objects.create_user(row["email"], name=row["name"], is_demonstration=True)
        audit.record(by=None, verb="load", what=member, why=rows.COMPOSED)
        appoint(
            member,
            by=None,
            role=row["role"],
            agency=seats.get(row.get("agency", "")),
            start=row["start"],
            end=row.get("end"),
            now=timezone.now(),
            why=rows.COMPOSED,
        )
    return len(missing)


def _chair(*, by: Member) -> int:
    """Where nobody is known to chair, the agency whose turn it is chairs in the demonstration."""
    missing = rows.missing(ChairTerm, rows.composed("chair"), ["start"])
    newest = ChairTerm.objects.order_by("start").last()
    unknown = [row for row in missing if newest and newest.agency is None and newest.start < row["start"]]
    for row in unknown:
        next_in_turn = agencies.queries.proposal(row["start"], 1)[0].agency
        chair.hand_over(by=by, to=next_in_turn, **row)
    return len(unknown)


def _untold() -> list[Story]:
    """Stories of recommendations that never were here, whatever became of them."""
    found: list[Row] = [{"title": story.title, "story": story} for story in stories(timezone.now().date())]
    return [row["story"] for row in rows.missing(Recommendation, found, ["title"])]


def _highlights(*, by: Member) -> int:
    missing = _missing_highlights()
    for row in missing:
        highlights.add_highlight(by=by, **_illustrated(row))
    return len(missing)


def _illustrated(row: Row) -> Row:
    name = row.pop("picture", "")
    if not name:
        return row
    return {
        **row,
        "picture": SimpleUploadedFile(f"{name}.webp", illustrations.file(name).read_bytes(), "image/webp"),
        "credit": illustrations.CREDIT,
        "alt_text": illustrations.SCENES[name].alt_text,
    }


def _reports(*, by: Member) -> int:
    missing = rows.missing(AnnualReport, rows.composed("reports"), ["year"])
    for row in missing:
        annual.opened(row, by=by)
    return len(missing)


def _linked(row: Row, name: str, records: Any) -> Row:
    """The row with the record in place of its code or address."""
    return {**row, name: records[row[name]]}


def _unpublished() -> models.QuerySet[AnnualReport]:
    """Reports that the demonstration publishes and nobody has touched, oldest first; or that it did not bring
    to an end before."""
    years = [row["year"] for row in rows.composed("reports") if row.get("until") == State.PUBLISHED]
    drafts = AnnualReport.objects.filter(year__in=years, state__in=[State.OPEN, State.EDITING])
    return drafts.filter(publications__isnull=True).order_by("year")


def _outcome(rendering: Rendering) -> str:
    """Empty when it is ready, otherwise why not. A worker may have taken it before us: waits for it."""
    latest = time.monotonic() + PATIENCE
    while time.monotonic() < latest:
        rendering.refresh_from_db()
        if rendering.state == Rendering.State.READY:
            return ""
        if rendering.state != Rendering.State.RENDERING:
            break
        time.sleep(0.5)
    return rendering.failure or "it is still waiting for a worker"
