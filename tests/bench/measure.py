"""The same content by bare WeasyPrint, by our workers, by Chromium and by Typst, in one run."""

import copy
import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings

from isecg import ROOT
from isecg.canonical import Content, digest
from reports.models import AnnualReport, Rendering, Snapshot
from reports.pdf import document
from tests.bench import others
from tests.bench.memory import Watched
from tests.reports import stress

Run = dict[str, Any]


class Process:
    """A process that does one run each time it is asked; see `tests/bench/process.py`."""

    def __init__(self, *kind: str) -> None:
        places = {
            "BENCH_DATABASE": settings.DATABASES["default"]["NAME"],
            "BENCH_MEDIA": str(settings.MEDIA_ROOT),
        }
        self.child = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.process", *kind],
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

    def run(self, line: str) -> Run:
        """{seconds, cpu (seconds), result} of one run."""
        assert self.child.stdin is not None
        assert self.child.stdout is not None
        self.child.stdin.write(f"{line}\n")
        self.child.stdin.flush()
        figures: Run = json.loads(self.child.stdout.readline())
        return figures

    def peak(self, line: str) -> int:
        """MB of one more run, which is not timed: looking costs time."""
        with Watched(self.child.pid) as watched:
            self.run(line)
        return watched.peak


def measured(content: Content, folder: Path) -> dict[str, Run | str]:
    """What each way took, by its name; words where one could not be tried. Needs committed rows."""
    stress.put_photographs(Path(settings.MEDIA_ROOT))
    html = _html(content, folder)
    found: dict[str, Run | str] = {}
    with Process("bare") as bare:
        found["bare WeasyPrint, cold"] = bare.run(str(html))
        found["bare WeasyPrint, warm"] = bare.run(str(html)) | {"peak": bare.peak(str(html))}
    _forget()
    with Process("pool", "1") as alone:
        found["ours, cold, 1 process"] = alone.run(_wanted(content))
        _forget()
        found["ours, warm, 1 process"] = alone.run(_wanted(content)) | {"peak": _peak(alone, content)}
    _forget()
    with Process("pool", "2") as both:
        found["ours, cold, 2 processes"] = both.run(_wanted(content))
        _forget()
        found["ours, warm, nothing kept"] = both.run(_wanted(content)) | {"peak": _peak(both, content)}
        found["ours, one highlight edited"] = both.run(_wanted(edited(content)))
        found["ours, nothing changed"] = both.run(_wanted(content))
    found["Chromium, print to PDF"] = others.chromium(html, folder)
    found["Typst"] = others.typst(content, folder)
    return found


def _peak(pool: Process, content: Content) -> int:
    _forget()
    return pool.peak(_wanted(content))


def edited(content: Content) -> Content:
    """The same with one word more in a highlight."""
    other = copy.deepcopy(content)
    other["highlights"][1]["text"] = f"Lately {other['highlights'][1]['text']}"
    return other


def _html(content: Content, folder: Path) -> Path:
    printed = stress.printed(content)
    html = folder / "report.html"
    html.write_text(document.html(printed))
    html.with_suffix(".json").write_text(json.dumps(sorted(document.photographs(printed))))
    return html


def _forget() -> None:
    """No part of a report is kept any more."""
    shutil.rmtree(Path(settings.MEDIA_ROOT) / "fragments", ignore_errors=True)


def _wanted(content: Content) -> str:
    """A rendering of this content that waits for a worker; always of the same number, which is printed."""
    year = content["report"]["year"]
    report, _new = AnnualReport.objects.get_or_create(
        year=year, defaults={"period_start": dt.date(year, 1, 1)}
    )
    snapshot, _new = Snapshot.objects.get_or_create(
        report=report, sha256=digest(content), defaults={"content": content}
    )
    Rendering.objects.update(state=Rendering.FAILED)
    row = Rendering.objects.create(
        report=report,
        snapshot=snapshot,
        number=1,
        content_key=f"{time.monotonic_ns():064}",
        state=Rendering.WAITING,
    )
    return str(row.pk)
