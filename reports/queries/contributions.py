"""Questions about agencies' parts of a report: is it the moment, by when, who is told, what stands where.

Not re-exported by `reports.queries`: it reads through `reports.standing`, which reads through the snapshot.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from isecg.access import Allowed, Decision, Denied, standing
from isecg.deadlines import last_day
from members.models import OF_SECRETARIAT, SPEAKING, WRITING, Member
from recommendations.queries.audiences import holding
from reports.models import (
    PUBLIC,
    AnnualReport,
    Contribution,
    Highlight,
    Reminder,
    State,
    Submission,
    stands_in,
)
from reports.standing import EMPTY, Part, Stand, parts

OVER = _("The collection for this report is over. If something is missing, write to the secretariat.")
NOT_YET = _("The secretariat has not asked for highlights yet.")
ANSWERABLE = (
    State.COLLECTING,
    State.EDITING,
    State.CONFIRMING,
    State.APPROVED,
    State.PUBLISHED,
    State.CORRECTED,
)


def deadline(contribution: Contribution) -> dt.datetime | None:
    """By when the agency hands in: its own deadline, else the report's."""
    return contribution.due_at or contribution.report.due_at


def is_open(contribution: Contribution, now: dt.datetime) -> Decision:
    """Whether the agency can still write and hand in: while the report is collecting, however late it is;
    after that only until a deadline of its own."""
    if contribution.asked_at is None:
        return Denied(NOT_YET)
    state, own = contribution.report.state, contribution.due_at
    if state == State.COLLECTING or (state == State.EDITING and own is not None and now <= own):
        return Allowed()
    return Denied(NOT_YET if state == State.OPEN else OVER)


def can_write_now(contribution: Contribution, submitted: bool, now: dt.datetime) -> Decision:
    """Whether drafts can be written: open, and nothing handed in."""
    if submitted:
        return Denied(_("Your agency has submitted. To change it, take it back first."))
    return is_open(contribution, now)


def can_take_back_now(contribution: Contribution, submitted: bool, now: dt.datetime) -> Decision:
    """Whether what was handed in can come back inside the agency."""
    if not submitted:
        return Denied(_("Nothing has been submitted."))
    return is_open(contribution, now)


def can_answer_now(part: Part) -> Decision:
    """Whether there is a text on which the agency can say its word, and the word is not said."""
    report, stand = part.contribution.report, part.stand
    if report.state not in ANSWERABLE:
        return Denied(_("This report is not being confirmed."))
    if stand in (Stand.NOT_ASKED, Stand.ASKED, Stand.NOTHING) or (
        stand is Stand.WRITING and part.sha256 == EMPTY
    ):
        return Denied(_("There is no text of your agency that could be confirmed."))
    if stand is Stand.CONFIRMED:
        return Denied(_("Your agency has confirmed exactly this text."))
    return Allowed()


def can_extend_now(contribution: Contribution) -> Decision:
    """Whether more time is of any use."""
    if contribution.asked_at is None:
        return Denied(NOT_YET)
    if contribution.report.state not in (State.COLLECTING, State.EDITING):
        return Denied(_("Highlights are not being collected or edited any more."))
    return Allowed()


ASKING = (State.OPEN, State.COLLECTING, State.EDITING)


def can_ask_now(report: AnnualReport) -> Decision:
    """Who is asked can change as long as an agency could still write."""
    if report.state in ASKING:
        return Allowed()
    return Denied(_("The draft goes round already, or is public. Send it back to editing first."))


def can_leave_out_now(part: Part) -> Decision:
    """Only an agency of which the report has nothing, and that has handed nothing in, is taken off the list:
    its word could be missing otherwise."""
    if not (decision := can_ask_now(part.contribution.report)):
        return decision
    if part.drafts or part.sha256 != EMPTY or part.contribution.submissions.exists():
        return Denied(
            _("Something is written for this agency already, or was submitted: it stays on the list.")
        )
    return Allowed()


def unasked(report: AnnualReport) -> QuerySet[Agency]:
    """Agencies that are not in the collection, as they are called at its end."""
    asked = report.contributions.values("agency")
    return Agency.objects.named(report.last_day).exclude(pk__in=asked)


