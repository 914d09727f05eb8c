"""What is due of whom in a report, and which reminder of it is due: found by comparing instants."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from isecg.deadlines import last_day
from members.models import SPEAKING, WRITING, Mandate, Member
from reports.models import AnnualReport, Contribution, Reminder, Section, State
from reports.queries.contributions import deadline, is_open
from reports.standing import Part, Stand, parts

SUBMIT, CONFIRM, WRITE = "submit", "confirm", "write"
AT_WORK = (State.OPEN, State.COLLECTING, State.EDITING, State.CONFIRMING)
BEFORE = ((dt.timedelta(days=2), Reminder.Stage.LAST), (dt.timedelta(days=7), Reminder.Stage.SOON))
AFTER = dt.timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """One thing that waits for an agency, or for the owner of a section, until `due_at`."""

    what: str
    due_at: dt.datetime | None
    since: dt.datetime | None = None  # when it was asked for
    contribution: Contribution | None = None
    section: Section | None = None

    @property
    def day(self) -> dt.date | None:
        """The day the deadline names."""
        return last_day(self.due_at) if self.due_at else None

    @property
    def key(self) -> tuple[Any, ...]:
        """What a reminder's row is told by, without its stage."""
        section = self.section.pk if self.section else None
        return (self.contribution.pk if self.contribution else None, section, self.what, self.due_at)


@dataclass(frozen=True)
class Line:
    """A thing that is due, for the mail to one person; `speaks` for the agency or only writes for it."""

    due: Due
    speaks: bool = False


def due(report: AnnualReport, now: dt.datetime) -> list[Due]:
    """All that waits for somebody in this report, whether or not its deadline is near."""
    if report.state not in AT_WORK:
        return []
    asked = report.contributions.filter(asked_at__isnull=False)
    found = [each for part in parts(report, asked) if (each := _of_part(part, now))]
    return found + [
        Due(WRITE, section.due_at, section=section)
        for section in report.sections.filter(text="", owner__isnull=False).select_related("owner")
    ]


def _of_part(part: Part, now: dt.datetime) -> Due | None:
    row, state = part.contribution, part.contribution.report.state
    if part.submission is None and part.stand in (Stand.ASKED, Stand.WRITING) and is_open(row, now):
        return Due(SUBMIT, deadline(row), row.asked_at, contribution=row)
    if part.stand is Stand.EDITED and state == State.CONFIRMING:
        return Due(CONFIRM, row.report.confirm_by, contribution=row)
    return None


def stage(due: Due, now: dt.datetime) -> Reminder.Stage | None:
    """Which reminder is due: the last two days, the week before, or from a day after on. Who was asked
    within that time was told the deadline just then."""
    if due.due_at is None:
        return None
    left = due.due_at - now
    if left <= -AFTER:
        return Reminder.Stage.OVER
    for span, stage in BEFORE:
        if dt.timedelta(0) < left <= span:
            return None if due.since and due.since > due.due_at - span else stage
    return None


def unsaid(report: AnnualReport, now: dt.datetime) -> list[tuple[Due, Reminder.Stage]]:
    """What is due of which nobody was reminded at this stage."""
    waiting = [(each, at) for each in due(report, now) if (at := stage(each, now))]
    rows = Reminder.objects.filter(contribution__report=report) | Reminder.objects.filter(
        section__report=report
    )
    said = set(rows.values_list("contribution", "section", "what", "due_at", "stage"))
    return [(each, at) for each, at in waiting if (*each.key, at) not in said]


def lines(dues: Iterable[Due], now: dt.datetime) -> dict[Member, list[Line]]:
    """Who is told of what: of a text to hand in everybody who writes for the agency, of one to confirm who
    speaks for it, of a section its owner. Nobody is in it who may not sign in. Two queries."""
    dues = list(dues)
    agencies = {each.contribution.agency_id for each in dues if each.contribution}
    held = Mandate.objects.on(now.date()).filter(agency__in=agencies, role__in=WRITING)
    roles: dict[int, dict[int, bool]] = defaultdict(dict)
    for agency, member, role in held.values_list("agency", "member", "role"):
        roles[agency][member] = roles[agency].get(member, False) or role in SPEAKING
    told: dict[int, list[Line]] = defaultdict(list)
    for each in dues:
        for member, line in _told(each, roles):
            told[member].append(line)
    people = Member.objects.filter(pk__in=told, is_active=True)
    return {person: told[person.pk] for person in people}


def _told(due: Due, roles: dict[int, dict[int, bool]]) -> Iterator[tuple[int, Line]]:
    if due.section and due.section.owner_id:
        yield due.section.owner_id, Line(due)
    if due.contribution:
        for member, speaks in roles[due.contribution.agency_id].items():
            if speaks or due.what == SUBMIT:
                yield member, Line(due, speaks)
