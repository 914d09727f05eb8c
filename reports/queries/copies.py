"""Is this copy genuine, and is it the current one? What can be said of a file or a code to whoever asks."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils import timezone

from recommendations.models import Print, Recommendation
from reports.codes import read_code
from reports.models import AnnualReport, Copy, Edition, Publication, State
from reports.queries.reports import current_publication


class Answer(StrEnum):
    """What a check can come to."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    DRAFT = "draft"  # said only to those who may read it
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verdict:
    """The answer, and what it is about: a copy or an edition of a report, or a recommendation."""

    answer: Answer
    edition: Edition | None = None
    copy: Copy | None = None
    current: Publication | None = None
    recommendation: Recommendation | None = None

    @property
    def report(self) -> AnnualReport | None:
        return self.edition.report if self.edition else None


NOTHING = Verdict(Answer.UNKNOWN)


def of_code(typed: str, reader: Any) -> Verdict:
    """The verdict on a code from a colophon, however it was typed."""
    code = read_code(typed)
    edition = code and Edition.objects.select_related("report").filter(code=code).first()
    return _of_edition(edition, None, reader) if edition else NOTHING


def of_file(sha256: str, reader: Any) -> Verdict:
    """The verdict on a file by its checksum (64 hexadecimal digits, in capitals or small)."""
    known = Copy.objects.select_related("edition__report").filter(sha256=sha256.lower())
    if copy := known.first():
        return _of_edition(copy.edition, copy, reader)
    issued = Recommendation.objects.filter(
        prints__sha256=sha256.lower(),
        prints__what=Print.What.TEXT,
        prints__reader=None,
        prints__content__status="issued",
    ).first()
    return _of_recommendation(issued) if issued else NOTHING


def _of_edition(edition: Edition, copy: Copy | None, reader: Any) -> Verdict:
    report = edition.report
    if not edition.publications.exists():
        seen = Edition.objects.visible_to(reader).filter(pk=edition.pk).exists()
        return Verdict(Answer.DRAFT, edition, copy) if seen else NOTHING
    current = current_publication(report)
    if report.state == State.WITHDRAWN:
        return Verdict(Answer.WITHDRAWN, edition, copy, current)
    newest = current is not None and current.edition_id == edition.pk
    return Verdict(Answer.CURRENT if newest else Answer.SUPERSEDED, edition, copy, current)


def _of_recommendation(recommendation: Recommendation) -> Verdict:
    if not recommendation.is_public(timezone.now()):
        return NOTHING
    answers = {"superseded": Answer.SUPERSEDED, "withdrawn": Answer.WITHDRAWN}
    return Verdict(answers.get(recommendation.state, Answer.CURRENT), recommendation=recommendation)
