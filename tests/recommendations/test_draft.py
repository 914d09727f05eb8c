"""A recommendation is drafted under the next number of the year."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from agencies.models import Agency
from isecg.audit.models import Event
from members.models import Member
from recommendations.models import Recommendation, State
from recommendations.services.texts import draft

NOW = dt.datetime(2026, 3, 2, 10, tzinfo=dt.UTC)
TEXT = "# Docking\n\nRecalling the interface.\n\n1. Use one interface.\n2. Share test results."


def test_draft_reserves_the_next_number_of_the_year(editor: Member) -> None:
    first = draft(by=editor, title="Docking", kind="standard", now=NOW)
    second = draft(by=editor, title="Samples", kind="exchange", now=NOW)
    later = draft(by=editor, title="Lessons", kind="experience", now=NOW.replace(year=2027))
    assert [each.number for each in (first, second, later)] == ["2026-01", "2026-02", "2027-01"]


def test_draft_begins_as_a_draft_and_is_in_the_log(editor: Member) -> None:
    made = draft(by=editor, title="Docking", kind="standard", text=TEXT, now=NOW)
    assert (made.state, made.drafted_at, made.drafted_by, made.text) == (State.DRAFTING, NOW, editor, TEXT)
    assert Event.objects.about(made).get().verb == "draft"


def test_draft_counts_on_after_99(editor: Member) -> None:
    made = draft(by=editor, title="Docking", kind="standard", now=NOW)
    Recommendation.objects.filter(pk=made.pk).update(number="2026-99")
    assert draft(by=editor, title="Samples", kind="exchange", now=NOW).number == "2026-100"
    assert draft(by=editor, title="Lessons", kind="exchange", now=NOW).number == "2026-101"


def test_draft_is_refused_when_the_numbers_of_a_year_are_used_up(editor: Member) -> None:
    made = draft(by=editor, title="Docking", kind="standard", now=NOW)
    Recommendation.objects.filter(pk=made.pk).update(number="2026-999")
    with pytest.raises(ValidationError, match="All numbers of this year"):
        draft(by=editor, title="Samples", kind="exchange", now=NOW)


def test_draft_is_refused_to_a_head_of_delegation(head_a: Member) -> None:
    with pytest.raises(PermissionDenied, match="Only the secretariat drafts"):
        draft(by=head_a, title="Docking", kind="standard", now=NOW)


def test_draft_for_some_needs_an_addressee(editor: Member) -> None:
    with pytest.raises(ValidationError, match="Choose the agencies"):
        draft(by=editor, title="Docking", kind="standard", for_all=False, now=NOW)


def test_draft_addresses_the_chosen_agencies(editor: Member, dlr: Agency, jaxa: Agency) -> None:
    made = draft(by=editor, title="Docking", kind="standard", for_all=False, addressees=[dlr], now=NOW)
    assert list(made.addressees.all()) == [dlr]


def test_draft_for_all_names_nobody(editor: Member, dlr: Agency) -> None:
    made = draft(by=editor, title="Docking", kind="standard", addressees=[dlr], now=NOW)
    assert not made.addressees.exists()
