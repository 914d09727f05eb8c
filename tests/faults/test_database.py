"""The database is restarted under the portal's feet, or away: readers are told, and it heals by itself."""

import threading
import time
from collections.abc import Callable

from tests.live import Answer, Live, Visitor

EDITOR = "Secretariat, editor"


def eventually(question: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if question():
            return True
        time.sleep(0.2)
    return False


def test_restarted_database_fails_a_request_or_two_and_then_none(portal: Live) -> None:
    statuses: list[int] = []
    over = threading.Event()

    def read(visitor: Visitor) -> None:
        while not over.is_set():
            statuses.append(visitor.get("/agencies/").status)

    readers = [threading.Thread(target=read, args=(portal.visitor(),)) for _ in range(2)]
    for reader in readers:
        reader.start()
    time.sleep(1)
    portal.servers.postgres.restart()
    before = len(statuses)
    assert eventually(lambda: len(statuses) > before + 20, 30)
    over.set()
    for reader in readers:
        reader.join(30)
    assert statuses[-15:] == [200] * 15
    assert set(statuses) <= {200, 503}
    assert statuses.count(503) <= 2


def test_database_that_is_away_is_said_within_ten_seconds_and_comes_back_by_itself(portal: Live) -> None:
    editor = portal.visitor(EDITOR)
    portal.servers.postgres.stop()
    try:
        answers = [timed(editor, path) for path in ("/", "/desk/")]
        alive = portal.visitor().get("/healthz").status
    finally:
        portal.servers.postgres.start()
    for answer, seconds in answers:
        assert (answer.status, seconds < 10) == (503, True)
        assert "The portal cannot answer right now" in answer.text
    assert alive == 200
    assert eventually(lambda: editor.get("/desk/").status == 200, 30)
    assert eventually(lambda: editor.get("/readyz").status == 200, 60)  # worker and clock are back, too


def timed(visitor: Visitor, path: str) -> tuple[Answer, float]:
    begun = time.monotonic()
    answer = visitor.get(path)
    return answer, time.monotonic() - begun
