"""Where an agency's part of a report stands. `stand` is the one rule, pure; the rest reads what it asks for.

No column says it: it follows from what was asked, handed in and answered, and from the text as it is now.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agencies.models import Agency
from isecg.canonical import Content, digest
from reports.models import AnnualReport, Confirmation, Contribution, Highlight, Submission
from reports.snapshot import highlights


class Stand(models.TextChoices):
    NOT_ASKED = "not_asked", _("not asked yet")
    ASKED = "asked", pgettext_lazy("agency's part", "asked")
    WRITING = "writing", pgettext_lazy("agency's part", "writing")
    SUBMITTED = "submitted", pgettext_lazy("agency's part", "submitted")
    EDITED = "edited", pgettext_lazy("agency's part", "edited")
    CHANGE_ASKED = "change_asked", pgettext_lazy("agency's part", "change asked for")
    CONFIRMED = "confirmed", pgettext_lazy("agency's part", "confirmed")
    NOTHING = "nothing", _("nothing to report")


class Handed(Protocol):
    """What the rule asks of a submission."""

    at: Any
    sha256: str
    nothing: bool


class Answered(Protocol):
    """What the rule asks of a confirmation."""

    at: Any
    sha256: str
    agrees: bool


def sha256_of(content: list[Content]) -> str:
    """The checksum of an agency's part."""
    return digest(content)  # type: ignore[arg-type]  # a list is written as canonically as an object


EMPTY = sha256_of([])


def stand(
    now: str, *, asked: bool = True, drafts: bool = False, handed: Handed | None, answer: Answered | None
) -> Stand:
    """The one rule. `now` is the checksum of what the report would say of the agency at this moment, `drafts`
    whether the agency has texts that it has not handed in, `handed` the submission that stands, `answer` the
    agency's last word on an edited text.

    A "no" is over when the text has changed since or the agency has handed in again. What the agency agreed
    to counts as long as the text is exactly that one.
    """
    if not asked:
        return Stand.NOT_ASKED
    if handed is None and drafts:
        return Stand.WRITING
    if now == EMPTY and (handed is None or handed.nothing):
        return Stand.ASKED if handed is None else Stand.NOTHING
    if answer is not None and answer.sha256 == now:
        if answer.agrees:
            return Stand.CONFIRMED
        if handed is None or answer.at >= handed.at:
            return Stand.CHANGE_ASKED
    return Stand.SUBMITTED if handed is not None and handed.sha256 == now else Stand.EDITED


def waits_for_word(now: str, standing: Stand) -> bool:
    """Whether the report says something of the agency that it neither handed in so nor agreed to.

    What it handed in word for word is its own text already; of an agency that has only drafts nothing is
    said, unless the secretariat has written something.
    """
    if standing is Stand.WRITING:
        return now != EMPTY
    return standing in (Stand.EDITED, Stand.CHANGE_ASKED)


@dataclass(frozen=True)
class Part:
    """An agency's part of a report at this moment; `content` has nothing that is still inside the agency."""

    contribution: Contribution
    content: list[Content]
    drafts: bool
    submission: Submission | None
    answer: Confirmation | None

    @property
    def agency(self) -> Agency:
        return self.contribution.agency

    @property
    def asked(self) -> bool:
        return self.contribution.asked_at is not None

    @property
    def sha256(self) -> str:
        return sha256_of(self.content)

    @property
    def stand(self) -> Stand:
        return stand(
            self.sha256, asked=self.asked, drafts=self.drafts, handed=self.submission, answer=self.answer
        )

    @property
    def waits_for_word(self) -> bool:
        return waits_for_word(self.sha256, self.stand)


def parts(
    report: AnnualReport,
    rows: models.QuerySet[Contribution] | None = None,
    told: list[Content] | None = None,
) -> list[Part]:
    """The agencies' parts of the report, by acronym (all, or those of `rows`). A fixed number of queries.

    `told` is what the report says of all agencies now, where it was read already.
    """
    rows = (report.contributions.all() if rows is None else rows).filter(report=report)
    inside = Highlight.objects.within(report.period_start, report.period_end).filter(inside_agency=True)
    found = (
        rows.select_related(None)
        .annotate(drafts=Exists(inside.filter(agency=OuterRef("agency"))))
        .prefetch_related(
            Prefetch("agency", Agency.objects.named(report.last_day)),
            Prefetch("submissions", Submission.objects.select_related("by")),
            Prefetch("confirmations", Confirmation.objects.select_related("by").defer("content")),
        )
    )
    texts = _by_agency(_told(report) if told is None else told)
    read = [_part(row, report, texts[row.agency.slug]) for row in found]
    return sorted(read, key=lambda part: str(part.agency).casefold())


def _told(report: AnnualReport) -> list[Content]:
    """What the report says of each agency now. Five queries at most, whatever their number."""
    found = highlights.rows(report)
    return highlights.told(found, sorted({row.agency_id for row in found}))


def _by_agency(told: list[Content]) -> dict[str, list[Content]]:
    texts = defaultdict(list)
    for highlight in told:
        texts[highlight["agency"]].append(highlight)
    return texts


def _part(row: Any, report: AnnualReport, content: list[Content]) -> Part:
    row.report = report
    standing = [each for each in row.submissions.all() if each.taken_back_at is None]
    answers = list(row.confirmations.all())
    return Part(
        contribution=row,
        content=content,
        drafts=row.drafts,
        submission=standing[-1] if standing else None,
        answer=answers[-1] if answers else None,
    )


def part_of(contribution: Contribution) -> Part:
    """One agency's part."""
    return parts(contribution.report, Contribution.objects.filter(pk=contribution.pk))[0]


def unconfirmed(found: Iterable[Part]) -> list[Contribution]:
    """Of these, agencies asked whose text was changed, or written by somebody else, without their word on
    it."""
    return [part.contribution for part in found if part.asked and part.waits_for_word]


def missing(found: Iterable[Part]) -> list[Contribution]:
    """Of these, agencies asked that have not handed anything in, not even that they have nothing to
    report."""
    return [part.contribution for part in found if part.asked and part.submission is None]
