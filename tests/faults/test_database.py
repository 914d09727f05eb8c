"""The database is restarted under the portal's feet, or away: readers are told, and it heals by itself."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.faults.waiting import SOON, wait
from tests.live import Answer, Live, Visitor

EDITOR = "Secretariat, editor"
POOL_WAITS = 5  # seconds for a connection, then the visitor is told (DATABASES in the settings)


@contextmanager
def readers(portal: Live, number: int) -> Iterator[list[int]]:
    """So many who read all the time, and what they are answered."""
    statuses: list[int] = []
    over = threading.Event()

    def read(visitor: Visitor) -> None:
        while not over.is_set():
            statuses.append(visitor.get("/agencies/").status)

    threads = [threading.Thread(target=read, args=(portal.visitor(),)) for _ in range(number)]
    for thread in threads:
        thread.start()
    try:
        yield statuses
    finally:
        over.set()
        for thread in threads:
            thread.join()


def test_restarted_database_fails_a_request_or_two_and_then_none(portal: Live) -> None:
    with readers(portal, 2) as statuses:
        assert wait(lambda: len(statuses) > 4)
        begun = time.monotonic()
        portal.servers.postgres.restart()
        away = time.monotonic() - begun
        before = len(statuses)
        assert wait(lambda: len(statuses) > before + 20)
    assert statuses[-15:] == [200] * 15
    assert set(statuses) <= {200, 503}
    # Each reader may lose the request it is in; where a restart takes long, also one for every long wait.
    assert statuses.count(503) <= 2 + 2 * int(away / POOL_WAITS)


def test_database_that_is_away_is_said_within_ten_seconds_and_comes_back_by_itself(portal: Live) -> None:
    editor = portal.visitor(EDITOR)
    portal.servers.postgres.stop()
    try:
        answers = [timed(editor, path) for path in ("/", "/desk/")]
        alive = portal.visitor().get("/healthz").status
    finally:
        portal.servers.postgres.start()
    for answer, seconds in answers:
        assert (answer.status, seconds < SOON) == (503, True)
        assert "The portal cannot answer right now" in answer.text
    assert alive == 200
    assert wait(lambda: editor.get("/desk/").status == 200)
    assert wait(lambda: editor.get("/readyz").status == 200)  # worker and clock are back, too


def timed(visitor: Visitor, path: str) -> tuple[Answer, float]:
    begun = time.monotonic()
    answer = visitor.get(path)
    return answer, time.monotonic() - begun
