"""Memberships: admitted, corrected, ended; one at a time."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from agencies import queries, services
from agencies.models import Agency, Membership
from isecg.access import WrongMoment
from isecg.audit.models import Event
from isecg.versions import Stale
from members.models import Member

LEFT = dt.date(2023, 4, 1)


def acronyms(day: dt.date) -> list[str]:
    return [str(agency) for agency in queries.members(day)]


def test_end_membership_counts_from_that_day_on(editor: Member, dlr: Agency, jaxa: Agency) -> None:
    services.end_membership(dlr.memberships.get(), by=editor, version=1, end=LEFT)
    assert acronyms(dt.date(2023, 3, 31)) == ["DLR", "JAXA"]
    assert acronyms(LEFT) == ["JAXA"]


def test_end_membership_is_one_event(editor: Member, dlr: Agency) -> None:
    membership = services.end_membership(dlr.memberships.get(), by=editor, version=1, end=LEFT, note="Left")
    event = Event.objects.about(membership).get()
    assert (event.verb, event.changes["note"]) == ("end", ["", "Left"])


def test_end_membership_twice_is_the_wrong_moment(editor: Member, dlr: Agency) -> None:
    membership = services.end_membership(dlr.memberships.get(), by=editor, version=1, end=LEFT)
    with pytest.raises(WrongMoment, match="ended already"):
        services.end_membership(membership, by=editor, version=2, end=dt.date(2024, 1, 1))
    assert dlr.memberships.get().end == LEFT


def test_end_membership_by_a_delegate_is_denied(delegate_a: Member, dlr: Agency) -> None:
    with pytest.raises(PermissionDenied, match="Only the secretariat"):
        services.end_membership(dlr.memberships.get(), by=delegate_a, version=1, end=LEFT)
    assert dlr.memberships.get().end is None


def test_admit_again_after_leaving(editor: Member, dlr: Agency) -> None:
    services.end_membership(dlr.memberships.get(), by=editor, version=1, end=LEFT)
    membership = services.admit(
        dlr, by=editor, start=dt.date(2025, 1, 1), start_precision="year", source="Minutes"
    )
    assert Event.objects.about(membership).get().verb == "admit"
    assert [acronyms(LEFT), acronyms(dt.date(2025, 1, 1))] == [[], ["DLR"]]


def test_admit_a_member_is_refused_in_a_sentence(editor: Member, dlr: Agency) -> None:
    with pytest.raises(ValidationError, match="already is a member on some of these days"):
        services.admit(dlr, by=editor, start=LEFT)
    assert dlr.memberships.count() == 1


def test_two_memberships_on_one_day_are_refused_by_the_database(dlr: Agency) -> None:
    with pytest.raises(IntegrityError, match="one_membership_at_a_time"), transaction.atomic():
        Membership.objects.create(agency=dlr, start=LEFT)


def test_a_membership_that_ends_before_it_begins_is_refused_by_the_database(dlr: Agency) -> None:
    with pytest.raises(IntegrityError, match="membership_ends_after_start"), transaction.atomic():
        Membership.objects.update(end=dt.date(2020, 1, 1))


def test_edit_membership_that_was_changed_meanwhile_is_stale(editor: Member, dlr: Agency) -> None:
    membership = dlr.memberships.get()
    services.edit_membership(membership, by=editor, version=1, founder=True)
    with pytest.raises(Stale):
        services.edit_membership(membership, by=editor, version=1, founder=False)
    assert dlr.memberships.get().founder