def is_submitted(contribution: Contribution) -> bool:
    return contribution.submissions.filter(taken_back_at__isnull=True).exists()


def part_in(report: AnnualReport) -> QuerySet[Highlight]:
    """Highlights of the report's period, also those inside their agency; for a service that holds the row."""
    return Highlight.objects.within(report.period_start, report.period_end)


def contribution_around(highlight: Highlight) -> Contribution | None:
    """The agency's part in whose report the highlight's day lies."""
    rows = Contribution.objects.filter(agency=highlight.agency_id, report__period_start__lte=highlight.day)
    newest = rows.select_related("report", "agency").order_by("-report__period_start").first()
    return newest if newest and highlight.day < newest.report.period_end else None


def speakers(contribution: Contribution, now: dt.datetime) -> QuerySet[Member]:
    """Head of delegation and alternates of the agency."""
    return holding(now, role__in=SPEAKING, agency=contribution.agency_id)


def writers(contribution: Contribution, now: dt.datetime) -> QuerySet[Member]:
    """Everybody who writes for the agency."""
    return holding(now, role__in=WRITING, agency=contribution.agency_id)


def secretariat(now: dt.datetime) -> QuerySet[Member]:
    """Editors and administrators."""
    return holding(now, role__in=OF_SECRETARIAT)


@dataclass(frozen=True)
class Row:
    """A line of the secretariat's board."""

    part: Part
    due: dt.datetime | None
    is_late: bool
    reminded: Reminder | None

    @property
    def agency(self) -> Any:
        return self.part.agency

    @property
    def since(self) -> dt.datetime | None:
        """Since when it stands there, as far as a person did it."""
        part = self.part
        if part.stand in (Stand.CONFIRMED, Stand.CHANGE_ASKED) and part.answer:
            return part.answer.at
        if part.stand in (Stand.SUBMITTED, Stand.NOTHING) and part.submission:
            return part.submission.at
        return part.contribution.asked_at if part.stand is Stand.ASKED else None

    @property
    def due_day(self) -> dt.date | None:
        """The day the deadline names."""
        return last_day(self.due) if self.due else None

    @property
    def action(self) -> Any:
        """What the secretariat does next, if it is the secretariat's turn, or an agency is late."""
        return ACTIONS.get(self.part.stand) or (_("Remind") if self.is_late else "")

    @property
    def address(self) -> str:
        row = self.part.contribution
        if self.is_late and self.part.stand not in ACTIONS:
            return reverse("reports:remind", args=[row.report.year]) + f"?agency={row.agency.slug}"
        return row.get_absolute_url()


@dataclass(frozen=True)
class Column:
    """The agencies of one state."""

    stand: Stand
    rows: list[Row]
    start: int = 0  # how many stand before it, for the bar

    @property
    def count(self) -> int:
        return len(self.rows)


ACTIONS = {Stand.SUBMITTED: _("Read and edit"), Stand.CHANGE_ASKED: _("Look and edit")}
ORDER = (
    Stand.NOT_ASKED,
    Stand.ASKED,
    Stand.WRITING,
    Stand.SUBMITTED,
    Stand.EDITED,
    Stand.CHANGE_ASKED,
    Stand.CONFIRMED,
    Stand.NOTHING,
)


def board(report: AnnualReport, now: dt.datetime) -> list[Row]:
    """Every agency of the collection, by acronym. A fixed number of queries."""
    newest = Reminder.objects.order_by("at", "pk")
    rows = report.contributions.prefetch_related(Prefetch("reminders", newest))
    return [_row(part, now) for part in parts(report, rows)]


def _row(part: Part, now: dt.datetime) -> Row:
    due, reminders = _awaited(part), list(part.contribution.reminders.all())
    return Row(part, due, due is not None and due < now, reminders[-1] if reminders else None)


def _awaited(part: Part) -> dt.datetime | None:
    """By when the agency's next step is due, if the next step is the agency's."""
    report = part.contribution.report
    if part.stand in (Stand.ASKED, Stand.WRITING) and report.state in (State.COLLECTING, State.EDITING):
        return deadline(part.contribution)
    if part.stand is Stand.EDITED and report.state == State.CONFIRMING:
        return report.confirm_by
    return None


