"""From the database to the broker: hears which jobs were committed and wakes workers for them.

Runs as a thread of beat. An advisory lock lets only one relay work, however many beats are started.
When the broker is away nothing is lost: the rows wait, and the sweep sends them again.
"""

import logging
import threading
import time

import psycopg
from django.db import connection
from django.utils import timezone

from isecg import jobs
from isecg.models import Heartbeat
from isecg.tasks import run

logger = logging.getLogger(__name__)

SWEEP_EVERY = 5.0  # seconds
LOCK = 0x15EC6


def start() -> threading.Thread:
    """Start the relay in its own thread."""
    thread = threading.Thread(target=forever, name="relay", daemon=True)
    thread.start()
    return thread


def forever() -> None:
    """Relay until the process ends, through outages of the database and of the broker."""
    while True:
        try:
            relay()
        except Exception as error:
            logger.warning("the relay starts again after: %s", error)
        connection.close()
        time.sleep(1)


def relay() -> None:
    """Hear and sweep until something breaks."""
    connection.ensure_connection()
    wire = connection.connection
    assert isinstance(wire, psycopg.Connection)
    if not _only_one(wire):
        time.sleep(SWEEP_EVERY)
        return
    wire.execute(f"LISTEN {jobs.CHANNEL}")
    while True:
        _round(wire)


def _only_one(wire: psycopg.Connection) -> bool:
    row = wire.execute("SELECT pg_try_advisory_lock(%s)", [LOCK]).fetchone()
    return bool(row and row[0])


def _round(wire: psycopg.Connection) -> None:
    """One sweep, then hear for a while."""
    now = timezone.now()
    Heartbeat.objects.update_or_create(process="beat", defaults={"seen_at": now})
    _send_all(jobs.sweep(now))
    for notice in wire.notifies(timeout=SWEEP_EVERY, stop_after=200):
        label, _, pk = notice.payload.partition(":")
        if not send(label, int(pk)):
            return


def _send_all(found: list[tuple[str, int]]) -> None:
    """Wake a worker for each. At the first one that the broker does not take the rest waits for the next
    sweep: each attempt costs seconds, and the heartbeat must go on."""
    for place, (label, pk) in enumerate(found):
        if not send(label, pk):
            jobs.unsent(found[place:])
            return


def send(label: str, pk: int) -> bool:
    """Wake a worker. A broker that is away is no error here (False): the sweep tries again."""
    try:
        run.apply_async((label, pk), retry=False)
    except Exception as error:
        logger.warning("the broker did not take %s %s: %s", label, pk, error)
        return False
    return True
