"""Invitations as the secretariat sends them, and the link from the mail."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from isecg.mail.models import Message
from members import services
from members.models import Invitation, Member, Role

PASSWORD = "seven-moons-of-patience"


@pytest.fixture
def invite(editor: Member, dlr: Any) -> Callable[..., tuple[Invitation, str]]:
    """`invite(email=…, role=…)`: an open invitation and the address of its link."""

    def make(**fields: Any) -> tuple[Invitation, str]:
        wanted = {
            "email": "new@example.org",
            "name": "New Person",
            "role": Role.DELEGATE,
            "agency": dlr,
            **fields,
        }
        wanted.setdefault("now", timezone.now())
        by = wanted.pop("by", editor)
        invitation = services.invite(by=by, **wanted)
        return invitation, link_of(invitation)

    return make


def link_of(invitation: Invitation) -> str:
    """The path behind the newest mail of this invitation."""
    mail = Message.objects.filter(kind="invitation", about_id=str(invitation.pk)).latest("pk")
    return mail.private.removeprefix("http://localhost:8000").removeprefix("http://127.0.0.1:8000")


@pytest.fixture
def signed_up(make_member: Callable[..., Member], dlr: Any) -> Member:
    """A delegate with a password."""
    member = make_member(Role.DELEGATE, dlr, name="DLR, with a password")
    member.set_password(PASSWORD)
    member.save()
    return member