def columns(rows: Iterable[Row]) -> list[Column]:
    """The board by state, in the order in which things happen; before anybody is asked with that, after that
    without."""
    rows, found, before = list(rows), [], 0
    for stand in ORDER:
        held = [row for row in rows if row.part.stand is stand]
        if held or stand is not Stand.NOT_ASKED:
            found.append(Column(stand, held, before))
        before += len(held)
    return found


def standing_submission(contribution: Contribution) -> Submission | None:
    return contribution.submissions.filter(taken_back_at__isnull=True).first()


@dataclass(frozen=True)
class Step:
    """A step of the line on the agency's page, as `components/step-line.html` shows it."""

    words: Any
    stands: str
    at: dt.datetime | None = None


WAY = (Stand.ASKED, Stand.WRITING, Stand.SUBMITTED, Stand.EDITED, Stand.CONFIRMED)


def steps(part: Part) -> list[Step]:
    """The way of an agency's part, as far as it is."""
    stand, submission, answer = part.stand, part.submission, part.answer
    if stand is Stand.NOTHING:
        at = submission.at if submission else None
        return [Step(Stand.ASKED.label, "done", part.contribution.asked_at), Step(stand.label, "done", at)]
    reached = WAY.index(Stand.EDITED if stand is Stand.CHANGE_ASKED else stand) if stand in LINE else -1
    times = {
        Stand.ASKED: part.contribution.asked_at,
        Stand.SUBMITTED: submission.at if submission else None,
        Stand.CONFIRMED: answer.at if answer and stand is Stand.CONFIRMED else None,
    }
    found = [
        Step(each.label, _stands(place, reached, stand), times.get(each)) for place, each in enumerate(WAY)
    ]
    if stand is Stand.CHANGE_ASKED and answer:
        found[-2] = Step(found[-2].words, "done")
        found.insert(-1, Step(stand.label, "now", answer.at))
    return found


LINE = {*WAY, Stand.CHANGE_ASKED}


def _stands(place: int, reached: int, stand: Stand) -> str:
    if place < reached or (place == reached and stand is Stand.CONFIRMED):
        return "done"
    return "now" if place == reached else "ahead"


@dataclass(frozen=True)
class Happening:
    """Something that was done with an agency's part, for the list on its page."""

    at: dt.datetime
    words: Any
    by: str = ""
    said: str = ""


def history(contribution: Contribution) -> list[Happening]:
    """What was done, newest first. Two queries."""
    found = (
        [Happening(contribution.asked_at, _("Highlights were asked for."))] if contribution.asked_at else []
    )
    for handed in contribution.submissions.select_related("by", "taken_back_by").defer("content"):
        words = _("Nothing to report, it was said.") if handed.nothing else _("Submitted.")
        found.append(Happening(handed.at, words, str(handed.by), handed.words))
        if handed.taken_back_at:
            found.append(Happening(handed.taken_back_at, _("Taken back."), str(handed.taken_back_by)))
    for answer in contribution.confirmations.select_related("by").defer("content"):
        words = _("The text was confirmed.") if answer.agrees else _("A change was asked for.")
        found.append(Happening(answer.at, words, str(answer.by), answer.words))
    return sorted(found, key=lambda each: each.at, reverse=True)


def own_parts(reader: Any) -> QuerySet[Contribution]:
    """The parts of the reader's own agencies in reports that are not public yet. Two queries."""
    rows = Contribution.objects.filter(agency__in=standing(reader).reads_for, asked_at__isnull=False)
    at_work = rows.exclude(stands_in([*PUBLIC, State.WITHDRAWN], timezone.now(), "report__"))
    return (
        at_work.select_related("report", "agency").prefetch_related("agency__names").order_by("-report__year")
    )


def address(name: str, contribution: Contribution) -> str:
    """A page of the agency's part."""
    return reverse(f"reports:{name}", args=[contribution.report.year, contribution.agency.slug])
