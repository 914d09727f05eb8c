"""The agencies' answers: what may be done with one now, and what was answered to a recommendation."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from isecg.access import Allowed, Decision, Denied, Sentence, standing
from recommendations.models import ANSWERS, Answer, Aspect, Recommendation, Response, State
from recommendations.permissions import responses as permissions


@dataclass(frozen=True)
class Step:
    """What can be done with an answer. `verb` is its one word: URL name, service, permission, event."""

    verb: str
    words: Promise
    may: Callable[[Any, Response], Decision]
    moment: Callable[[Response], Decision]

    def address(self, response: Response) -> str:
        """Where it is asked; `response.recommendation` should be at hand."""
        number = response.recommendation.number
        return reverse(f"recommendations:{self.verb}", args=[number, response.pk])


def _draft(response: Response) -> Decision:
    if response.submitted_at is None:
        return Allowed()
    return Denied(_("It is submitted and stays as it is. A newer answer can stand beside it."))


def _returnable(response: Response) -> Decision:
    if response.submitted_at and not response.released_at and not response.retracted_at:
        return Allowed()
    return Denied(_("Only a submitted answer that is not released yet can be returned."))


def _releasable(response: Response) -> Decision:
    if response.submitted_at is None:
        return Denied(_("Only a submitted answer can be released."))
    if not response.public:
        return Denied(_("The agency did not submit it for everybody to read."))
    if response.released_at or response.retracted_at:
        return Denied(_("It was released before."))
    return Allowed()


def _retractable(response: Response) -> Decision:
    if response.released_at and not response.retracted_at:
        return Allowed()
    return Denied(_("Only a released answer can be retracted."))


STEPS = {
    step.verb: step
    for step in (
        Step("submit_response", _("Submit"), permissions.can_submit_response, _draft),
        Step("edit_response", _("Edit"), permissions.can_edit_response, _draft),
        Step("remove_response", _("Throw away"), permissions.can_remove_response, _draft),
        Step("release_response", _("Release"), permissions.can_release_response, _releasable),
        Step("return_response", _("Return"), permissions.can_return_response, _returnable),
        Step("retract_response", _("Retract"), permissions.can_retract_response, _retractable),
    )
}


def open_for_answers(recommendation: Recommendation, now: dt.datetime) -> Decision:
    """Answers are given to what is issued and still counts."""
    if recommendation.is_public(now) and recommendation.state == State.ISSUED:
        return Allowed()
    if recommendation.is_public(now):
        return Denied(_("It no longer counts: agencies answer recommendations that are in force."))
    return Denied(_("Agencies can answer once it is issued."))


# A shape for each answer, so that none rests on its colour; none of them praises or blames.
SHAPES = {
    Answer.SUPPORTS: "circle-check",
    Answer.IN_PART: "contrast",
    Answer.TAKES_NOTE: "circle-dot",
    Answer.NOT_APPLICABLE: "circle-minus",
    Answer.NO_STATEMENT: "ellipsis",
    Answer.NOTHING_PLANNED: "circle-dashed",
    Answer.PLANNED: "calendar",
    Answer.UNDER_WAY: "hourglass",
    Answer.DONE: "flag",
    Answer.ANOTHER_WAY: "split",
}


@dataclass(frozen=True)
class Shown:
    """An answer as one reader sees it: its shape, whether its validity has passed, and (words, address) of
    the steps that this reader can take with it now."""

    response: Response
    old: bool
    steps: list[tuple[Promise, str]] = field(default_factory=list)

    @property
    def is_public(self) -> bool:
        return bool(self.response.released_at and not self.response.retracted_at)

    @property
    def shape(self) -> str:
        return SHAPES[Answer(self.response.answer)]


def shown(response: Response, reader: Any, today: dt.date) -> Shown:
    """The answer with what this reader can do with it now; what is not possible is not offered."""
    steps = [
        (step.words, step.address(response))
        for step in STEPS.values()
        if step.may(reader, response) and step.moment(response)
    ]
    return Shown(response, response.is_old(today), steps)


@dataclass(frozen=True)
class Statements:
    """What one agency stated: per fact the newest and those before it."""

    agency: Agency
    stance: list[Shown]
    follow_through: list[Shown]


def of_recommendation(recommendation: Recommendation, reader: Any) -> QuerySet[Response]:
    """Answers to a recommendation that the reader may read, the newest first, their agencies at hand."""
    rows = Response.objects.visible_to(reader).filter(recommendation=recommendation)
    return rows.select_related("agency", "recommendation").prefetch_related("agency__names")


def statements(rows: Iterable[Response], reader: Any, today: dt.date) -> list[Statements]:
    """Submitted answers by agency, in order of acronym."""
    by_agency: dict[int, list[Shown]] = {}
    for row in rows:
        if row.submitted_at:
            by_agency.setdefault(row.agency_id, []).append(shown(row, reader, today))
    found = [
        Statements(
            agency=every[0].response.agency,
            stance=[each for each in every if each.response.aspect == Aspect.STANCE],
            follow_through=[each for each in every if each.response.aspect == Aspect.FOLLOW_THROUGH],
        )
        for every in by_agency.values()
    ]
    return sorted(found, key=lambda each: str(each.agency).casefold())


def drafts(rows: Iterable[Response], reader: Any, today: dt.date) -> list[Shown]:
    """The reader's agencies' answers that are not submitted (or were returned): known to nobody else."""
    writes_for = standing(reader).writes_for
    return [
        shown(row, reader, today) for row in rows if row.submitted_at is None and row.agency_id in writes_for
    ]


def can_answer(reader: Any, recommendation: Recommendation, now: dt.datetime) -> Decision:
    """Whether this person can write an answer now; if not, why."""
    return permissions.can_respond(reader, recommendation) and open_for_answers(recommendation, now)


@dataclass(frozen=True)
class Cell:
    """What one agency stated about one recommendation; either fact may be missing."""

    agency: Agency
    stance: Shown | None = None
    follow_through: Shown | None = None

    @property
    def said(self) -> bool:
        return bool(self.stance or self.follow_through)


@dataclass(frozen=True)
class Matrix:
    """Recommendations by agencies, with what was released. No sums: nothing is ranked."""

    recommendations: list[Recommendation]
    agencies: list[Agency]
    stated: dict[tuple[int, int], dict[str, Shown]]

    def cell(self, recommendation: Recommendation, agency: Agency) -> Cell:
        return Cell(agency, **self.stated.get((recommendation.pk, agency.pk), {}))

    @property
    def by_agency(self) -> list[tuple[Agency, list[Cell]]]:
        return [(each, [self.cell(row, each) for row in self.recommendations]) for each in self.agencies]

    @property
    def by_recommendation(self) -> list[tuple[Recommendation, list[Cell]]]:
        """With the agencies that stated something."""
        return [
            (row, [cell for each in self.agencies if (cell := self.cell(row, each)).said])
            for row in self.recommendations
        ]


def matrix(now: dt.datetime) -> Matrix:
    """The newest released answers to every issued recommendation, the newest first, of the members of the day
    and of whoever stated something. Three queries."""
    today = now.date()
    recommendations = list(Recommendation.objects.public(now).order_by("-issued_at", "-number"))
    rows = Response.objects.released().filter(recommendation__in=[each.pk for each in recommendations])
    stated: dict[tuple[int, int], dict[str, Shown]] = {}
    for row in rows:
        cell = stated.setdefault((row.recommendation_id, row.agency_id), {})
        cell.setdefault(row.aspect, Shown(row, row.is_old(today)))
    spoke = {agency for _recommendation, agency in stated}
    members = Agency.objects.members_on(today).values("pk")
    agencies = Agency.objects.named(today).filter(Q(pk__in=members) | Q(pk__in=spoke))
    return Matrix(recommendations, list(agencies), stated)


def legend() -> list[tuple[Aspect, list[tuple[str, Sentence]]]]:
    """(fact, [(shape, words)]) of every answer there is."""
    return [
        (aspect, [(SHAPES[Answer(each)], Answer(each).label) for each in answers])
        for aspect, answers in ANSWERS.items()
    ]
