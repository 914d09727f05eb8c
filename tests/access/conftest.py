"""One world for the tests of a file: building it takes longer than asking about it, and each test leaves it
as it was."""

import copy
import datetime as dt
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from agencies.models import Activity, Agency, ChairTerm, Destination
from agencies.services import decline
from isecg import health
from isecg.mail.models import Message
from isecg.mail.services import post_to
from members import services
from members.models import Mandate, Member, Role
from reports.models import AnnualReport, Document, DocumentKind
from tests import conftest as cast
from tests.access.recommendations import states_of
from tests.access.reports import reports_of
from tests.access.world import ROLES, SECRETARIAT
from tests.reports import conftest as reporting


def standing(fixture: Any) -> Any:
    """The same fixture, made once for a file."""
    return pytest.fixture(scope="module")(inspect.unwrap(fixture))


make_agency, make_member, dlr, jaxa, editor, administrator = map(
    standing,
    (cast.make_agency, cast.make_member, cast.dlr, cast.jaxa, cast.editor, cast.administrator),
)
head_a, alternate_a, delegate_a, observer_a, head_b, former = map(
    standing,
    (cast.head_a, cast.alternate_a, cast.delegate_a, cast.observer_a, cast.head_b, cast.former),
)
report, item, goal, highlight, pictured, make_edition, edition, walk, publish_now, published = map(
    standing,
    (
        reporting.report,
        reporting.item,
        reporting.goal,
        reporting.highlight,
        reporting.pictured,
        reporting.make_edition,
        reporting.edition,
        reporting.walk,
        reporting.publish_now,
        reporting.published,
    ),
)


@pytest.fixture(autouse=True, scope="module")
def _own_data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Uploads and editions of a file are its own; the secretariat needs its second factor."""
    folder = tmp_path_factory.mktemp("data")
    with override_settings(
        DATA_DIR=folder,
        MEDIA_ROOT=folder / "media",
        SECOND_FACTOR_FOR_SECRETARIAT=True,
    ):
        yield


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: Any, _own_data_folder: None) -> Iterator[None]:
    """A transaction around a file, in place of the one around each test."""
    with django_db_blocker.unblock(), _undone():
        yield


@pytest.fixture(autouse=True)
def _each_undone(db: None) -> Iterator[None]:
    """What a test changes is undone before the next."""
    with _undone():
        yield


@contextmanager
def _undone() -> Iterator[None]:
    """A transaction that is rolled back in the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def people(
    request: pytest.FixtureRequest, make_member: Callable[..., Member], administrator: Member
) -> dict[str, Member | None]:
    """One person of every role; the secretariat has the second factor that it needs."""
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
def world(built: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The world, as every test finds it."""
    monkeypatch.setattr(health, "QUESTIONS", {"database": lambda: True})  # no broker or worker here
    return copy.deepcopy(built)


@pytest.fixture(scope="module")
def built(
    request: pytest.FixtureRequest,
    people: dict[str, Member | None],
    make_member: Callable[..., Member],
    dlr: Agency,
    jaxa: Agency,
    administrator: Member,
) -> SimpleNamespace:
    """A published report and one in the making, and records of every kind."""
    pictured = request.getfixturevalue("pictured")
    published = request.getfixturevalue("published")  # approved while nobody is known to chair
    term = ChairTerm.objects.create(agency=jaxa, start=dt.date(2019, 1, 1))
    ChairTerm.objects.create(agency=Agency.objects.get(slug="csa"), start=dt.date(2022, 1, 1))
    return SimpleNamespace(
        people=people,
        recommendations=states_of(people, [dlr, jaxa]),
        reports=reports_of(people, dlr, request.getfixturevalue("make_edition")),
        agency=dlr,
        name=dlr.names.get(),
        activity=Activity.objects.create(slug="gateway", name="Gateway", destination=Destination.MOON),
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
        photographed=pictured,
        entry=request.getfixturevalue("item").entries.get(),
        published=published,
        **{name: request.getfixturevalue(name) for name in ("highlight", "item", "goal")},
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
