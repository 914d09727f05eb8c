"""The history of a recommendation as a reader may know it: revisions, and the deadlines around them."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isecg.access import standing
from recommendations.models import Consultation, Outcome, Recommendation, Revision, SilenceProcedure
from recommendations.queries.public import knows_held
from recommendations.queries.texts import visible_revisions


@dataclass(frozen=True)
class Moment:
    """Something that happened, or will, at an instant. A revision has its own; of a deadline that was
    extended `before` is what it was."""

    at: dt.datetime
    words: str | Promise
    note: str = ""
    revision: Revision | None = None
    previous: Revision | None = None
    who: str = ""
    before: list[dt.datetime] = field(default_factory=list)
    is_deadline: bool = False


def moments(recommendation: Recommendation, reader: Any, now: dt.datetime) -> list[Moment]:
    """Newest first. Who made a revision is told to the secretariat alone; for others it was the
    secretariat."""
    found = [
        Moment(recommendation.drafted_at, gettext_lazy("Drafted; the number is reserved")),
        *_revisions(recommendation, reader),
        *_consultations(recommendation, reader, now),
        *_silences(recommendation, reader, now),
        *_end(recommendation, reader, now),
    ]
    order = [moment.at for moment in found]
    return [found[at] for at in sorted(range(len(found)), key=lambda at: (order[at], at), reverse=True)]


def _revisions(recommendation: Recommendation, reader: Any) -> Iterator[Moment]:
    previous, named = None, standing(reader).secretariat
    for revision in visible_revisions(recommendation, reader):
        yield Moment(
            revision.made_at,
            _("Revision %(number)s") % {"number": revision.number},
            note=revision.note,
            revision=revision,
            previous=previous,
            who=str(revision.made_by) if named and revision.made_by else "",
        )
        previous = revision


def _known(rows: QuerySet, begins: str, recommendation: Recommendation, reader: Any, now: dt.datetime) -> Any:
    """Steps that were taken back leave no trace; those still held are known to few."""
    rows = rows.filter(recommendation=recommendation, recalled_at__isnull=True)
    if knows_held(reader):
        return rows
    if recommendation.is_public(now):
        return rows.filter(**{f"{begins}__lte": now})
    return rows.filter(pk__in=type(rows).reaching(rows, standing(reader), now).values("pk"))  # type: ignore[attr-defined]


def _consultations(recommendation: Recommendation, reader: Any, now: dt.datetime) -> Iterator[Moment]:
    rows = _known(Consultation.objects.all(), "opens_at", recommendation, reader, now)
    for row in rows.select_related("revision").prefetch_related("extensions"):
        named = {"number": row.revision.number}
        extensions = sorted(row.extensions.all(), key=lambda extension: extension.at)
        yield Moment(row.opens_at, _("Consultation on revision %(number)s opens") % named)
        yield Moment(
            row.end,
            _("Consultation on revision %(number)s ends") % named,
            note=row.closing_reason or "; ".join(extension.reason for extension in extensions),
            before=[extension.before for extension in extensions],
            is_deadline=row.closed_at is None,
        )


def _silences(recommendation: Recommendation, reader: Any, now: dt.datetime) -> Iterator[Moment]:
    rows = _known(SilenceProcedure.objects.all(), "starts_at", recommendation, reader, now)
    for row in rows.select_related("revision").prefetch_related("objections"):
        outcome = row.outcome(now)
        yield Moment(
            row.starts_at, _("Silence on revision %(number)s begins") % {"number": row.revision.number}
        )
        yield Moment(row.expires_at, _("Silence expires"), note=ENDED.get(outcome, ""), is_deadline=True)


ENDED: dict[Outcome, Any] = {
    Outcome.AGREED: gettext_lazy("Nobody objected: agreed."),
    Outcome.BROKEN: gettext_lazy("Broken by an objection."),
}


def _end(recommendation: Recommendation, reader: Any, now: dt.datetime) -> Iterator[Moment]:
    issued = recommendation.issued_at
    if issued and (issued <= now or knows_held(reader)):
        yield Moment(issued, gettext_lazy("Issued"))
    if recommendation.ended_at:
        yield Moment(recommendation.ended_at, recommendation.get_state_display(), recommendation.end_reason)
