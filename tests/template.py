"""A database with every migration applied, made once: the ones of the workers begin as copies of it.

It stays in the server's data, so that the next run begins in seconds, and is made anew when a migration
changes. What is missing in it is applied; so a run that was cut short leaves nothing that could not go on.
"""

import hashlib
from typing import Any

from django.db import connection

from isecg import ROOT

LOCK = 7_020_513  # workers that begin together make it one after the other: the second finds it


def migrated() -> str:
    """The name of that database."""
    name = f"migrated_{_state()}"
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'migrated\\_%%'", [])
        for (other,) in cursor.fetchall():
            if other != name:
                cursor.execute(f'DROP DATABASE "{other}"')
        _bring_up_to_date(name)
    return name


def _state() -> str:
    """What it is made from."""
    files = [*sorted(ROOT.glob("*/migrations/*.py")), *sorted(ROOT.glob("*/*/migrations/*.py"))]
    told = b"".join(file.read_bytes() for file in [*files, ROOT / "requirements-dev.txt"])
    return hashlib.sha256(told).hexdigest()[:16]


def _bring_up_to_date(name: str) -> None:
    """Create it if there is none, migrate it, and leave it: nobody may be connected when it is copied."""
    settings: dict[str, Any] = connection.settings_dict
    before = settings["NAME"], settings["TEST"]["NAME"]
    settings["TEST"]["NAME"] = name
    try:
        connection.creation.create_test_db(verbosity=0, keepdb=True, serialize=False)
    finally:
        connection.close()
        settings["NAME"], settings["TEST"]["NAME"] = before
