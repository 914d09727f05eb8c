"""The comment table: one list of rows for the screen, for XLSX, DOCX and PDF.

What a reader may not see is not in the rows: not the comment, not its verdict, not its redacted words.
Everything is loaded in a fixed number of queries; choosing and sorting happen on the rows.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from agencies.models import Agency
from isecg.access import standing
from recommendations.models import (
    Comment,
    Consultation,
    Disposition,
    Paragraph,
    Recommendation,
    Revision,
)
from recommendations.queries.comments import Stand, stands, where
from recommendations.queries.dispositions import in_working_text
from recommendations.queries.rows import (
    GONE,
    SORTS,
    TAKEN_UP,
    Count,
    Filters,
    TableRow,
    Tally,
    arranged,
    grouped,
    tallies,
)
from recommendations.queries.texts import still_written
from recommendations.shown import shown

__all__ = [
    "SORTS",
    "Count",
    "Filters",
    "TableRow",
    "Tally",
    "arranged",
    "load",
    "public_rows",
    "rows",
    "tallies",
]


def rows(
    what: Consultation | Recommendation,
    reader: Any,
    *,
    filters: Filters | None = None,
    sort: str = "place",
    now: dt.datetime | None = None,
) -> list[TableRow]:
    """The comments on a recommendation (or of one consultation) that `reader` may see, as rows.

    Sorted by `sort` (one of SORTS, else by place), those that were late after the others of their kind.
    """
    wanted = filters or Filters()
    return arranged([row for row in load(what, reader, now=now) if wanted.take(row)], sort)


def public_rows(recommendation: Recommendation, *, now: dt.datetime | None = None) -> list[TableRow]:
    """What everybody may read: comments that were made public, with their verdicts, in the text's order."""
    return [row for row in load(recommendation, None, now=now) if row.published]


def load(
    what: Consultation | Recommendation, reader: Any, *, now: dt.datetime | None = None
) -> list[TableRow]:
    """Every row this reader may see, in the order of the text; a fixed number of queries."""
    now = now or timezone.now()
    recommendation = what if isinstance(what, Recommendation) else what.recommendation
    comments = _comments(recommendation, reader, now)
    if not comments:
        return []
    sources = _Sources.of(recommendation, comments, reader, now)
    found = grouped([sources.row(each) for each in comments])
    return arranged((each for each in found if what in (recommendation, sources.asked[each.pk])), "place")


def _comments(recommendation: Recommendation, reader: Any, now: dt.datetime) -> list[Comment]:
    """Each with its consultation, which is read once: its revision has the whole text."""
    asked = Consultation.objects.filter(recommendation=recommendation, recalled_at=None)
    rounds = {each.pk: each for each in asked.select_related("revision").defer(*_LONG)}
    visible = Comment.objects.visible_to(reader, now).submitted()
    found = list(visible.filter(consultation__in=list(rounds)))
    for each in found:
        each.consultation = rounds[each.consultation_id]
    return found


_LONG = ("revision__text", "revision__concordance")


