import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from agencies.models import Agency, ChairTerm
from agencies.services import decline
from isecg import health
from isecg.mail.models import Message
from isecg.mail.services import post_to
from members import services
from members.models import Mandate, Member, Role
from reports.models import AnnualReport, Document, DocumentKind
from tests.access.recommendations import states_of
from tests.access.world import ROLES, SECRETARIAT
from tests.reports.conftest import (  # noqa: F401  (fixtures)
    edition,
    goal,
    highlight,
    item,
    make_edition,
    pictured,
    published,
    report,
)


@pytest.fixture
def people(
    request: pytest.FixtureRequest, make_member: Callable[..., Member], administrator: Member, settings: Any
) -> dict[str, Member | None]:
    """One person of every role; the secretariat has the second factor that it needs."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SECOND_FACTOR_FOR_SECRETARIAT = True
    people: dict[str, Member | None] = {"stranger": None, "without_mandate": make_member()}
    for role in ROLES:
        if role not in people:
            people[role] = _person(role, request, make_member)
    for role, member in people.items():
        if member:
            member.set_password("seven-moons-of-patience")
            member.save()
        if role in SECRETARIAT:
            TOTP.activate(member, generate_totp_secret())
            RecoveryCodes.activate(member)
    return people


@pytest.fixture
def world(
    request: pytest.FixtureRequest,
    people: dict[str, Member | None],
    make_member: Callable[..., Member],
    dlr: Agency,
    jaxa: Agency,
    administrator: Member,
    monkeypatch: pytest.MonkeyPatch,
) -> SimpleNamespace:
    """A published report and one in the making, and records of every kind."""
    monkeypatch.setattr(health, "QUESTIONS", {"database": lambda: True})  # no broker or worker here
    term = ChairTerm.objects.create(agency=jaxa, start=dt.date(2019, 1, 1))
    ChairTerm.objects.create(agency=Agency.objects.get(slug="csa"), start=dt.date(2022, 1, 1))
    return SimpleNamespace(
        people=people,
        recommendations=states_of(people, [dlr, jaxa]),
        agency=dlr,
        name=dlr.names.get(),
        membership=dlr.memberships.get(),
        term=term,
        waiver=decline(by=administrator, agency=jaxa, day=dt.date(2024, 1, 1), reason="Elections at home."),
        mandate=Mandate.objects.get(member=people["delegate_a"]),
        person=people["delegate_a"],
        inactive=make_member(Role.DELEGATE, jaxa, name="JAXA, left", is_active=False),
        draft=AnnualReport.objects.create(year=2026, period_start=dt.date(2026, 1, 1)),
        document=Document.objects.create(slug="framework", title="Framework", kind=DocumentKind.FOUNDING),
        invitation=_invitation(administrator, dlr),
        mail=post_to("password_reset", address="a@example.org", language="en", user=administrator),
        photographed=request.getfixturevalue("pictured"),
        entry=request.getfixturevalue("item").entries.get(),
        **{name: request.getfixturevalue(name) for name in ("published", "highlight", "item", "goal")},
    )


def _person(role: str, request: pytest.FixtureRequest, make_member: Callable[..., Member]) -> Member:
    if role == "editor_without_factor":
        return make_member(Role.EDITOR, name="Secretariat, without a second factor")
    if role == "chair":
        return make_member(Role.HEAD, request.getfixturevalue("make_agency")("CSA"), name="CSA, chair")
    return request.getfixturevalue(role)


def _invitation(by: Member, agency: Agency) -> SimpleNamespace:
    """An open invitation: its key, and the token of its link."""
    invitation = services.invite(
        by=by, email="new@example.org", name="New", role=Role.DELEGATE, agency=agency, now=timezone.now()
    )
    link = Message.objects.get(kind="invitation").private
    return SimpleNamespace(pk=invitation.pk, token=link.rstrip("/").rsplit("/", 1)[-1])
