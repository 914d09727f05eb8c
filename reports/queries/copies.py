"""Is this copy genuine, and is it the current one? What can be said of a file or a code to whoever asks."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils import timezone

from isecg.codes import read_code
from recommendations.models import Issue, Print, Recommendation, State
from recommendations.queries.copies import draft_file, issue_by_code, issued_file
from reports.models import AnnualReport, Copy, Edition, Publication
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
    """The answer, and what it is about: a copy or an edition of a report; a recommendation, with what was
    issued where a code was asked for, with the print where a file was."""

    answer: Answer
    edition: Edition | None = None
    copy: Copy | None = None
    current: Publication | None = None
    recommendation: Recommendation | None = None
    issue: Issue | None = None
    print: Print | None = None

    @property
    def report(self) -> AnnualReport | None:
        return self.edition.report if self.edition else None


NOTHING = Verdict(Answer.UNKNOWN)


def of_code(typed: str, reader: Any) -> Verdict:
    """The verdict on a code from a colophon, however it was typed."""
    code = read_code(typed)
    edition = code and Edition.objects.select_related("report").filter(code=code).first()
    if edition:
        return _of_edition(edition, None, reader)
    issue = issue_by_code(typed, timezone.now())
    return _of_recommendation(issue.recommendation, issue=issue) if issue else NOTHING


def of_file(sha256: str, reader: Any) -> Verdict:
    """The verdict on a file by its checksum (64 hexadecimal digits, in capitals or small)."""
    known = Copy.objects.select_related("edition__report").filter(sha256=sha256.lower())
    if copy := known.first():
        return _of_edition(copy.edition, copy, reader)
    now = timezone.now()
    if issued := issued_file(sha256, now):
        return _of_recommendation(issued.recommendation, print=issued)
    draft = draft_file(sha256, reader, now)
    return Verdict(Answer.DRAFT, recommendation=draft.recommendation, print=draft) if draft else NOTHING


def _of_edition(edition: Edition, copy: Copy | None, reader: Any) -> Verdict:
    report = edition.report
    if not edition.publications.counting().exists():
        seen = Edition.objects.visible_to(reader).filter(pk=edition.pk).exists()
        return Verdict(Answer.DRAFT, edition, copy) if seen else NOTHING
    current = current_publication(report)
    if report.is_withdrawn:
        return Verdict(Answer.WITHDRAWN, edition, copy, current)
    newest = current is not None and current.edition_id == edition.pk
    return Verdict(Answer.CURRENT if newest else Answer.SUPERSEDED, edition, copy, current)


ENDED = {State.SUPERSEDED: Answer.SUPERSEDED, State.WITHDRAWN: Answer.WITHDRAWN}


def _of_recommendation(recommendation: Recommendation, **found: Any) -> Verdict:
    """On what everybody may read."""
    answer = ENDED.get(State(recommendation.state), Answer.CURRENT)
    return Verdict(answer, recommendation=recommendation, **found)
