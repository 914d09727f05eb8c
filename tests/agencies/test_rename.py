"""Seats and what they are called: added, renamed, corrected; one name on each day."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from agencies import services
from agencies.models import Agency, AgencyName
from isecg.audit.models import Event
from isecg.versions import Stale
from members.models import Member

APRIL = dt.date(2023, 4, 1)


def test_rename_closes_the_old_name_on_the_day_the_new_one_begins(editor: Member, dlr: Agency) -> None:
    new = services.rename(dlr, by=editor, acronym="DLR2", name="New", start=APRIL, start_precision="month")
    old = dlr.names.get(acronym="DLR")
    assert (old.end, old.end_precision) == (APRIL, "month")
    assert (new.start, new.end) == (APRIL, None)


def test_rename_leaves_seat_and_address(editor: Member, dlr: Agency) -> None:
    services.rename(dlr, by=editor, acronym="DLR2", name="New", start=APRIL)
    agency = Agency.objects.get(slug="dlr")
    assert [agency.acronym_on(dt.date(2023, 3, 31)), agency.acronym_on(APRIL)] == ["DLR", "DLR2"]


def test_rename_is_one_event_of_the_agency(editor: Member, dlr: Agency) -> None:
    services.rename(dlr, by=editor, acronym="DLR2", name="New", start=APRIL)
    event = Event.objects.get()
    assert (event.verb, event.record_id) == ("rename", str(dlr.pk))
    assert event.changes["name"] == ["DLR (1 January 2020)", "DLR2 (1 April 2023)"]


def test_rename_before_the_name_it_has_began_is_refused(editor: Member, dlr: Agency) -> None:
    with pytest.raises(ValidationError, match="The name DLR itself began 1 January 2020"):
        services.rename(dlr, by=editor, acronym="DLR2", name="New", start=dt.date(2020, 1, 1))
    assert dlr.names.get().end is None


def test_rename_by_a_head_of_delegation_is_denied(head_a: Member, dlr: Agency) -> None:
    with pytest.raises(PermissionDenied, match="Only the secretariat"):
        services.rename(dlr, by=head_a, acronym="DLR2", name="New", start=APRIL)
    assert dlr.names.count() == 1


def test_add_name_on_days_with_another_is_refused_in_a_sentence(editor: Member, dlr: Agency) -> None:
    with pytest.raises(ValidationError, match="already has another name on some of these days"):
        services.add_name(dlr, by=editor, acronym="DLR0", name="Old", start=dt.date(2019, 1, 1), end=APRIL)


def test_add_name_before_the_first_is_known_then(editor: Member, dlr: Agency) -> None:
    services.add_name(
        dlr, by=editor, acronym="DFVLR", name="Old", start=dt.date(2019, 1, 1), end=dt.date(2020, 1, 1)
    )
    assert Agency.objects.named(dt.date(2019, 6, 1)).get().acronym == "DFVLR"  # type: ignore[attr-defined]


def test_two_names_on_one_day_are_refused_by_the_database(dlr: Agency) -> None:
    with pytest.raises(IntegrityError, match="one_name_at_a_time"), transaction.atomic():
        AgencyName.objects.create(agency=dlr, acronym="X", name="X", start=APRIL)


def test_a_name_that_ends_before_it_begins_is_refused_by_the_database(dlr: Agency) -> None:
    with pytest.raises(IntegrityError, match="name_ends_after_start"), transaction.atomic():
        AgencyName.objects.filter(agency=dlr).update(end=dt.date(2020, 1, 1))


def test_edit_name_with_an_end_before_its_start_is_refused_at_the_field(editor: Member, dlr: Agency) -> None:
    with pytest.raises(ValidationError) as refusal:
        services.edit_name(dlr.names.get(), by=editor, version=1, end=dt.date(2019, 1, 1))
    assert refusal.value.message_dict == {"end": ["The end must come after the start."]}


def test_edit_name_keeps_old_and_new(editor: Member, dlr: Agency) -> None:
    name = services.edit_name(dlr.names.get(), by=editor, version=1, name_en="German Aerospace Center")
    assert Event.objects.about(name).get().changes == {"name_en": ["", "German Aerospace Center"]}


def test_edit_name_that_was_changed_meanwhile_is_stale(editor: Member, dlr: Agency) -> None:
    name = dlr.names.get()
    services.edit_name(name, by=editor, version=1, name_en="First")
    with pytest.raises(Stale):
        services.edit_name(name, by=editor, version=1, name_en="Second")
    assert dlr.names.get().name_en == "First"


def test_add_agency_has_its_first_name_and_one_event(editor: Member) -> None:
    agency = services.add_agency(
        by=editor, slug="nosa", country="NO", acronym="NOSA", name="Norwegian Space Agency", start=APRIL
    )
    event = Event.objects.get()
    assert (event.verb, event.record, event.changes["acronym"]) == ("create", "NOSA", [None, "NOSA"])
    assert agency.names.get().start == APRIL


def test_add_agency_at_an_address_that_is_taken_is_refused(editor: Member, dlr: Agency) -> None:
    with pytest.raises(ValidationError) as refusal:
        services.add_agency(by=editor, slug="dlr", acronym="X", name="X", start=APRIL)
    assert list(refusal.value.message_dict) == ["slug"]
    assert Agency.objects.count() == 1


def test_edit_agency_without_a_change_is_no_event(editor: Member, dlr: Agency) -> None:
    services.edit_agency(dlr, by=editor, version=1, country="DE")
    assert not Event.objects.exists()
