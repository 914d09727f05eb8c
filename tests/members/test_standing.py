"""What each role may do: one test per role. Rights come from the mandates that hold now."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from agencies.models import ChairTerm
from isecg.access import NOBODY, standing
from members import permissions
from members.models import Member, Role, standing_on

pytestmark = pytest.mark.django_db


def may(member: Any, other: Member) -> set[str]:
    """Which permissions say yes, towards another person who holds a mandate of an agency."""
    mandate = other.mandates.get()
    answers = {
        "invite": permissions.can_invite(member, Role.DELEGATE),
        "invite secretariat": permissions.can_invite(member, Role.EDITOR),
        "appoint": permissions.can_appoint(member, Role.HEAD),
        "appoint secretariat": permissions.can_appoint(member, Role.ADMINISTRATOR),
        "edit": permissions.can_edit_mandate(member, mandate),
        "end": permissions.can_end_mandate(member, mandate),
        "deactivate": permissions.can_deactivate(member, other),
        "reactivate": permissions.can_reactivate(member, other),
        "see address": permissions.can_see_address(member, other),
        "edit profile": permissions.can_edit_profile(member, other),
    }
    assert all(str(answer.reason) for answer in answers.values() if not answer)
    return {name for name, answer in answers.items() if answer}


NONE: frozenset[int] = frozenset()
BY_EDITOR = {"invite", "appoint", "edit", "end", "see address"}


def test_administrator(administrator: Member, head_b: Member) -> None:
    more = {"invite secretariat", "appoint secretariat", "deactivate", "reactivate"}
    assert may(administrator, head_b) == BY_EDITOR | more


def test_editor(editor: Member, head_b: Member) -> None:
    assert may(editor, head_b) == BY_EDITOR


def test_head_of_delegation(head_a: Member, head_b: Member, dlr: Any) -> None:
    assert may(head_a, head_b) == {"see address"}
    own, agency = head_a.standing, frozenset({dlr.pk})
    assert (own.speaks_for, own.writes_for, own.reads_for) == (agency, agency, agency)


def test_alternate(alternate_a: Member, head_b: Member, dlr: Any) -> None:
    assert may(alternate_a, head_b) == {"see address"}
    assert alternate_a.standing.speaks_for == {dlr.pk}


def test_delegate(delegate_a: Member, head_b: Member, dlr: Any) -> None:
    assert may(delegate_a, head_b) == set()
    own, agency = delegate_a.standing, frozenset({dlr.pk})
    assert (own.speaks_for, own.writes_for, own.reads_for) == (NONE, agency, agency)


def test_observer(observer_a: Member, head_b: Member, dlr: Any) -> None:
    assert may(observer_a, head_b) == set()
    own, agency = observer_a.standing, frozenset({dlr.pk})
    assert (own.speaks_for, own.writes_for, own.reads_for) == (NONE, NONE, agency)


def test_former(former: Member, head_b: Member) -> None:
    assert may(former, head_b) == set()
    assert former.standing == NOBODY


def test_stranger(head_b: Member) -> None:
    assert may(AnonymousUser(), head_b) == set()
    assert standing(AnonymousUser()) == NOBODY


def test_closed_account_has_no_standing(head_a: Member) -> None:
    head_a.is_active = False
    assert standing_on(head_a, dt.date(2025, 1, 1)) == NOBODY


def test_chair_is_the_head_of_the_agency_that_chairs_on_that_day(
    head_a: Member, alternate_a: Member, dlr: Any, jaxa: Any
) -> None:
    ChairTerm.objects.create(agency=dlr, start=dt.date(2024, 1, 1))
    ChairTerm.objects.create(agency=jaxa, start=dt.date(2025, 1, 1))
    assert standing_on(head_a, dt.date(2024, 12, 31)).chairs == dlr.pk
    assert standing_on(head_a, dt.date(2025, 1, 1)).chairs is None
    assert standing_on(alternate_a, dt.date(2024, 6, 1)).chairs is None


@pytest.mark.parametrize(
    ("day", "held"),
    [("2019-12-31", False), ("2020-01-01", True), ("2024-05-31", True), ("2024-06-01", False)],
)
def test_rights_begin_and_end_on_the_days_of_the_mandate(
    day: str, held: bool, make_member: Callable[..., Member], dlr: Any
) -> None:
    member = make_member(Role.DELEGATE, dlr, end=dt.date(2024, 6, 1))
    assert bool(standing_on(member, dt.date.fromisoformat(day)).writes_for) is held
