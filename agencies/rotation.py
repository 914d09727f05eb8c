"""Who chairs next: the rule, as pure functions.

In words: members are asked in order of the time since they last chaired; who
never chaired comes first, by day of joining. The agency now chairing is asked last.

How it is computed: every agency has a *place* in the order, and everything that happens moves places.
- Joining gives a place among those who never had a turn, by the day of joining.
- Chairing gives a place behind everybody who had their turn before the term's end.
- Declining is a turn that was let pass: the place is as if a term had ended on that day.
- A swap exchanges the two places, whatever they are: nobody else waits longer or shorter for it.

Two places of the same day (the founders) are in order of the acronym of the agency they were given to. A
day known only by its year or month counts as its first day. Nothing needs closing by hand, and nobody is
ever out of the order: who declined comes again when all others had their turn.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

Key = int  # an agency's primary key


class Ground(StrEnum):
    """What a place in the order rests on; the page prints words from it."""

    NEVER_CHAIRED = "never_chaired"
    CHAIRED = "chaired"
    DECLINED = "declined"


@dataclass(frozen=True)
class Seat:
    """An agency as the rule sees it: since when it is (or last was) a member, and whether it still is."""

    agency: Key
    acronym: str
    joined: dt.date
    joined_precision: str = "day"
    member: bool = True


@dataclass(frozen=True)
class Term:
    """From `start` on this agency chairs; None is an unknown or vacant chair."""

    agency: Key | None
    start: dt.date
    start_precision: str = "day"


@dataclass(frozen=True)
class Waiver:
    """On `day` the agency declined its turn or, with `other`, swapped turns. `number` orders equal days."""

    number: int
    agency: Key
    day: dt.date
    other: Key | None = None


@dataclass(frozen=True)
class Place:
    """A place in the order: what it rests on, since when, and whose it was when it was given."""

    ground: Ground
    day: dt.date
    precision: str
    giver: Seat

    @property
    def order(self) -> tuple[bool, dt.date, str, Key]:
        return (self.ground != Ground.NEVER_CHAIRED, self.day, self.giver.acronym, self.giver.agency)


@dataclass(frozen=True)
class Turn:
    """An agency's next turn and the place it has it by."""

    seat: Seat
    place: Place
    chairs_now: bool = False

    @property
    def swapped_with(self) -> Key | None:
        """Whose place this was, if it came by a swap."""
        return None if self.place.giver == self.seat else self.place.giver.agency


def propose(
    seats: Iterable[Seat], terms: Iterable[Term], waivers: Iterable[Waiver], count: int | None = None
) -> list[Turn]:
    """The next `count` chairs (all members without it), each at most once, after the last term given.

    The agency of that last term is never next; its own next turn comes last. A lone member that already
    chairs cannot follow itself: the answer is empty.
    """
    by_key = {seat.agency: seat for seat in seats}
    history = sorted(terms, key=lambda term: term.start)
    chairing = history[-1].agency if history else None
    places = _places(by_key, history, waivers)
    turns = [
        Turn(seat, places[key], chairs_now=key == chairing) for key, seat in by_key.items() if seat.member
    ]
    turns.sort(key=lambda turn: (turn.chairs_now, turn.place.order))
    return turns[:count] if turns and not turns[0].chairs_now else []


def _places(seats: dict[Key, Seat], history: list[Term], waivers: Iterable[Waiver]) -> dict[Key, Place]:
    """Everybody's place after all that happened."""
    places = {
        key: Place(Ground.NEVER_CHAIRED, seat.joined, seat.joined_precision, seat)
        for key, seat in seats.items()
    }
    for event in _in_order(history, waivers):
        if event.agency not in places:
            continue
        if isinstance(event, Waiver) and event.other is not None:
            if event.other in places:
                places[event.agency], places[event.other] = places[event.other], places[event.agency]
            continue
        had = _turn_had(event, seats[event.agency])
        # A turn moves back, never forward: the agency in the chair gains nothing by declining.
        places[event.agency] = max(places[event.agency], had, key=lambda place: place.order)
    return places


@dataclass(frozen=True)
class _Ended:
    """A term with its end: the day the next one begins, or the end of time."""

    agency: Key | None
    day: dt.date
    end: dt.date
    end_precision: str


def _turn_had(event: "Waiver | _Ended", seat: Seat) -> Place:
    """The place that a turn leads to: from the end of the term, or from the day it was declined."""
    if isinstance(event, Waiver):
        return Place(Ground.DECLINED, event.day, "day", seat)
    return Place(Ground.CHAIRED, event.end, event.end_precision, seat)


def _in_order(history: list[Term], waivers: Iterable[Waiver]) -> list["Waiver | _Ended"]:
    """Everything that happened, by day; what was said on the day of a handover was said before it."""
    never = Term(None, dt.date.max)
    terms = [
        _Ended(term.agency, term.start, following.start, following.start_precision)
        for term, following in pairwise([*history, never])
    ]
    said = sorted(waivers, key=lambda waiver: waiver.number)
    return sorted([*said, *terms], key=lambda event: event.day)
