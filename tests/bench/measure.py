"""The worker and bare WeasyPrint at the same report, each in a process of its own, taking turns."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings

from isecg import ROOT
from reports import snapshot
from reports.models import AnnualReport
from reports.pdf import document
from reports.pdf.printed import Printed, variants

Run = dict[str, Any]


def measured(report: AnnualReport, folder: Path, rounds: int) -> list[tuple[Run, Run]]:
    """`rounds` runs of (bare, worker), the first of each in a fresh process. Needs committed records."""
    taken = snapshot.take(report, None)
    html = folder / "report.html"
    printed = Printed.from_snapshot(taken, 1, variants(report)[0])
    html.write_text(document.html(printed))
    html.with_suffix(".json").write_text(json.dumps(sorted(document.photographs(printed))))
    with Process("bare", str(html)) as bare, Process("worker", str(taken.pk)) as worker:
        return [(bare.run(), worker.run()) for _ in range(rounds)]


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
        """{seconds, cpu (seconds), peak (MB), result} of one run."""
        assert self.child.stdin is not None and self.child.stdout is not None  # noqa: PT018
        self.child.stdin.write("\n")
        self.child.stdin.flush()
        figures: dict[str, Any] = json.loads(self.child.stdout.readline())
        return figures
