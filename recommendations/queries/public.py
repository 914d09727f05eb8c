"""What the pages of recommendations say first: the state as this reader may know it, and the pages beside
each other. Steps that are still held are known to the secretariat and the chair alone."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from isecg.access import Sentence, standing
from recommendations.models import (
    Comment,
    Consultation,
    Outcome,
    Phase,
    Recommendation,
    Response,
    Revision,
    SilenceProcedure,
    State,
)


@dataclass(frozen=True)
class Status:
    """Where a recommendation is: `state` is a code of State, `words` the badge, `note` what is more exact.

    `since` is the instant from which it holds, `until` the one at which it ends by itself.
    """

    state: State
    words: Sentence
    kind: str = ""
    note: Sentence = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None


def knows_held(reader: Any) -> bool:
    """Whether the reader may know of steps that are pressed and not yet in effect."""
    own = standing(reader)
    return own.secretariat or own.chairs is not None


def whole(found: QuerySet[Recommendation]) -> QuerySet[Recommendation]:
    """With everything at hand that says how each stands: eight queries however many there are."""
    consultations = Consultation.objects.filter(recalled_at__isnull=True)
    silences = SilenceProcedure.objects.filter(recalled_at__isnull=True)
    return found.select_related("superseded_by", "issued_revision").prefetch_related(
        Prefetch("consultations", consultations.prefetch_related("agencies__names")),
        Prefetch("silence_procedures", silences.prefetch_related("objections", "agencies")),
    )


def consultation_of(recommendation: Recommendation) -> Consultation | None:
    """The latest that was not recalled; reads what was prefetched."""
    return next((each for each in recommendation.consultations.all() if each.recalled_at is None), None)


def silence_of(recommendation: Recommendation) -> SilenceProcedure | None:
    """The latest that was not recalled; reads what was prefetched."""
    return next((each for each in recommendation.silence_procedures.all() if each.recalled_at is None), None)


def status(recommendation: Recommendation, reader: Any, now: dt.datetime) -> Status:
    """How the recommendation stands at `now`, by comparing instants. At most three queries, none where
    `consultations` and `silence_procedures__objections` are prefetched."""
    state = State(recommendation.state)
    if state in SAYS:
        return SAYS[state](recommendation, knows_held(reader), now)
    return Status(state, state.label, KINDS.get(state, ""), since=recommendation.ended_at)


KINDS = {State.SUPERSEDED: "warn", State.WITHDRAWN: "warn"}


def _drafting(recommendation: Recommendation, held: bool, now: dt.datetime) -> Status:
    return Status(State.DRAFTING, State.DRAFTING.label)


def _in_consultation(recommendation: Recommendation, held: bool, now: dt.datetime) -> Status:
    asked = consultation_of(recommendation)
    phase = asked.phase(now) if asked else Phase.CLOSED
    if phase == Phase.HELD and asked:
        return (
            Status(State.IN_CONSULTATION, _("consultation about to open"), "info")
            if held
            else _drafting(recommendation, held, now)
        )
    if phase == Phase.OPEN and asked:
        return Status(
            State.IN_CONSULTATION, _("in consultation"), "info", since=asked.opens_at, until=asked.end
        )
    note = _("The secretariat now decides on the comments.")
    return Status(
        State.IN_CONSULTATION, _("consultation over"), note=note, since=asked.end if asked else None
    )


def _under_silence(recommendation: Recommendation, held: bool, now: dt.datetime) -> Status:
    procedure = silence_of(recommendation)
    if procedure is None:
        return Status(State.UNDER_SILENCE, State.UNDER_SILENCE.label, "info")
    outcome = procedure.outcome(now)
    if outcome == Outcome.HELD_BACK and not held:
        return _drafting(recommendation, held, now)
    words, kind, note = SILENCE[outcome]
    since = None if outcome == Outcome.HELD_BACK else procedure.starts_at
    until = procedure.expires_at if outcome == Outcome.RUNNING else None
    return Status(State.UNDER_SILENCE, words, kind, note, since, until)


SILENCE: dict[Outcome, tuple[Sentence, str, Sentence]] = {
    Outcome.HELD_BACK: (_("silence about to start"), "info", ""),
    Outcome.RUNNING: (
        _("under silence"),
        "info",
        _("It is agreed if no agency objects before the silence expires."),
    ),
    Outcome.BROKEN: (
        _("silence broken"),
        "warn",
        _("An agency objects. The text goes back to drafting."),
    ),
    Outcome.AGREED: (
        _("silence held"),
        "good",
        _("Nobody objected in time; the secretariat writes that down as the conclusion."),
    ),
}


def _agreed(recommendation: Recommendation, held: bool, now: dt.datetime) -> Status:
    procedure = silence_of(recommendation)
    since = procedure.concluded_at if procedure else None
    return Status(State.AGREED, State.AGREED.label, "good", since=since)


def _issued(recommendation: Recommendation, held: bool, now: dt.datetime) -> Status:
    if recommendation.is_public(now):
        return Status(State.ISSUED, State.ISSUED.label, "good", since=recommendation.issued_at)
    if not held:
        return _agreed(recommendation, held, now)
    return Status(State.ISSUED, _("about to be issued"), "info")


SAYS = {
    State.DRAFTING: _drafting,
    State.IN_CONSULTATION: _in_consultation,
    State.UNDER_SILENCE: _under_silence,
    State.AGREED: _agreed,
    State.ISSUED: _issued,
}


def tabs(
    recommendation: Recommendation, reader: Any, now: dt.datetime, tab: str = ""
) -> list[dict[str, Any]]:
    """The pages of one recommendation that this reader may open, as the tabs component takes them; `tab` is
    the URL name of the page that is shown. One query."""
    seen = _seen(recommendation, reader, now)
    return [
        {"words": words, "address": page(name, recommendation), "current": name == tab}
        for name, words, shown in PAGES
        if shown(seen)
    ]


def page(name: str, recommendation: Recommendation) -> str:
    """The address of one of its pages."""
    return reverse(f"recommendations:{name}", args=[recommendation.number])


@dataclass(frozen=True)
class Seen:
    """What there is for this reader, as far as a page of its own shows it."""

    is_public: bool
    secretariat: bool
    revisions: bool
    asked: bool
    said: bool
    silence: bool
    responses: bool


PAGES: Iterable[tuple[str, Sentence, Callable[[Seen], bool]]] = (
    ("detail", _("Text"), lambda seen: True),
    ("history", _("History"), lambda seen: seen.revisions),
    ("consultation", _("Consultation"), lambda seen: seen.asked),
    ("comments", _("Comments"), lambda seen: seen.asked),
    ("you_said", _("You said, we did"), lambda seen: seen.said),
    ("silence", _("Silence"), lambda seen: seen.silence),
    ("responses", _("Responses"), lambda seen: seen.is_public or seen.responses),
    ("told", _("Who was told"), lambda seen: seen.secretariat),
)


def _seen(recommendation: Recommendation, reader: Any, now: dt.datetime) -> Seen:
    asked, silence = _reaching(reader, now)
    published = Comment.objects.submitted().filter(
        consultation__recommendation=OuterRef("pk"), published_at__lte=now
    )
    mine = {"recommendation": OuterRef("pk")}
    there = Recommendation.objects.annotate(
        revisions_seen=Exists(Revision.objects.visible_to(reader, now).filter(**mine)),
        asked=Exists(asked.filter(**mine)),
        said=Exists(published),
        silence=Exists(silence.filter(**mine)),
        responses_seen=Exists(Response.objects.visible_to(reader).filter(**mine)),
    )
    names = ("revisions_seen", "asked", "said", "silence", "responses_seen")
    row = there.values_list(*names).get(pk=recommendation.pk)
    return Seen(recommendation.is_public(now), standing(reader).secretariat, *row)


def _reaching(reader: Any, now: dt.datetime) -> tuple[Any, Any]:
    """The consultations and silence procedures this reader may know of: all for the secretariat and chair."""
    if knows_held(reader):
        kept = {"recalled_at__isnull": True}
        return Consultation.objects.filter(**kept), SilenceProcedure.objects.filter(**kept)
    own = standing(reader)
    return Consultation.objects.reaching(own, now), SilenceProcedure.objects.reaching(own, now)


@dataclass(frozen=True)
class End:
    """It no longer counts: since when, why, and what took its place (where the reader may see that)."""

    state: State
    at: dt.datetime
    reason: str
    by: Recommendation | None = None


def end(recommendation: Recommendation, reader: Any, now: dt.datetime) -> End | None:
    """How it ended; None while it has not."""
    if recommendation.ended_at is None:
        return None
    newer = recommendation.superseded_by
    shown = newer if newer and (newer.is_public(now) or knows_held(reader)) else None
    return End(State(recommendation.state), recommendation.ended_at, recommendation.end_reason, shown)


def shown_revision(recommendation: Recommendation, reader: Any, now: dt.datetime) -> Revision | None:
    """The text of its page: the issued one, else the newest that this reader may see."""
    if recommendation.is_public(now):
        return recommendation.issued_revision
    rows = Revision.objects.visible_to(reader, now).filter(recommendation=recommendation)
    return rows.order_by("-number").first()


@dataclass(frozen=True)
class Then:
    """How it stood at the end of a day: `text` says whether an issued text was in force or had been."""

    words: Sentence
    kind: str = ""
    text: bool = False


def on(recommendation: Recommendation, day: dt.date, now: dt.datetime) -> Then:
    """How it stood at the end of `day` (UTC), as everybody could know it."""
    after = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), dt.UTC)
    if day > now.date():
        return Then(_("That day has not come yet."))
    if recommendation.issued_at is None or recommendation.issued_at >= min(after, now):
        return Then(_("It was not issued yet on that day."))
    ended = recommendation.ended_at
    if ended is None or ended >= after:
        return Then(_("It was in force on that day."), "good", text=True)
    if recommendation.state == State.SUPERSEDED:
        return Then(_("It was superseded by then."), "warn", text=True)
    return Then(_("It was withdrawn by then."), "warn", text=True)
