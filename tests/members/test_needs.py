"""What the desk says about people."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from members.models import Invitation, Member
from members.queries import needs

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("days", "shown"), [(-5, True), (2, True), (4, False)])
def test_invitations_that_run_out_wait_for_the_secretariat(
    days: int, shown: bool, invite: Callable[..., Any], editor: Member
) -> None:
    now = timezone.now()
    invite()
    Invitation.objects.update(expires_at=now + dt.timedelta(days=days))
    rows = needs(editor, now)
    assert [str(row.words) for row in rows] == (
        ["The invitation of New Person runs out unaccepted."] if shown else []
    )


def test_invitations_are_no_delegates_business(invite: Callable[..., Any], head_a: Member) -> None:
    invite()
    Invitation.objects.update(expires_at=timezone.now())
    assert needs(head_a, timezone.now()) == []
