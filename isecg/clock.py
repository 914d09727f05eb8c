"""The clock that decides what comes first."""

import datetime as dt

from django.conf import settings
from django.db import connection


def clock() -> dt.datetime:
    """Now by the database's clock: one for all processes and machines, going on within a transaction.

    Asked after a lock: of two people who press at the same instant, the second reads it when the first has
    ended.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def held_for(hold: dt.timedelta | None) -> dt.timedelta:
    """How long a step waits before others can notice it: `hold`, or what the installation says."""
    return settings.HOLD if hold is None else hold
