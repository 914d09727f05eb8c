"""The rotation rule, proven on generated centuries: pure functions, no database."""

import datetime as dt
import random
from dataclasses import dataclass, field, replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from agencies.rotation import Ground, Seat, Term, Turn, Waiver, propose

BEGIN = dt.date(2007, 5, 31)
YEAR = dt.timedelta(days=365)


def day(year: int, month: int = 1) -> dt.date:
    return dt.date(year, month, 1)


def seat(number: int, acronym: str, joined: dt.date = BEGIN) -> Seat:
    return Seat(number, acronym, joined)


def acronyms(turns: list[Turn]) -> list[str]:
    return [turn.seat.acronym for turn in turns]


A, B, C, D = (seat(number, letter) for number, letter in enumerate("ABCD", start=1))


# The rule, sentence by sentence


def test_founders_of_one_day_come_in_order_of_acronym() -> None:
    assert acronyms(propose([C, A, B], [], [])) == ["A", "B", "C"]


def test_who_never_chaired_comes_first_by_day_of_joining() -> None:
    later, latest = seat(8, "AAA", day(2020)), seat(9, "AA", day(2021))
    terms = [Term(A.agency, day(2010)), Term(B.agency, day(2022))]
    assert acronyms(propose([latest, later, A, B], terms, [])) == ["AAA", "AA", "A", "B"]


def test_who_joined_late_and_never_chaired_comes_before_who_chaired_long_ago() -> None:
    newcomer = seat(8, "Z", day(2020))
    terms = [Term(A.agency, day(2010)), Term(B.agency, day(2012)), Term(C.agency, day(2014))]
    assert acronyms(propose([A, B, C, newcomer], terms, [])) == ["Z", "A", "B", "C"]


def test_among_those_who_chaired_the_longest_ago_comes_first() -> None:
    terms = [Term(B.agency, day(2010)), Term(A.agency, day(2012)), Term(C.agency, day(2014))]
    assert acronyms(propose([A, B, C], terms, [])) == ["B", "A", "C"]


def test_the_agency_now_chairing_comes_last() -> None:
    turns = propose([A, B], [Term(A.agency, day(2010))], [])
    assert [turn.chairs_now for turn in turns] == [False, True]


def test_a_lone_member_does_not_follow_itself() -> None:
    assert propose([A], [Term(A.agency, day(2010))], []) == []


def test_a_former_member_is_not_proposed() -> None:
    assert acronyms(propose([replace(A, member=False), B], [], [])) == ["B"]


def test_an_unknown_chair_moves_nobody() -> None:
    terms = [Term(A.agency, day(2010)), Term(None, day(2012))]
    turns = propose([A, B], terms, [])
    assert acronyms(turns) == ["B", "A"]
    assert turns[1].place.day == day(2012)


def test_each_turn_says_what_it_rests_on() -> None:
    terms = [Term(B.agency, day(2010)), Term(C.agency, day(2012), "year")]
    turns = propose([A, B, C, D], terms, [Waiver(1, A.agency, day(2013))])
    grounds = {turn.seat.acronym: (turn.place.ground, turn.place.day, turn.place.precision) for turn in turns}
    assert grounds["D"] == (Ground.NEVER_CHAIRED, BEGIN, "day")
    assert grounds["B"] == (Ground.CHAIRED, day(2012), "year")
    assert grounds["A"] == (Ground.DECLINED, day(2013), "day")


def test_who_declines_comes_after_everybody_else_but_the_chair() -> None:
    terms = [Term(D.agency, day(2010))]
    turns = propose([A, B, C, D], terms, [Waiver(1, A.agency, day(2011))])
    assert acronyms(turns) == ["B", "C", "A", "D"]


def test_who_declined_and_chaired_since_is_as_everybody_else() -> None:
    terms = [Term(A.agency, day(2012)), Term(B.agency, day(2013))]
    turns = propose([A, B, C], terms, [Waiver(1, A.agency, day(2011))])
    assert acronyms(turns) == ["C", "A", "B"]
    assert turns[1].place.ground == Ground.CHAIRED


