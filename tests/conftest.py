"""The fixed cast of every test, and what holds for all of them."""

import datetime as dt
import gc
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client, TransactionTestCase, override_settings
from hypothesis import settings

from agencies.models import Agency, AgencyName, Membership
from members.models import Mandate, Member, Role
from tests.template import migrated

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop lives in the same thread

PAST = dt.date(2020, 1, 1)

# The longest rounds, longest first: workers take them in this order, and the short ones fill the end.
LONGEST = (
    "/tests/browser/test_accessible.py",
    "/tests/stack/test_deployment_services.py",
    "/tests/faults/",
    "/tests/browser/",
    "/tests/stack/test_run.py",
    "/tests/seed/",
    "/tests/reports/test_pdf.py",
    "/tests/stack/",
    "/tests/recommendations/test_prints.py",
    "/tests/access/",
    "/tests/reports/",
    "/tests/recommendations/",
)

settings.register_profile("portal", deadline=None)  # no test asserts a time by the clock
settings.load_profile("portal")


def pytest_collection_finish() -> None:
    """What was imported stays: whoever looks for garbage need not look at it again and again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)  # before the distributor looks for groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What shares a portal, or the fixtures of a file, runs on one worker; the longest begin first."""
    for item in items:
        path = item.path.as_posix()
        shared = [folder for folder in ("faults", "screenshots") if f"/tests/{folder}/" in path]
        item.add_marker(pytest.mark.xdist_group(shared[0] if shared else path))
    items.sort(key=lambda item: _turn(item.path.as_posix()))


def _turn(path: str) -> int:
    """When it begins: a worker must not be alone with a long one in the end."""
    return next((turn for turn, part in enumerate(LONGEST) if part in path), len(LONGEST))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, django_test_environment: None, django_db_blocker: Any
) -> None:
    """A worker's database begins as a copy: applying all migrations takes far longer than copying them."""
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A thread of a test's server may still hold a connection when the database is to go."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'"
        )


@pytest.fixture(autouse=True, scope="session")
def _flush_frozen_tables() -> None:
    """A test's clean-up may empty the tables that nobody else can (as their owner, without that trigger)."""
    flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def without_triggers(case: Any) -> None:
        _triggers("DISABLE")
        try:
            flush(case)
        finally:
            _triggers("ENABLE")

    TransactionTestCase._fixture_teardown = without_triggers  # type: ignore[attr-defined]


def _triggers(switch: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgname LIKE '%%_never_emptied'", []
        )
        for table, trigger in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} {switch} TRIGGER {trigger}")


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path: Any, settings: Any) -> None:
    """Uploads and editions of a test are its own."""
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True, scope="session")
def _quick_passwords() -> Iterator[None]:
    """The portal's own way to hash them is slow on purpose; people at browsers go through it."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True)
def _no_validator(settings: Any) -> None:
    """veraPDF takes seconds a file: only tests of it start it. The other checks of a PDF are made always."""
    settings.JAVA = ""


@pytest.fixture
def make_agency(db: None) -> Callable[..., Agency]:
    """`make_agency("DLR")`: a member since 2020 under that acronym."""

    def make(acronym: str, *, name: str = "", joined: dt.date = PAST, **fields: Any) -> Agency:
        agency = Agency.objects.create(slug=acronym.lower().replace(" ", "-"), **fields)
        AgencyName.objects.create(
            agency=agency, acronym=acronym, name=name or f"{acronym} agency", start=joined
        )
        Membership.objects.create(agency=agency, start=joined)
        return agency

    return make


@pytest.fixture
def make_member(db: None) -> Callable[..., Member]:
    """`make_member(Role.HEAD, dlr)`: a person who holds that role since 2020, named by it."""

    def make(
        role: Role | None = None,
        agency: Agency | None = None,
        *,
        name: str = "",
        is_active: bool = True,
        **mandate: Any,
    ) -> Member:
        name = name or f"{agency or 'Secretariat'}, {role.label if role else 'without a role'}"
        email = f"{name}@example.org".lower().replace(" ", ".").replace(",", "")
        member = Member.objects.create_user(email, name=name, is_active=is_active)
        if role:
            Mandate.objects.create(member=member, role=role, agency=agency, **{"start": PAST, **mandate})
        return member

    return make


@pytest.fixture
def dlr(make_agency: Callable[..., Agency]) -> Agency:
    return make_agency("DLR", name="Deutsches Zentrum für Luft- und Raumfahrt", country="DE")


@pytest.fixture
def jaxa(make_agency: Callable[..., Agency]) -> Agency:
    return make_agency("JAXA", name="Japan Aerospace Exploration Agency", country="JP")


@pytest.fixture
def editor(make_member: Callable[..., Member]) -> Member:
    return make_member(Role.EDITOR)


@pytest.fixture
def administrator(make_member: Callable[..., Member]) -> Member:
    return make_member(Role.ADMINISTRATOR)


@pytest.fixture
def head_a(make_member: Callable[..., Member], dlr: Agency) -> Member:
    return make_member(Role.HEAD, dlr)


@pytest.fixture
def alternate_a(make_member: Callable[..., Member], dlr: Agency) -> Member:
    return make_member(Role.ALTERNATE, dlr)


@pytest.fixture
def delegate_a(make_member: Callable[..., Member], dlr: Agency) -> Member:
    return make_member(Role.DELEGATE, dlr)


@pytest.fixture
def observer_a(make_member: Callable[..., Member], dlr: Agency) -> Member:
    return make_member(Role.OBSERVER, dlr)


@pytest.fixture
def head_b(make_member: Callable[..., Member], jaxa: Agency) -> Member:
    return make_member(Role.HEAD, jaxa)


@pytest.fixture
def delegate_b(make_member: Callable[..., Member], jaxa: Agency) -> Member:
    return make_member(Role.DELEGATE, jaxa)


@pytest.fixture
def former(make_member: Callable[..., Member], jaxa: Agency) -> Member:
    """Somebody whose mandate has ended: signed in, and otherwise a stranger."""
    return make_member(Role.HEAD, jaxa, name="JAXA, former head", start=dt.date(2018, 1, 1), end=PAST)


@pytest.fixture
def sign_in() -> Callable[[Member | None], Client]:
    """`sign_in(member)`: a browser in which that person is signed in; `sign_in(None)` is a stranger's."""

    def browser(member: Member | None) -> Client:
        client = Client()
        if member:
            client.force_login(member)
        return client

    return browser
