"""How long a worker needs from claim to ready, against bare WeasyPrint on the same HTML in the same run.

Each of the two is a process of its own, as a worker is; they take turns, so that what else the machine does
falls on both. Fresh: the first rendering of a process, with imports, fonts and style sheet. Warm: the median
of those after it. Nothing is asserted about time; the table is printed and written to .bench/rendering.txt.
"""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from isecg import ROOT
from reports import snapshot
from reports.pdf import document
from tests.reports.world import make_report

WARM = 3
SIZES: dict[str, dict[str, Any]] = {
    "small, 4 agencies": {"count": 4, "items": 8},
    "medium, 11 agencies": {"count": 11, "paragraphs": 3, "highlights": 2, "items": 12},
    "large, 27 agencies": {"count": 27, "paragraphs": 8, "highlights": 2, "items": 30},
}
HEAD = (
    f"{'seconds':<22}{'pages':>6}  {'':<6}{'bare':>8}{'worker':>8}{'ratio':>7}{'bare MB':>9}{'worker MB':>11}"
)


@pytest.fixture(scope="module")
def table() -> Iterator[list[str]]:
    """The lines of the table, printed and written when all is measured."""
    lines = [HEAD]
    yield lines
    text = "\n".join(lines)
    print(f"\n{text}")
    folder = ROOT / ".bench"
    folder.mkdir(exist_ok=True)
    (folder / "rendering.txt").write_text(f"{text}\n")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", SIZES)
def test_worker_against_bare_weasyprint(name: str, table: list[str], tmp_path: Path) -> None:
    taken = snapshot.take(make_report(**SIZES[name]), None)
    html = tmp_path / "report.html"
    html.write_text(document.html(taken))
    html.with_suffix(".json").write_text(json.dumps(sorted(document.photographs(taken))))
    with Process("bare", str(html)) as bare, Process("worker", str(taken.pk)) as worker:
        runs = [(bare.run(), worker.run()) for _ in range(1 + WARM)]
    warm = [statistics.median(run[side]["seconds"] for run in runs[1:]) for side in (0, 1)]
    fresh = [run["seconds"] for run in runs[0]]
    peak = f"{runs[-1][0]['peak']:>9}{runs[-1][1]['peak']:>11}"
    pages = runs[0][1]["result"]
    table.append(f"{name:<22}{pages:>6}  fresh {fresh[0]:>8.2f}{fresh[1]:>8.2f}{fresh[1] / fresh[0]:>7.2f}")
    table.append(f"{'':<28}  warm  {warm[0]:>8.2f}{warm[1]:>8.2f}{warm[1] / warm[0]:>7.2f}{peak}")


class Process:
    """A process that does one run each time it is asked; see `tests/bench/process.py`."""

    def __init__(self, kind: str, what: str) -> None:
        places = {
            "BENCH_DATABASE": settings.DATABASES["default"]["NAME"],
            "BENCH_MEDIA": str(settings.MEDIA_ROOT),
        }
        self.child = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.process", kind, what],
            cwd=ROOT,
            env={**os.environ, **places},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> "Process":
        return self

    def __exit__(self, *_error: object) -> None:
        self.child.communicate()

    def run(self) -> dict[str, Any]:
        """{seconds, peak (MB), result} of one run."""
        assert self.child.stdin is not None and self.child.stdout is not None  # noqa: PT018
        self.child.stdin.write("\n")
        self.child.stdin.flush()
        figures: dict[str, Any] = json.loads(self.child.stdout.readline())
        return figures