def test_a_swap_exchanges_the_two_places() -> None:
    turns = propose([A, B, C], [], [Waiver(1, A.agency, day(2010), C.agency)])
    assert acronyms(turns) == ["C", "B", "A"]
    assert [turn.swapped_with for turn in turns] == [A.agency, None, C.agency]


def test_a_swap_outlasts_the_turn_of_the_first_of_the_two() -> None:
    terms = [Term(C.agency, day(2011))]
    turns = propose([A, B, C, D], terms, [Waiver(1, A.agency, day(2010), C.agency)])
    assert acronyms(turns) == ["B", "A", "D", "C"]


def test_the_agency_in_the_chair_is_not_next_even_by_a_swap() -> None:
    turns = propose([A, B, C], [Term(A.agency, day(2010))], [Waiver(1, A.agency, day(2011), B.agency)])
    assert acronyms(turns) == ["C", "B", "A"]


def test_the_agency_in_the_chair_gains_nothing_by_declining() -> None:
    terms = [Term(C.agency, day(2010)), Term(A.agency, day(2012)), Term(B.agency, day(2014))]
    turns = propose([A, B, C], terms, [Waiver(1, A.agency, day(2013))])
    assert [(turn.seat.acronym, turn.place.ground, turn.place.day) for turn in turns[:2]] == [
        ("C", Ground.CHAIRED, day(2012)),
        ("A", Ground.CHAIRED, day(2014)),
    ]


def test_a_swap_said_on_the_day_of_the_handover_was_said_before_it() -> None:
    turns = propose([A, B, C], [Term(C.agency, day(2010))], [Waiver(1, A.agency, day(2010), C.agency)])
    assert acronyms(turns) == ["B", "A", "C"]


# A century


@dataclass
class Century:
    """A simulated history. Whoever the rule proposes takes the chair, unless it declines first."""

    seats: dict[int, Seat] = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)
    waivers: list[Waiver] = field(default_factory=list)
    today: dt.date = BEGIN
    left: dict[int, list[dt.date]] = field(default_factory=dict)
    skipped: list[tuple[int, dt.date]] = field(default_factory=list)
    swapped: list[tuple[int, dt.date]] = field(default_factory=list)

    def proposal(self) -> list[Turn]:
        return propose(self.seats.values(), self.terms, self.waivers)

    def join(self, number: int) -> None:
        if number not in self.seats or not self.seats[number].member:
            self.seats[number] = Seat(number, f"S{number:02}", self.today)

    def leave(self, number: int) -> None:
        if number in self.seats and self.seats[number].member and len(self.candidates()) > 2:
            self.seats[number] = replace(self.seats[number], member=False)
            self.left.setdefault(number, []).append(self.today)

    def candidates(self) -> list[int]:
        return [turn.seat.agency for turn in self.proposal() if not turn.chairs_now]

    def decline(self, place: int) -> None:
        if candidates := self.candidates():
            who = candidates[place % len(candidates)]
            before = [each for each in candidates if each != who]
            self.waivers.append(Waiver(len(self.waivers), who, self.today))
            self.skipped.append((who, self.today))
            assert self.candidates() == [*before, who]  # honoured: after everybody else, who keep their order

    def swap(self, one: int, other: int) -> None:
        candidates = self.candidates()
        if len(candidates) < 2 or one % len(candidates) == other % len(candidates):
            return
        i, j = one % len(candidates), other % len(candidates)
        self.waivers.append(Waiver(len(self.waivers), candidates[i], self.today, candidates[j]))
        self.swapped += [(candidates[i], self.today), (candidates[j], self.today)]
        candidates[i], candidates[j] = candidates[j], candidates[i]
        assert self.candidates() == candidates  # honoured: these two, and nobody else, changed places

    def hand_over(self) -> None:
        if candidates := self.candidates():
            self.terms.append(Term(candidates[0], self.today))

    def do(self, what: str, one: int, other: int) -> None:
        self.today += dt.timedelta(days=30)
        actions = {
            "join": lambda: self.join(one),
            "leave": lambda: self.leave(one),
            "decline": lambda: self.decline(one),
            "swap": lambda: self.swap(one, other),
            "wait": lambda: None,
        }
        actions[what]()

    def members_throughout(self, first: dt.date, last: dt.date) -> set[int]:
        return {
            number
            for number, each in self.seats.items()
            if each.joined <= first
            and not any(first < gone <= last for gone in self.left.get(number, []))
            and (each.member or any(gone > last for gone in self.left.get(number, [])))
        }

    def unwilling(self, first: dt.date, last: dt.date) -> set[int]:
        """Who declined or swapped in these days, or owes its place to an earlier swap."""
        declined = {number for number, said in self.skipped if first <= said <= last}
        return declined | {number for number, said in self.swapped if said <= last}


