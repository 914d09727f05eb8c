"""The same content by bare WeasyPrint, by our workers, by Chromium and by Typst, in one run."""

import copy
import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import time
from operator import itemgetter
from pathlib import Path
from typing import Any

from django.conf import settings

from isecg import ROOT
from isecg.canonical import Content, digest
from isecg.pdf.engine import OPTIONS, TYPOGRAPHY
from reports.models import AnnualReport, Rendering, Snapshot
from reports.pdf import document
from reports.pdf.engine import sheets
from tests.bench import others
from tests.bench.memory import Watched
from tests.bench.process import START
from tests.reports import stress

Run = dict[str, Any]
EDITS = 5  # of which the one in the middle counts


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


def measured(content: Content, folder: Path, rounds: int = 1) -> dict[str, Run | str]:
    """What each way took, by its name, the middle one of all rounds; words where one could not be tried.

    "Cold" begins where Django is set up and WeasyPrint not yet imported, for all alike; a worker imports it
    when it starts, so that its first report finds that done. Needs committed rows.
    """
    stress.put_photographs(Path(settings.MEDIA_ROOT))
    html = _html(content, folder)
    found = [_round(content, html, folder) for _turn in range(rounds)]
    return {name: _middle([each[name] for each in found]) for name in found[0]}


def _middle(runs: list[Any]) -> Any:
    return runs[0] if isinstance(runs[0], str) else sorted(runs, key=itemgetter("seconds"))[len(runs) // 2]


def _round(content: Content, html: Path, folder: Path) -> dict[str, Run | str]:
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
        found["ours, a worker's start"] = both.run(START)
        found["ours, its first report"] = both.run(_wanted(content))
    _forget()
    with Process("pool", "2") as both:
        found["ours, cold, 2 processes"] = both.run(_wanted(content))
        _forget()
        found["ours, warm, nothing kept"] = both.run(_wanted(content)) | {"peak": _peak(both, content)}
        found["ours, one highlight edited"] = _middle(
            [both.run(_wanted(edited(content, words))) for words in range(1, EDITS + 1)]
        )
        found["ours, nothing changed"] = both.run(_wanted(content))
    found["Chromium, print to PDF"] = others.chromium(html, folder)
    found["Typst"] = others.typst(content, folder)
    return found


def _peak(pool: Process, content: Content) -> int:
    _forget()
    return pool.peak(_wanted(content))


def edited(content: Content, words: int = 1) -> Content:
    """The same with so many words more in a highlight."""
    other = copy.deepcopy(content)
    other["highlights"][1]["text"] = "Lately " * words + other["highlights"][1]["text"]
    return other


def _html(content: Content, folder: Path) -> Path:
    printed = stress.printed(content)
    html = folder / "report.html"
    html.write_text(document.html(printed))
    along = {
        "photographs": sorted(document.photographs(printed)),
        "sheets": [str(path) for path in (TYPOGRAPHY, *sheets("a4"))],
        "options": {**OPTIONS, "uncompressed_pdf": False},
    }
    html.with_suffix(".json").write_text(json.dumps(along))
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
