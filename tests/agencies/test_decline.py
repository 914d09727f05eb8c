"""Declines and swaps: recorded with their reason, honoured by the proposal, taken back."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from agencies import queries, services
from agencies.models import Agency, ChairTerm, Waiver
from isecg.access import WrongMoment
from isecg.audit.models import Event
from members.models import Member

SAID = dt.date(2025, 5, 1)
LATER = dt.date(2026, 1, 1)

pytestmark = pytest.mark.usefixtures("esa", "terms")


def order(day: dt.date = LATER) -> list[str]:
    return [str(turn.agency) for turn in queries.proposal(day)]


def test_without_waivers_who_never_chaired_comes_first() -> None:
    assert order() == ["ESA", "JAXA", "DLR"]


def test_decline_puts_the_agency_behind_the_others(editor: Member, esa: Agency) -> None:
    services.decline(by=editor, agency=esa, day=SAID, reason="Busy")
    assert order() == ["JAXA", "ESA", "DLR"]
    assert queries.proposal(LATER)[1].why == "Declined its last turn: 1 May 2025."


def test_decline_does_not_count_before_it_was_said(editor: Member, esa: Agency) -> None:
    services.decline(by=editor, agency=esa, day=SAID, reason="Busy")
    assert order(dt.date(2025, 4, 30)) == ["ESA", "JAXA", "DLR"]


def test_decline_is_an_event_with_its_reason(editor: Member, esa: Agency) -> None:
    waiver = services.decline(by=editor, agency=esa, day=SAID, reason="Busy")
    event = Event.objects.about(waiver).get()
    assert (event.verb, event.why) == ("decline", "Busy")


def test_decline_of_the_agency_in_the_chair_is_refused(editor: Member, dlr: Agency) -> None:
    with pytest.raises(ValidationError, match="DLR chairs on that day"):
        services.decline(by=editor, agency=dlr, day=SAID, reason="Busy")


def test_decline_of_a_stranger_is_refused(editor: Member, esa: Agency) -> None:
    with pytest.raises(ValidationError, match="ESA is not a member on that day"):
        services.decline(by=editor, agency=esa, day=dt.date(2019, 1, 1), reason="Busy")


def test_decline_without_a_reason_is_refused(editor: Member, esa: Agency) -> None:
    with pytest.raises(ValidationError):
        services.decline(by=editor, agency=esa, day=SAID, reason="")
    assert not Waiver.objects.exists()


def test_decline_twice_on_one_day_is_refused(editor: Member, esa: Agency) -> None:
    services.decline(by=editor, agency=esa, day=SAID, reason="Busy")
    with pytest.raises(ValidationError, match="recorded already"):
        services.decline(by=editor, agency=esa, day=SAID, reason="Still busy")


def test_decline_by_the_agency_itself_is_denied(head_a: Member, esa: Agency) -> None:
    with pytest.raises(PermissionDenied, match="Only the secretariat"):
        services.decline(by=head_a, agency=esa, day=SAID, reason="Busy")


def test_swap_exchanges_the_two(editor: Member, esa: Agency, jaxa: Agency) -> None:
    services.swap(by=editor, agency=esa, other=jaxa, day=SAID, reason="Launch year")
    assert order() == ["JAXA", "ESA", "DLR"]
    assert queries.proposal(LATER)[0].why == "Swapped with ESA, whose place this was."


def test_swap_is_an_event_with_its_reason(editor: Member, esa: Agency, jaxa: Agency) -> None:
    waiver = services.swap(by=editor, agency=esa, other=jaxa, day=SAID, reason="Launch year")
    event = Event.objects.about(waiver).get()
    assert (event.verb, event.why, event.changes["other"]) == ("swap", "Launch year", [None, "JAXA"])


def test_swap_written_the_other_way_round_is_refused(editor: Member, esa: Agency, jaxa: Agency) -> None:
    services.swap(by=editor, agency=esa, other=jaxa, day=SAID, reason="Launch year")
    with pytest.raises(ValidationError, match="recorded already"):
        services.swap(by=editor, agency=jaxa, other=esa, day=SAID, reason="Launch year")
    assert order() == ["JAXA", "ESA", "DLR"]


def test_swap_with_itself_is_refused(editor: Member, esa: Agency) -> None:
    with pytest.raises(ValidationError, match="cannot swap with itself"):
        services.swap(by=editor, agency=esa, other=esa, day=SAID, reason="Launch year")


def test_withdraw_gives_the_place_back(editor: Member, esa: Agency) -> None:
    waiver = services.decline(by=editor, agency=esa, day=SAID, reason="Busy")
    services.withdraw(waiver, by=editor, version=1, day=dt.date(2025, 6, 1))
    assert order() == ["ESA", "JAXA", "DLR"]
    assert order(dt.date(2025, 5, 31)) == ["JAXA", "ESA", "DLR"]
    assert Event.objects.about(waiver).first().verb == "withdraw"  # type: ignore[union-attr]


def test_withdraw_twice_is_the_wrong_moment(editor: Member, esa: Agency) -> None:
    waiver = services.decline(by=editor, agency=esa, day=SAID, reason="Busy")
    waiver = services.withdraw(waiver, by=editor, version=1, day=LATER)
    with pytest.raises(WrongMoment, match="taken back already"):
        services.withdraw(waiver, by=editor, version=2, day=LATER)


def test_withdraw_of_a_swap_that_was_carried_out_is_the_wrong_moment(
    editor: Member, esa: Agency, jaxa: Agency
) -> None:
    waiver = services.swap(by=editor, agency=esa, other=jaxa, day=SAID, reason="Launch year")
    services.hand_over(by=editor, to=jaxa, start=LATER)
    with pytest.raises(WrongMoment, match="JAXA took the chair after this was said"):
        services.withdraw(waiver, by=editor, version=1, day=LATER)


def test_withdraw_before_it_was_said_is_refused(editor: Member, esa: Agency) -> None:
    waiver = services.decline(by=editor, agency=esa, day=SAID, reason="Busy")
    with pytest.raises(ValidationError, match="before it was said"):
        services.withdraw(waiver, by=editor, version=1, day=dt.date(2025, 4, 30))


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("a_swap_names_the_other", {"kind": "swapped"}),
        ("a_waiver_has_a_reason", {"kind": "declined", "reason": ""}),
        ("taken_back_after_it_was_said", {"kind": "declined", "withdrawn": dt.date(2025, 4, 30)}),
    ],
)
def test_nonsense_is_refused_by_the_database(esa: Agency, constraint: str, fields: dict[str, object]) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Waiver.objects.create(**{"agency": esa, "day": SAID, "reason": "Busy", **fields})


def test_a_decline_that_names_another_is_refused_by_the_database(esa: Agency, jaxa: Agency) -> None:
    with pytest.raises(IntegrityError, match="a_swap_names_the_other"), transaction.atomic():
        Waiver.objects.create(agency=esa, other=jaxa, kind="declined", day=SAID, reason="Busy")


def test_a_person_for_an_unknown_chair_is_refused_by_the_database() -> None:
    with pytest.raises(IntegrityError, match="nobody_chairs_for_nobody"), transaction.atomic():
        ChairTerm.objects.create(agency=None, start=LATER, person="A. Person")
