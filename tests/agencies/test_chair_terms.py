"""Chair terms: handed over, added, edited, removed; neither overlap nor gap can be stored."""

import datetime as dt
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from agencies import queries, services
from agencies.models import Agency, AgencyName, ChairTerm, Membership
from isecg.access import Standing, WrongMoment
from isecg.audit.models import Event
from isecg.versions import Stale
from members.models import Member

NEW_YEAR = dt.date(2026, 1, 1)


def chairs() -> list[str]:
    return [str(term.agency) for term in ChairTerm.objects.order_by("start")]


def test_hand_over_ends_the_term_before(editor: Member, terms: list[ChairTerm], jaxa: Agency) -> None:
    services.hand_over(by=editor, to=jaxa, start=NEW_YEAR, person="A. Person", source="Minutes")
    assert queries.terms().get(pk=terms[1].pk).end == NEW_YEAR  # type: ignore[attr-defined]
    assert ChairTerm.objects.on(NEW_YEAR).get().agency == jaxa


def test_hand_over_is_one_event_with_what_was_written(
    editor: Member, terms: list[ChairTerm], jaxa: Agency
) -> None:
    term = services.hand_over(by=editor, to=jaxa, start=NEW_YEAR)
    event = Event.objects.about(term).get()
    assert (event.verb, event.actor) == ("hand_over", str(editor))
    assert event.changes["agency"] == [None, "JAXA"]


def test_hand_over_to_the_agency_in_the_chair_is_refused(
    editor: Member, terms: list[ChairTerm], dlr: Agency
) -> None:
    with pytest.raises(ValidationError, match="DLR chairs already"):
        services.hand_over(by=editor, to=dlr, start=NEW_YEAR)
    assert chairs() == ["JAXA", "DLR"]


@pytest.mark.parametrize("day", [dt.date(2021, 1, 1), dt.date(2023, 1, 1), dt.date(2024, 9, 30)])
def test_hand_over_before_or_on_the_last_one_is_refused(
    editor: Member, terms: list[ChairTerm], esa: Agency, day: dt.date
) -> None:
    with pytest.raises(ValidationError, match="A handover comes after the last one"):
        services.hand_over(by=editor, to=esa, start=day)
    assert len(chairs()) == 2


def test_hand_over_to_a_stranger_is_refused(
    editor: Member, terms: list[ChairTerm], make_agency: Callable[..., Agency]
) -> None:
    later = make_agency("LATE", joined=dt.date(2027, 1, 1))
    with pytest.raises(ValidationError, match="LATE is not a member on that day"):
        services.hand_over(by=editor, to=later, start=NEW_YEAR)


def test_hand_over_that_somebody_else_was_faster_with_is_refused(
    editor: Member, terms: list[ChairTerm], jaxa: Agency, esa: Agency
) -> None:
    services.hand_over(by=editor, to=jaxa, start=NEW_YEAR)
    with pytest.raises(WrongMoment, match="Somebody else handed over"):
        services.hand_over(by=editor, to=esa, start=dt.date(2027, 1, 1), seen=terms[1].pk)
    assert chairs() == ["JAXA", "DLR", "JAXA"]


def test_hand_over_by_a_head_of_delegation_is_denied(
    head_a: Member, terms: list[ChairTerm], jaxa: Agency
) -> None:
    with pytest.raises(PermissionDenied, match="Only the secretariat"):
        services.hand_over(by=head_a, to=jaxa, start=NEW_YEAR)
    assert len(chairs()) == 2


def test_the_first_term_of_all_can_be_handed_over(editor: Member, dlr: Agency) -> None:
    services.hand_over(by=editor, to=dlr, start=NEW_YEAR)
    assert chairs() == ["DLR"]


def test_prepare_names_those_whom_the_rule_puts_first(
    terms: list[ChairTerm], jaxa: Agency, dlr: Agency, esa: Agency
) -> None:
    handover = services.prepare(to=jaxa, start=NEW_YEAR)
    assert (handover.ends, handover.passed) == (terms[1], [esa])


def test_add_term_between_two_splits_the_first(editor: Member, terms: list[ChairTerm], esa: Agency) -> None:
    services.add_term(by=editor, agency=esa, start=dt.date(2023, 1, 1))
    assert chairs() == ["JAXA", "ESA", "DLR"]


def test_add_term_of_a_neighbour_is_refused_in_a_sentence(
    editor: Member, terms: list[ChairTerm], jaxa: Agency
) -> None:
    with pytest.raises(ValidationError, match="they are one term"):
        services.add_term(by=editor, agency=jaxa, start=dt.date(2023, 1, 1))
    assert chairs() == ["JAXA", "DLR"]


def test_add_term_on_a_day_that_is_taken_is_refused(
    editor: Member, terms: list[ChairTerm], esa: Agency
) -> None:
    with pytest.raises(ValidationError, match="Another chair term begins on this day"):
        services.add_term(by=editor, agency=esa, start=dt.date(2024, 9, 30))


def test_add_term_without_an_agency_says_that_nobody_knows(editor: Member, terms: list[ChairTerm]) -> None:
    term = services.add_term(by=editor, agency=None, start=NEW_YEAR)
    assert term.holder == ""
    assert Event.objects.about(term).get().verb == "add"


def test_a_person_without_an_agency_is_refused(editor: Member) -> None:
    with pytest.raises(ValidationError, match="name the agency too"):
        services.add_term(by=editor, agency=None, start=NEW_YEAR, person="A. Person")