@dataclass(frozen=True)
class _Sources:
    """What the rows are made of, each loaded once."""

    reader: Any
    now: dt.datetime
    asked: dict[int, Consultation]
    agencies: dict[int, str]
    rounds: dict[int, int]
    positions: dict[int, dict[str, int]]
    names: dict[int, dict[str, str]]
    stands: dict[int, Stand]
    newest: Revision
    dispositions: dict[int, Disposition]
    labels: dict[int, str]
    in_text: set[int]
    writing: bool

    @classmethod
    def of(
        cls, recommendation: Recommendation, comments: Sequence[Comment], reader: Any, now: dt.datetime
    ) -> "_Sources":
        asked = {each.pk: each.consultation for each in comments}
        last = _newest(recommendation, reader, now) or max(
            (each.revision for each in asked.values()), key=lambda revision: revision.number
        )
        paragraphs = _paragraphs({last.pk, *(each.revision_id for each in asked.values())})
        agencies = {each.pk: str(each) for each in Agency.objects.named(now.date())}
        decided = _dispositions(comments, reader, now)
        writes = standing(reader).secretariat  # the working text is the secretariat's alone
        return cls(
            reader=reader,
            now=now,
            asked=asked,
            agencies=agencies,
            rounds=_rounds(recommendation),
            positions={pk: {key: at for at, key in enumerate(each)} for pk, each in paragraphs.items()},
            names={pk: _names(each) for pk, each in paragraphs.items()},
            stands=stands(comments, last, known=decided),
            newest=last,
            dispositions=decided,
            labels={each.pk: f"{agencies[each.agency_id]} {each.number}" for each in comments},
            in_text=in_working_text(recommendation, decided.values()) if writes else set(),
            writing=writes and bool(still_written(recommendation)),
        )

    def row(self, comment: Comment) -> TableRow:
        words, stand = shown(comment, self.reader), self.stands[comment.pk]
        place, key = stand.place, stand.place.key
        before, after = self.names[comment.consultation.revision_id], self.names[self.newest.pk]
        return TableRow(
            pk=comment.pk,
            number=comment.number or 0,
            round=self.rounds[comment.consultation_id],
            agency=self.agencies[comment.agency_id],
            agency_id=comment.agency_id,
            kind=comment.kind,
            key=comment.key,
            place=place.old_number,
            place_words=before.get(comment.key, comment.key),
            found=_found(stand),
            now=place.number,
            now_key=key,
            now_words=after.get(key, key) if key else "",
            now_revision=self.newest.number,
            quote=words.quote,
            text=words.text,
            from_text=words.from_text,
            to_text=words.to_text,
            reason=words.reason,
            redacted=words.redacted,
            hidden=words.hidden,
            late=comment.late,
            submitted_at=comment.submitted_at or comment.written_at,
            published=comment.published_at is not None and comment.published_at <= self.now,
            own=comment.agency_id in standing(self.reader).writes_for,
            in_text=comment.pk in self.in_text,
            writing=self.writing,
            order=self._order(comment),
            **self._decided(comment),
        )

    def _order(self, comment: Comment) -> tuple[Any, ...]:
        """By consultation, by paragraph (the whole text first), late ones after the others, by agency."""
        positions = self.positions[comment.consultation.revision_id]
        position = positions.get(comment.key, len(positions)) if comment.key else -1
        called = self.agencies[comment.agency_id], comment.number or 0
        return (self.rounds[comment.consultation_id], position, comment.late, *called)

    def _decided(self, comment: Comment) -> dict[str, Any]:
        own = standing(self.reader)
        inside = own.secretariat or own.chairs is not None
        at = comment.consultation.released_at
        released = at is not None and at <= self.now
        known = inside or released
        disposition = self.dispositions.get(comment.pk)
        if disposition is None:
            return {"known": known, "released": released}
        answers = inside or comment.agency_id in own.reads_for
        satisfaction = getattr(disposition, "satisfaction", None) if answers else None
        return {
            "known": True,
            "released": released,
            "verdict": disposition.verdict,
            "verdict_text": "" if comment.redacted_at and not self._own(comment) else disposition.text,
            "verdict_reason": disposition.reason,
            "target": disposition.target,
            "duplicate_of": self.labels.get(disposition.duplicate_of_id or 0, ""),
            "decided_at": disposition.decided_at,
            "satisfied": satisfaction.satisfied if satisfaction else None,
            "because": satisfaction.because if satisfaction else "",
            "version": disposition.version,
        }

    def _own(self, comment: Comment) -> bool:
        return comment.agency_id in standing(self.reader).writes_for


def _newest(recommendation: Recommendation, reader: Any, now: dt.datetime) -> Revision | None:
    """The revision in which the reader looks for a comment now: the issued one, else the newest they see."""
    if recommendation.is_public(now):
        return recommendation.issued_revision
    visible = Revision.objects.visible_to(reader, now).filter(recommendation=recommendation)
    return visible.defer("text", "concordance").first()


def _found(stand: Stand) -> str:
    if stand.taken_up:
        return TAKEN_UP
    return GONE if stand.gone else stand.place.found.value


def _names(paragraphs: dict[str, Paragraph]) -> dict[str, str]:
    """Places as people read them, each said once."""
    return {"": where("", []), **{key: where(key, [each]) for key, each in paragraphs.items()}}


def _rounds(recommendation: Recommendation) -> dict[int, int]:
    asked = Consultation.objects.filter(recommendation=recommendation, recalled_at=None)
    return {
        pk: at for at, pk in enumerate(asked.order_by("circulated_at", "pk").values_list("pk", flat=True), 1)
    }


def _paragraphs(revisions: set[int]) -> dict[int, dict[str, Paragraph]]:
    found: dict[int, dict[str, Paragraph]] = {pk: {} for pk in revisions}
    for each in Paragraph.objects.filter(revision__in=revisions).order_by("revision", "position"):
        found[each.revision_id][each.key] = each
    return found


def _dispositions(comments: Sequence[Comment], reader: Any, now: dt.datetime) -> dict[int, Disposition]:
    """The verdicts that the reader may know, by comment; each with the comment that was read already."""
    known = {each.pk: each for each in comments}
    visible = Disposition.objects.visible_to(reader, now).filter(comment__in=list(known))
    found = {each.comment_id: each for each in visible.select_related("satisfaction")}
    for pk, disposition in found.items():
        disposition.comment = known[pk]
    return found