YEARS = st.lists(
    st.tuples(
        st.sampled_from(["join", "join", "leave", "decline", "swap", "wait"]),
        st.integers(0, 30),
        st.integers(0, 30),
    ),
    max_size=4,
)
CENTURIES = st.lists(YEARS, min_size=100, max_size=100)


def simulate(years: list[list[tuple[str, int, int]]], founders: int) -> Century:
    century = Century()
    for number in range(founders):
        century.join(number)
    for events in years:
        begin = century.today
        for what, one, other in events:
            century.do(what, one, other)
        century.today = begin + YEAR
        century.hand_over()
    return century


@settings(max_examples=40)
@given(CENTURIES, st.integers(2, 14))
def test_every_willing_member_chairs_once_before_anyone_twice(
    years: list[list[tuple[str, int, int]]], founders: int
) -> None:
    century = simulate(years, founders)
    for place, again in enumerate(century.terms):
        earlier = [term for term in century.terms[:place] if term.agency == again.agency]
        if not earlier:
            continue
        first = earlier[-1].start
        chaired = {term.agency for term in century.terms[:place] if term.start >= first}
        unwilling = century.unwilling(first, again.start)
        if again.agency in unwilling:
            continue
        assert century.members_throughout(first, again.start) - unwilling <= chaired


@settings(max_examples=40)
@given(CENTURIES, st.integers(2, 14))
def test_neighbours_differ_over_a_century(years: list[list[tuple[str, int, int]]], founders: int) -> None:
    terms = simulate(years, founders).terms
    assert len(terms) == 100
    assert all(one.agency != other.agency for one, other in pairwise(terms))


@settings(max_examples=40)
@given(CENTURIES, st.integers(2, 14))
def test_who_declined_comes_again_within_one_round(
    years: list[list[tuple[str, int, int]]], founders: int
) -> None:
    century = simulate(years, founders)
    last = century.terms[-1].start
    for number, said in century.skipped:
        again = [
            other for other, when in century.skipped + century.swapped if other == number and when > said
        ]
        round_ = [term for term in century.terms if term.start > said][: len(century.seats) + 1]
        whole = len(round_) == len(century.seats) + 1
        if whole and not again and number in century.members_throughout(said, last):
            assert number in {term.agency for term in round_}


@settings(max_examples=40)
@given(CENTURIES, st.integers(2, 14), st.randoms(use_true_random=False))
def test_the_answer_does_not_depend_on_the_order_of_the_input(
    years: list[list[tuple[str, int, int]]], founders: int, chance: random.Random
) -> None:
    century = simulate(years, founders)
    answer = century.proposal()
    seats, terms, waivers = list(century.seats.values()), list(century.terms), list(century.waivers)
    for rows in (seats, terms, waivers):
        chance.shuffle(rows)
    assert propose(seats, terms, waivers) == answer


@settings(max_examples=40)
@given(CENTURIES, st.integers(2, 14))
def test_the_proposal_is_what_then_happens(years: list[list[tuple[str, int, int]]], founders: int) -> None:
    century = simulate(years, founders)
    proposed = [turn.seat.agency for turn in century.proposal()]
    for _year in proposed:
        century.today += YEAR
        century.hand_over()
    assert [term.agency for term in century.terms[-len(proposed) :]] == proposed
