"""The list of recommendations: what a reader may see, searched and filtered, each with how it stands.

A fixed number of queries, however many rows there are.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Case, Prefetch, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Left
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from isecg.access import Sentence, standing
from recommendations.models import (
    Consultation,
    Outcome,
    Phase,
    Recommendation,
    SilenceProcedure,
    State,
)
from recommendations.queries import public

LANGUAGES = {"en": "english", "de": "german"}
LONGEST = 200_000  # of a text that is searched; the database takes no list of words above a megabyte


@dataclass(frozen=True)
class Row:
    """A recommendation in the list."""

    recommendation: Recommendation
    status: public.Status
    addressees: list[Agency]
    end: public.End | None = None


@dataclass(frozen=True)
class Call:
    """Something on a recommendation that is open for this reader's agency now, until `deadline`."""

    recommendation: Recommendation
    deadline: dt.datetime
    words: Sentence
    action: Sentence
    address: str


@dataclass(frozen=True)
class Listing:
    """What one reader sees: open for them, in the making, issued (in force first)."""

    calls: list[Call]
    making: list[Row]
    issued: list[Row]


def listing(reader: Any, now: dt.datetime, *, kind: str = "", state: str = "", words: str = "") -> Listing:
    """The recommendations this reader may see; perhaps of one class, in one state, with words in them."""
    found = rows(_wanted(reader, now, kind, words), reader, now)
    chosen = [row for row in found if not state or row.status.state == state]
    open_now = [call for row in chosen for call in calls(row.recommendation, reader, now)]
    open_ones = {call.recommendation.pk for call in open_now}
    making = [row for row in chosen if not _is_public(row, now)]
    issued = [row for row in chosen if _is_public(row, now)]
    return Listing(
        calls=sorted(open_now, key=lambda call: call.deadline),
        making=[row for row in making if row.recommendation.pk not in open_ones],
        issued=sorted(issued, key=_newest_first, reverse=True),
    )


def _is_public(row: Row, now: dt.datetime) -> bool:
    return row.recommendation.is_public(now)


def _newest_first(row: Row) -> tuple[Any, ...]:
    return (row.status.state == State.ISSUED, row.recommendation.issued_at, row.recommendation.number)


def _wanted(reader: Any, now: dt.datetime, kind: str, words: str) -> QuerySet[Recommendation]:
    found = Recommendation.objects.visible_to(reader, now)
    if kind:
        found = found.filter(kind=kind)
    return search(found, words, now) if words else found


def search(found: QuerySet[Recommendation], words: str, now: dt.datetime) -> QuerySet[Recommendation]:
    """Those with the words in number, title, summary, or in the issued text, as the reader's language takes
    them. A text that is not issued is searched for nobody: what is found would tell what stands in it."""
    config = LANGUAGES.get((get_language() or "en")[:2], "simple")
    text = Case(
        When(issued_at__lte=now, then=Left("issued_revision__text", LONGEST)),
        default=Value(""),
        output_field=TextField(),
    )
    vector = SearchVector("title", "summary", text, config=config)
    matches = Q(searched=SearchQuery(words, config=config, search_type="websearch"))
    return found.annotate(searched=vector).filter(matches | Q(number__icontains=words.strip()))


def rows(found: QuerySet[Recommendation], reader: Any, now: dt.datetime) -> list[Row]:
    """Each with its status, addressees and end. Seven queries."""
    named = Agency.objects.named(now.date())
    prefetched = public.whole(found).prefetch_related(Prefetch("addressees", named))
    return [_row(each, reader, now) for each in prefetched]


def _row(recommendation: Recommendation, reader: Any, now: dt.datetime) -> Row:
    return Row(
        recommendation=recommendation,
        status=public.status(recommendation, reader, now),
        addressees=[] if recommendation.for_all else list(recommendation.addressees.all()),
        end=public.end(recommendation, reader, now),
    )


def calls(recommendation: Recommendation, reader: Any, now: dt.datetime) -> list[Call]:
    """At most one: a consultation or a silence procedure that asks one of the reader's agencies now. Reads
    what was prefetched."""
    mine, found = standing(reader).writes_for, list[tuple[Any, ...]]()
    asked = public.consultation_of(recommendation)
    if asked and recommendation.state == State.IN_CONSULTATION and asked.phase(now) == Phase.OPEN:
        found.append((asked, asked.end, *COMMENT))
    silence = public.silence_of(recommendation)
    if silence and recommendation.state == State.UNDER_SILENCE and silence.outcome(now) == Outcome.RUNNING:
        found.append((silence, silence.expires_at, *SILENT))
    return [
        Call(recommendation, deadline, words, action, public.page(page, recommendation))
        for asking, deadline, words, action, page in found
        if _asks(asking, mine)
    ]


COMMENT = (_("Your agency can comment on it."), _("Read and comment"), "consultation")
SILENT = (_("It is agreed unless an agency objects."), _("Read or object"), "silence")


def _asks(asking: Consultation | SilenceProcedure, mine: frozenset[int]) -> bool:
    return any(agency.pk in mine for agency in asking.agencies.all())
