"""From the database to the broker: what is committed is heard, one relay works, an outage loses nothing."""

import os
import queue
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from isecg import ROOT, jobs, relay
from isecg.mail.models import Message
from isecg.models import Heartbeat

pytestmark = pytest.mark.django_db(transaction=True)


Make = Callable[..., Message]
PATIENCE = 120  # seconds; a busy machine may need many


class Stop(Exception):
    """Ends a relay's thread."""


@contextmanager
def working(monkeypatch: Any) -> Iterator["queue.Queue[tuple[str, int]]"]:
    """A relay in its own thread; what it would send to the broker comes into the queue."""
    sent: queue.Queue[tuple[str, int]] = queue.Queue()
    ended, round_once = threading.Event(), relay._round

    def until_ended(wire: Any) -> None:
        if ended.is_set():
            raise Stop
        round_once(wire)

    def work() -> None:
        try:
            relay.relay()
        except Stop:
            connection.close()

    def taking(label: str, pk: int) -> bool:
        sent.put((label, pk))
        return True

    monkeypatch.setattr(relay, "SWEEP_EVERY", 0.2)
    monkeypatch.setattr(relay, "send", taking)
    monkeypatch.setattr(relay, "_round", until_ended)
    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield sent
    finally:
        ended.set()
        thread.join(PATIENCE)


def test_relay_wakes_a_worker_for_what_is_committed(make_mail: Make, monkeypatch: Any) -> None:
    with working(monkeypatch) as sent:
        until(lambda: Heartbeat.objects.exists())
        job = make_mail()
        assert sent.get(timeout=PATIENCE) == ("mail.message", job.pk)


def test_relay_finds_what_was_committed_while_none_ran(make_mail: Make, monkeypatch: Any) -> None:
    job = make_mail()
    Message.objects.update(wake_at=timezone.now())
    with working(monkeypatch) as sent:
        assert sent.get(timeout=PATIENCE) == ("mail.message", job.pk)


def test_relay_says_that_it_is_alive(monkeypatch: Any) -> None:
    with working(monkeypatch):
        until(lambda: Heartbeat.objects.filter(process="beat").exists())


def test_relay_does_nothing_while_another_one_works(make_mail: Make, monkeypatch: Any) -> None:
    make_mail()
    Message.objects.update(wake_at=timezone.now())
    monkeypatch.setattr(relay, "SWEEP_EVERY", 0.01)
    monkeypatch.setattr(relay, "send", lambda label, pk: pytest.fail("the second relay works"))
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [relay.LOCK])
        relay.relay()
    assert not Heartbeat.objects.exists()


def until(true: Callable[[], bool]) -> None:
    """Wait until it is true."""
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            pytest.fail("waited in vain")
        time.sleep(0.05)


SEND = """
import socket, django
django.setup()
from isecg import relay
from isecg.celery import app
app.conf.broker_transport_options = {**app.conf.broker_transport_options, "socket_timeout": 1}
attempts, connect = [], socket.socket.connect
def counted(self, address):
    attempts.append(self.gettimeout())
    return connect(self, address)
socket.socket.connect = counted
for number in (1, 2):
    relay.send("mail.message", number)
print(len(attempts), max(attempts))
"""


@pytest.fixture(params=["away", "frozen"])
def broken_broker(request: Any) -> Iterator[str]:
    """The address of a broker that refuses every connection, or takes them and never answers."""
    with socket.socket() as broker:
        broker.bind(("127.0.0.1", 0))
        if request.param == "frozen":
            broker.listen(16)
        yield f"redis://127.0.0.1:{broker.getsockname()[1]}/0"


def test_send_to_a_broker_that_is_away_or_frozen_gives_up_soon_and_raises_nothing(broken_broker: str) -> None:
    environment = {**os.environ, "REDIS_URL": broken_broker, "DJANGO_SETTINGS_MODULE": "isecg.settings"}
    done = subprocess.run(
        [sys.executable, "-c", SEND], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    attempts, longest = done.stdout.split()
    # A few attempts for each message, and none waits longer than that many seconds.
    assert (int(attempts) <= 6, float(longest)) == (True, 3.0)
    assert done.stderr.count("the broker did not take mail.message") == 2


def test_jobs_that_the_broker_did_not_take_are_sent_by_the_next_sweep(
    make_mail: Make, monkeypatch: Any
) -> None:
    pks = [make_mail().pk for _ in range(3)]
    asked: list[int] = []

    def away(label: str, pk: int) -> bool:
        asked.append(pk)
        return False

    monkeypatch.setattr(relay, "send", away)
    now = timezone.now() + jobs.RESEND_AFTER[0]
    relay._send_all(jobs.sweep(now))
    assert asked == pks[:1]  # one attempt tells that the broker is away
    assert jobs.sweep(now) == [("mail.message", pk) for pk in pks]
