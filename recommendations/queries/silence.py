"""What the page of the silence procedures shows: the rule with its count, objections, positions."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext

from agencies.models import Agency
from isecg.access import standing
from recommendations.models import Objection, Outcome, Position, Recommendation, SilenceProcedure


@dataclass(frozen=True)
class Line:
    """One agency asked: what it said for the record, newest first, and its objections."""

    agency: Agency
    positions: list[Position]
    objections: list[Objection]
    objects: bool

    @property
    def position(self) -> Position | None:
        """What it said last."""
        return self.positions[0] if self.positions else None

    @property
    def said(self) -> bool:
        """Whether it said anything: a position, or an objection that stands."""
        return bool(self.positions or self.objects)


@dataclass(frozen=True)
class View:
    """One procedure as it stands at an instant."""

    procedure: SilenceProcedure
    outcome: Outcome
    rule: str
    count: str
    lines: list[Line]
    objections: list[Objection]
    standing: int
    over: bool

    @property
    def said(self) -> list[Line]:
        """Those who said something for the record."""
        return [line for line in self.lines if line.said]

    @property
    def silent(self) -> list[Agency]:
        """Those who said nothing, which is all that silence asks."""
        return [line.agency for line in self.lines if not line.said]


def procedures(recommendation: Recommendation, reader: Any, now: dt.datetime) -> list[View]:
    """The procedures this reader may know of as they stand at `now`, the newest first: all that were not
    recalled for the secretariat and the chair, for others those that have started and ask their agency."""
    own = standing(reader)
    rows = SilenceProcedure.objects.filter(recommendation=recommendation, recalled_at__isnull=True)
    if not (own.secretariat or own.chairs):
        rows = rows.filter(pk__in=SilenceProcedure.objects.reaching(own, now).values("pk"))
    rows = rows.select_related("revision", "recommendation").prefetch_related(
        "objections__agency__names", "positions__agency__names"
    )
    return [_view(each, now) for each in rows]


def _view(procedure: SilenceProcedure, now: dt.datetime) -> View:
    moment = min(now, procedure.expires_at)
    objections = list(procedure.objections.all())
    count, over = sum(each.stands(moment) for each in objections), now >= procedure.expires_at
    lines = _lines(procedure, objections, moment)
    return View(
        procedure=procedure,
        outcome=procedure.outcome(now),
        rule=gettext("The text is agreed if no objection stands when the procedure expires."),
        count=_count(len(lines), count, over),
        lines=lines,
        objections=objections,
        standing=count,
        over=over,
    )


def _lines(procedure: SilenceProcedure, objections: list[Objection], moment: dt.datetime) -> list[Line]:
    positions = list(procedure.positions.all())
    asked = Agency.objects.named(procedure.starts_at.date()).filter(silence_procedures=procedure)
    lines = []
    for agency in asked:
        own = [each for each in objections if each.agency_id == agency.pk]
        said = [each for each in positions if each.agency_id == agency.pk]
        lines.append(Line(agency, said, own, any(each.stands(moment) for each in own)))
    return lines


def _count(asked: int, standing: int, over: bool) -> str:
    """The numbers that make the rule true or false."""
    may = ngettext("%(count)d agency may object", "%(count)d agencies may object", asked)
    might = ngettext("%(count)d agency could object", "%(count)d agencies could object", asked)
    stand = ngettext("%(count)d objection stands", "%(count)d objections stand", standing)
    stood = ngettext("%(count)d objection stood", "%(count)d objections stood", standing)
    first, second = (might, stood) if over else (may, stand)
    return f"{first % {'count': asked}}; {second % {'count': standing}}."
