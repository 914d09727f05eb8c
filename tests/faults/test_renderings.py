"""Renderings survive: killed workers, a wiped broker, fifty clicks."""

import itertools
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import redis

from tests.faults.waiting import RENDERED_AGAIN_WITHIN, wait
from tests.live import TOKEN, Live, Visitor

EDITOR = "Secretariat, editor"
WORKSHOP = "/reports/2025/workshop/"
count = itertools.count(1)


@pytest.fixture
def editor(portal: Live) -> Visitor:
    return portal.visitor(EDITOR)


@pytest.fixture
def change(portal: Live) -> Callable[[], None]:
    """`change()`: the report of 2025 says something else than before."""

    def make() -> None:
        words = f"A foreword of a test, number {next(count)}, {time.monotonic_ns()}."
        portal.rows("UPDATE reports_annualreport SET foreword = %s WHERE year = 2025 RETURNING id", words)

    return make


def newest(portal: Live) -> tuple[int, str]:
    [(pk, state)] = portal.rows("SELECT id, state FROM reports_rendering ORDER BY id DESC LIMIT 1")
    return pk, state


def editions_of(portal: Live, *renderings: int) -> int:
    rows = portal.rows("SELECT count(*) FROM reports_edition WHERE rendering_id = ANY(%s)", list(renderings))
    return int(rows[0][0])


def test_rendering_of_a_killed_worker_is_made_again_by_itself(
    portal: Live, editor: Visitor, change: Callable[[], None]
) -> None:
    pk = killed_at_work(portal, editor, change)
    portal.portal.worker.start()
    assert wait(lambda: newest(portal) == (pk, "ready"), RENDERED_AGAIN_WITHIN)
    assert editions_of(portal, pk) == 1
    assert portal.rows("SELECT attempts FROM reports_rendering WHERE id = %s", pk) == [(2,)]


def killed_at_work(portal: Live, editor: Visitor, change: Callable[[], None]) -> int:
    """The rendering at which the worker was killed; one that was quicker than we is no use."""
    for _ in range(5):
        change()
        editor.post("/reports/2025/render/", form_at=WORKSHOP)
        pk, _state = newest(portal)
        assert wait(lambda pk=pk: newest(portal) in ((pk, "rendering"), (pk, "ready")))  # type: ignore[misc]
        portal.portal.worker.kill()
        if newest(portal) == (pk, "rendering"):
            return int(pk)
        portal.portal.worker.start()
    raise AssertionError("the worker was never caught at work")


def test_renderings_queued_in_a_wiped_broker_are_all_made(
    portal: Live, editor: Visitor, change: Callable[[], None]
) -> None:
    portal.portal.worker.stop()
    wanted = []
    for _ in range(3):
        change()
        editor.post("/reports/2025/render/", form_at=WORKSHOP)
        wanted.append(newest(portal)[0])
    assert wait(lambda: messages(portal) >= 3)
    portal.servers.valkey.wipe()
    portal.portal.worker.start()
    ready = "SELECT count(*) FROM reports_rendering WHERE id = ANY(%s) AND state = 'ready'"
    assert wait(lambda: portal.rows(ready, wanted) == [(3,)])
    assert editions_of(portal, *wanted) == 3


def messages(portal: Live) -> int:
    """How many wait in the broker."""
    with redis.Redis.from_url(portal.servers.redis_url) as broker:
        return int(broker.llen("celery"))


def test_fifty_clicks_make_one_rendering(portal: Live, editor: Visitor, change: Callable[[], None]) -> None:
    change()
    [(before,)] = portal.rows("SELECT count(*) FROM reports_rendering")
    token = TOKEN.findall(editor.get(WORKSHOP).text)[0]
    with ThreadPoolExecutor(10) as clicks:
        answers = list(clicks.map(lambda _: editor.send("/reports/2025/render/", token), range(50)))
    assert {answer.status for answer in answers} == {200}
    assert portal.rows("SELECT count(*) FROM reports_rendering") == [(before + 1,)]
    pk, _state = newest(portal)
    assert wait(lambda: newest(portal) == (pk, "ready"))
    assert editions_of(portal, pk) == 1


def test_request_is_not_slowed_by_a_frozen_broker(
    portal: Live, editor: Visitor, change: Callable[[], None]
) -> None:
    change()
    token = TOKEN.findall(editor.get(WORKSHOP).text)[0]
    portal.servers.valkey.freeze()
    try:
        # Whatever is asked of the broker would hang far longer than the visitor waits (30 s).
        assert editor.send("/reports/2025/render/", token).status == 200
    finally:
        portal.servers.valkey.resume()
    pk, _state = newest(portal)
    assert wait(lambda: newest(portal) == (pk, "ready"))