def test_edit_term_keeps_what_changed(editor: Member, terms: list[ChairTerm], dlr: Agency) -> None:
    term = services.edit_term(
        terms[1], by=editor, version=1, agency=dlr, start=terms[1].start, person="A. Person"
    )
    assert Event.objects.about(term).get().changes == {"person": ["", "A. Person"]}
    assert term.version == 2


def test_edit_term_to_its_neighbours_agency_is_refused(
    editor: Member, terms: list[ChairTerm], jaxa: Agency
) -> None:
    with pytest.raises(ValidationError, match="they are one term"):
        services.edit_term(terms[1], by=editor, version=1, agency=jaxa, start=terms[1].start)
    assert chairs() == ["JAXA", "DLR"]


def test_edit_term_that_was_changed_meanwhile_is_stale(
    editor: Member, terms: list[ChairTerm], dlr: Agency
) -> None:
    fields: dict[str, Any] = {"by": editor, "agency": dlr, "start": terms[1].start}
    services.edit_term(terms[1], version=1, person="First", **fields)
    with pytest.raises(Stale):
        services.edit_term(terms[1], version=1, person="Second", **fields)
    assert ChairTerm.objects.get(pk=terms[1].pk).person == "First"


def test_remove_term_undoes_a_handover(editor: Member, terms: list[ChairTerm]) -> None:
    services.remove_term(terms[1], by=editor, version=1, why="Wrong year")
    assert chairs() == ["JAXA"]
    event = Event.objects.get(verb="remove")
    assert (event.why, event.changes["agency"]) == ("Wrong year", ["DLR", None])


def test_remove_term_within_the_history_is_for_administrators(
    editor: Member, administrator: Member, terms: list[ChairTerm]
) -> None:
    with pytest.raises(PermissionDenied, match="Other terms follow this one"):
        services.remove_term(terms[0], by=editor, version=1)
    services.remove_term(terms[0], by=administrator, version=1)
    assert chairs() == ["DLR"]


def test_remove_term_between_two_of_one_agency_is_refused(
    administrator: Member, terms: list[ChairTerm], jaxa: Agency
) -> None:
    ChairTerm.objects.create(agency=jaxa, start=NEW_YEAR)
    with pytest.raises(ValidationError, match="they are one term"):
        services.remove_term(terms[1], by=administrator, version=1)
    assert chairs() == ["JAXA", "DLR", "JAXA"]


def test_two_terms_of_one_day_are_refused_by_the_database(terms: list[ChairTerm], esa: Agency) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ChairTerm.objects.create(agency=esa, start=terms[0].start)


@pytest.mark.django_db(transaction=True)
def test_neighbours_of_one_agency_are_refused_by_the_database_at_commit(
    make_agency: Callable[..., Agency],
) -> None:
    dlr = make_agency("DLR")
    starts = [dt.date(2024, 1, 1), dt.date(2025, 1, 1)]
    with pytest.raises(IntegrityError, match="neighbouring chair terms"):
        ChairTerm.objects.bulk_create([ChairTerm(agency=dlr, start=start) for start in starts])
    assert not ChairTerm.objects.exists()


class AnyHistory(TestCase):
    """Whatever the services are asked to store, each day after the first has exactly one term."""

    @classmethod
    def setUpTestData(cls) -> None:
        first = dt.date(2000, 1, 1)
        for acronym in "ABC":
            agency = Agency.objects.create(slug=acronym.lower())
            AgencyName.objects.create(agency=agency, acronym=acronym, name=acronym, start=first)
            Membership.objects.create(agency=agency, start=first)

    @settings(max_examples=30, deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["hand_over", "add", "remove"]), st.integers(0, 3), st.integers(0, 3000)
            ),
            max_size=12,
        ),
        st.integers(0, 3100),
    )
    def test_no_overlap_no_gap_and_neighbours_differ(
        self, wishes: list[tuple[str, int, int]], ask: int
    ) -> None:
        with transaction.atomic():
            for what, number, days in wishes:
                self._try(what, number, dt.date(2010, 1, 1) + dt.timedelta(days=days))
            stored = list(ChairTerm.objects.with_end().order_by("start"))
            day = dt.date(2010, 1, 1) + dt.timedelta(days=ask)
            begun = bool(stored) and stored[0].start <= day
            assert ChairTerm.objects.on(day).count() == (1 if begun else 0)
            for one, following in pairwise(stored):
                assert one.end == following.start  # type: ignore[attr-defined]
                assert one.agency_id != following.agency_id
            transaction.set_rollback(True)

    def _try(self, what: str, number: int, day: dt.date) -> None:
        agencies = [*Agency.objects.order_by("slug"), None]
        secretariat = _Administrator()
        try:
            if what == "hand_over" and (to := agencies[number]):
                services.hand_over(by=secretariat, to=to, start=day)
            elif what == "add":
                services.add_term(by=secretariat, agency=agencies[number], start=day)
            elif term := ChairTerm.objects.order_by("start")[number : number + 1].first():
                services.remove_term(term, by=secretariat, version=term.version)
        except ValidationError:
            pass  # what is refused changes nothing; that is what the test looks at


class _Administrator:
    """Somebody who may do everything, without a row."""

    pk = None
    standing = Standing(administrator=True)

    def __str__(self) -> str:
        return "administrator"
