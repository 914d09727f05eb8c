"""Where the sections of a report stand: written, reviewed, and what changed since."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from isecg.canonical import digest
from isecg.needs import Need
from recommendations.lineage import TooDeep
from recommendations.queries import compared
from recommendations.redline import Block
from reports import figures, snapshot
from reports.figures import FIGURES, Figure
from reports.models import AnnualReport, Review, Section, State

WRITING = (State.OPEN, State.COLLECTING, State.EDITING)


@dataclass(frozen=True)
class Quoted:
    """A figure that a section quotes; `was` is what it was when the section was reviewed."""

    figure: Figure
    value: int
    was: int | None = None

    @property
    def changed(self) -> bool:
        return self.was is not None and self.was != self.value


@dataclass(frozen=True)
class Line:
    """A section and its last review. The review counts while text and quoted figures are what they were."""

    section: Section
    quoted: list[Quoted] = field(default_factory=list)
    review: Review | None = None
    text_changed: bool = False

    @property
    def changed(self) -> list[Quoted]:
        """The figures because of which the review no longer counts."""
        return [each for each in self.quoted if each.changed]

    @property
    def reviewed(self) -> bool:
        return self.review is not None and not self.text_changed and not self.changed

    @property
    def fell_away(self) -> bool:
        return self.review is not None and not self.reviewed

    @property
    def written(self) -> bool:
        return bool(self.section.text.strip())

    @property
    def seen(self) -> str:
        """The checksum of what a reviewer reads: the text, and the values of the figures in it."""
        values = {each.figure.name: each.value for each in self.quoted}
        return digest({"text": text_digest(self.section), "figures": values})


def values(report: AnnualReport) -> dict[str, int]:
    """Every figure of the report as the records are now."""
    return {row["name"]: row["value"] for row in snapshot.collect(report)["figures"]}


def text_digest(section: Section) -> str:
    """The checksum of a section's words."""
    return digest({"title": section.title, "text": section.text})


def lines(report: AnnualReport, sections: Any = None, known: dict[str, int] | None = None) -> list[Line]:
    """The report's sections (or some of them) in order, with where they stand. `known` are its figures."""
    rows = report.sections.all() if sections is None else sections
    rows = rows.select_related("owner", "report").prefetch_related(
        Prefetch("reviews", Review.objects.select_related("by"))
    )
    counted = values(report) if known is None else known
    return [_line(row, counted) for row in rows]


def _line(section: Section, counted: dict[str, int]) -> Line:
    reviews = list(section.reviews.all())
    review = reviews[-1] if reviews else None
    names = [name for name in figures.quoted(section.text) if name in counted]
    quoted = [
        Quoted(FIGURES[name], counted[name], review.figures.get(name) if review else None) for name in names
    ]
    changed = review is not None and review.sha256 != text_digest(section)
    return Line(section, quoted, review, changed)


def unreviewed(found: Iterable[Line]) -> list[Line]:
    """Of these, sections with a text that nobody has found right as it is now."""
    return [line for line in found if line.written and not line.reviewed]


def since_review(line: Line) -> Sequence[Block]:
    """The redline from the text that was reviewed to the text as it is; nothing where the text stayed."""
    if line.review is None or not line.text_changed:
        return []
    for event in line.section.events.order_by("-pgh_id"):  # type: ignore[attr-defined]
        if text_digest(event) == line.review.sha256:
            return _redline(event.text, line.section.text)
    return []


def _redline(old: str, new: str) -> Sequence[Block]:
    try:
        return compared.texts(old, new).blocks
    except TooDeep:
        return []


def needs(member: Any, now: dt.datetime) -> list[Need]:
    """The sections that somebody owns and has not written yet, while the report is being put together."""
    own = Section.objects.visible_to(member).filter(owner=member, text="", report__state__in=WRITING)
    words = _("%(report)s: your section “%(section)s” is not written yet")
    return [
        Need(
            row.due_at,
            words % {"report": row.report, "section": row},
            _("Write it"),
            reverse("reports:edit_section", args=[row.report.year, row.slug]),
        )
        for row in own.select_related("report")
    ]
