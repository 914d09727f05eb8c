"""A database with every migration applied, made once: the ones of the workers begin as copies of it.

It stays in the server's data, so that the next run begins in seconds, and is made anew when a migration
changes. What is missing in it is applied; so a run that was cut short leaves nothing that could not go on.
Once it is whole nobody connects to it again: a database that somebody is in cannot be copied.
"""

import hashlib
from typing import Any

from django.db import connection

from isecg import ROOT

LOCK = 7_020_513  # workers that begin together make it one after the other: the second finds it
WHOLE = "every migration is applied"


def migrated() -> str:
    """The name of that database."""
    name = f"migrated_{_state()}"
    with connection._nodb_cursor() as cursor:
        # Another worker may need minutes for it, on a busy machine.
        cursor.execute("SET lock_timeout = 0; SET statement_timeout = 0")
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        cursor.execute(
            "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database "
            "WHERE datname LIKE 'migrated\\_%%'",
            [],
        )
        found = dict(cursor.fetchall())
        for other in found.keys() - {name}:
            cursor.execute(f'DROP DATABASE "{other}"')
        if found.get(name) != WHOLE:
            _bring_up_to_date(name)
            cursor.execute(f"COMMENT ON DATABASE \"{name}\" IS '{WHOLE}'")
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
