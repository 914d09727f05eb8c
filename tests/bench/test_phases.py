"""Where the time goes: what says why a goal of speed is reached or not. Nothing is asserted about time."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from isecg import ROOT
from tests.bench.conftest import Table
from tests.reports import stress

RUNS = ("cold", "warm", "one edit")


@pytest.mark.parametrize("size", [60, 200])
def test_phases_of_a_rendering(size: int, table: Table, tmp_path: Path) -> None:
    stress.put_photographs(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.phases", str(size), str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "isecg.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    runs = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(runs) == len(RUNS)
    table.head = f"{'processor seconds of one process':<34}" + "".join(f"{name:>10}" for name in RUNS)
    table.lines.append(f"about {size} pages")
    for phase in runs[0]:
        table.lines.append(f"  {phase:<32}" + "".join(f"{run.get(phase, 0):>10.2f}" for run in runs))
    table.lines.append(f"  {'together':<32}" + "".join(f"{sum(run.values()):>10.2f}" for run in runs))
