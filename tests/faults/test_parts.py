"""Whoever is killed while the parts of a report are laid out: the report is made, and no part twice."""

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.faults.test_renderings import WORKSHOP, change, editions_of, editor, newest
from tests.faults.waiting import RENDERED_AGAIN_WITHIN, wait
from tests.live import Live, Visitor

__all__ = ["change", "editor"]


def parts(portal: Live) -> dict[str, int]:
    """The parts that are laid out, with what tells a file from one written anew under its name."""
    folder = Path(portal.portal.data_dir) / "media" / "fragments"
    found = folder.iterdir() if folder.is_dir() else ()
    inodes = {}
    for path in found:
        if not path.suffix:
            with suppress(FileNotFoundError):  # thrown away meanwhile
                inodes[path.name] = path.stat().st_ino
    return inodes


def children(portal: Live) -> list[int]:
    """The worker's own processes, which do the work."""
    parent, found = portal.portal.worker.pid, []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if int((folder / "stat").read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(folder.name))
        except OSError:  # it has ended meanwhile
            continue
    return sorted(found)


@pytest.mark.parametrize("which", [0, -1])
def test_a_report_is_made_though_one_who_lays_out_parts_is_killed(
    portal: Live, editor: Visitor, change: Callable[[], None], which: int
) -> None:
    portal.rows("UPDATE reports_annualreport SET papers = '{letter,a4}' WHERE year = 2025 RETURNING id")
    for path in (Path(portal.portal.data_dir) / "media" / "fragments").glob("*"):
        path.unlink(missing_ok=True)
    change()
    editor.post("/reports/2025/render/", form_at=WORKSHOP)
    pk, _state = newest(portal)
    assert wait(lambda: len(parts(portal)) > 2)
    os.kill(children(portal)[which], signal.SIGKILL)
    before = parts(portal)
    assert wait(lambda: newest(portal) == (pk, "ready"), RENDERED_AGAIN_WITHIN)
    assert editions_of(portal, pk) == 1
    assert before.items() <= parts(portal).items()
