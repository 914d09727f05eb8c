"""What the group promised for a year, and what became of it, over all years.

Strangers read it in the published reports: the goals of a year in the report of the year before, their
outcomes in the report of the year itself. The secretariat and those who write for an agency read the records
as they are now.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from isecg.access import standing
from isecg.needs import Need
from reports.models import PUBLIC, AnnualReport, Goal, Outcome, Publication, State
from reports.models.goals import UNFINISHED

Key = tuple[int, int]  # year and number
OPEN = "open"
COUNTED = (*Outcome.values, OPEN)


@dataclass(frozen=True)
class Kept:
    """A goal and what became of it. `before` and `after` are the goals it continues and goes on as; `goal`
    is the record, None where only what was published may be read."""

    year: int
    number: int
    text: str
    items: tuple[str, ...]
    outcome: str
    evidence: str
    decided_on: dt.date | None
    before: Key | None
    after: Key | None
    goal: Goal | None = None

    @property
    def key(self) -> Key:
        return self.year, self.number

    @property
    def anchor(self) -> str:
        """Its id on the page of all goals."""
        return f"goal-{self.year}-{self.number}"

    @property
    def carries(self) -> bool:
        """Whether it can be carried into the next year."""
        return self.outcome in UNFINISHED and self.after is None

    @property
    def words(self) -> Any:
        """The outcome as people read it."""
        return Outcome(self.outcome).label if self.outcome else _("open")


@dataclass(frozen=True)
class Year:
    """The goals of a year, in order of their numbers."""

    year: int
    goals: list[Kept]

    @property
    def tally(self) -> dict[str, int]:
        """How many have which outcome, "open" for none; with the year, as a report's snapshot has it."""
        return {
            "year": self.year,
            **{name: sum((goal.outcome or OPEN) == name for goal in self.goals) for name in COUNTED},
        }


def without_outcome(report: AnnualReport) -> QuerySet[Goal]:
    """Goals of the report's year of which nobody has said what became of them; the report waits for that."""
    return Goal.objects.filter(year=report.year, outcome="")


def tally(last: int) -> list[dict[str, Any]]:
    """How many goals of each year up to `last` had which outcome, a row a year: {year, met, partly, missed,
    dropped, open}. One query."""
    counted: dict[str, Any] = {name: Count("pk", filter=Q(outcome=name)) for name in Outcome.values}
    counted[OPEN] = Count("pk", filter=Q(outcome=""))
    rows = Goal.objects.filter(year__lte=last).order_by("year").values("year")
    return [dict(row) for row in rows.annotate(**counted)]


def reads_records(reader: Any) -> bool:
    """Whether the reader sees goals as they are now, not only as they were published."""
    seen = standing(reader)
    return seen.secretariat or bool(seen.writes_for)


def record(reader: Any) -> list[Year]:
    """All years as far as the reader may know them, newest first. Two queries at most."""
    found = _recorded() if reads_records(reader) else _published()
    years: dict[int, list[Kept]] = {}
    for goal in sorted(found, key=lambda goal: goal.key):
        years.setdefault(goal.year, []).append(goal)
    return [Year(year, goals) for year, goals in sorted(years.items(), reverse=True)]


def _recorded() -> list[Kept]:
    rows = Goal.objects.select_related("continues", "continued_by").prefetch_related("items")
    return [
        Kept(
            year=row.year,
            number=row.number,
            text=row.text,
            items=tuple(sorted(item.code for item in row.items.all())),
            outcome=row.outcome,
            evidence=row.evidence,
            decided_on=row.decided_on,
            before=_key(row.continues),
            after=_key(getattr(row, "continued_by", None)),
            goal=row,
        )
        for row in rows
    ]


def _key(goal: Goal | None) -> Key | None:
    return (goal.year, goal.number) if goal else None


def _published() -> Iterable[Kept]:
    """Promised in one report, kept in the next: what the later one says of a goal counts."""
    found: dict[Key, Kept] = {}
    rows = Publication.objects.current().values_list(
        "report__year", *[f"edition__snapshot__content__{n}" for n in ("goals", "goals_kept")]
    )
    for year, promised, kept in sorted(rows, key=lambda row: row[0]):
        for said in kept or []:
            earlier = found.get((year, said["number"]))
            found[year, said["number"]] = _said(year, said, earlier.before if earlier else None)
        for said in promised or []:
            found[year + 1, said["number"]] = _said(year + 1, said, _named(said.get("continues")))
    return found.values()


def _said(year: int, said: dict[str, Any], before: Key | None) -> Kept:
    day = said.get("decided_on")
    return Kept(
        year=year,
        number=said["number"],
        text=said["text"],
        items=tuple(said["items"]),
        outcome=said.get("outcome", ""),
        evidence=said.get("evidence", ""),
        decided_on=dt.date.fromisoformat(day) if day else None,
        before=before,
        after=_named(said.get("continued_by")),
    )


def _named(said: dict[str, int] | None) -> Key | None:
    return (said["year"], said["number"]) if said else None


def of_item(code: str, reader: Any) -> list[Kept]:
    """The goals that rest on a work item, as far as the reader may know them, the oldest first."""
    found = [goal for year in record(reader) for goal in year.goals if code in goal.items]
    return sorted(found, key=lambda goal: goal.key)


def history(years: Iterable[Year], goal: Kept) -> list[Kept]:
    """The goal through the years: what it continues, itself, what it went on as; oldest first. Of one that
    stands alone: itself."""
    known = {each.key: each for year in years for each in year.goals}
    chain = [goal]
    while chain[0].before in known and known[chain[0].before] not in chain:
        chain.insert(0, known[chain[0].before])
    while chain[-1].after in known and known[chain[-1].after] not in chain:
        chain.append(known[chain[-1].after])
    return chain


def needs(now: dt.datetime) -> list[Need]:
    """For the secretariat: once a report's twelve months are over, goals of its year without an outcome.
    Two queries."""
    over = AnnualReport.objects.exclude(state__in=[*PUBLIC, State.WITHDRAWN])
    blanks = dict(Goal.objects.filter(outcome="").order_by().values_list("year").annotate(count=Count("pk")))

    return [
        Need(
            None,
            _blank(report, blanks[report.year]),
            _("State the outcome"),
            f"{reverse('reports:roll_forward', args=[report.year])}#goals",
        )
        for report in over
        if report.period_end <= now.date() and blanks.get(report.year)
    ]


def _blank(report: AnnualReport, count: int) -> str:
    words = ngettext(
        "%(report)s: %(count)s goal has no outcome", "%(report)s: %(count)s goals have no outcome", count
    )
    return words % {"report": report, "count": count}
