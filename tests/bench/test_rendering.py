"""How long a worker needs from claim to ready, against bare WeasyPrint on the same HTML in the same run.

Each of the two is a process of its own, as a worker is; they take turns, so that what else the machine does
falls on both. Fresh: the first rendering of a process, with imports, fonts and style sheet. Warm: the median
of those after it. Beside the ratio of the clock stands that of the processor's time, which a busy machine
disturbs less. Nothing is asserted about time; the table is printed and written to .bench/rendering.txt.
"""

import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from isecg import ROOT
from tests.bench.measure import Run, measured
from tests.reports.world import make_report

WARM = 3
SIZES: dict[str, dict[str, Any]] = {
    "small, 4 agencies": {"count": 4, "items": 8},
    "medium, 11 agencies": {"count": 11, "paragraphs": 3, "highlights": 2, "items": 12},
    "large, 27 agencies": {"count": 27, "paragraphs": 8, "highlights": 2, "items": 30},
}
HEAD = (
    f"{'seconds':<22}{'pages':>6}{'':<8}{'bare':>8}{'worker':>8}{'ratio':>7}{'cpu':>7}"
    f"{'bare MB':>9}{'worker MB':>11}"
)


@pytest.fixture(scope="module")
def table(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """The lines of the table, printed and written when all is measured."""
    lines = [HEAD]
    yield lines
    text = "\n".join(lines)
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        print(f"\n{text}")
    folder = ROOT / ".bench"
    folder.mkdir(exist_ok=True)
    (folder / "rendering.txt").write_text(f"{text}\n")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", SIZES)
def test_worker_against_bare_weasyprint(name: str, table: list[str], tmp_path: Path) -> None:
    first, *later = measured(make_report(**SIZES[name]), tmp_path, 1 + WARM)
    peaks = "".join(f"{run['peak']:>{width}}" for run, width in zip(later[-1], (9, 11), strict=True))
    table.append(f"{name:<22}{first[1]['result']:>6}  fresh {figures([first])}")
    table.append(f"{'':<28}  warm  {figures(later)}{peaks}")


def figures(runs: list[tuple[Run, Run]]) -> str:
    """Medians of bare and worker, and the worker's share of bare by the clock and by the processor."""
    seconds, cpu = (
        [statistics.median(run[side][what] for run in runs) for side in (0, 1)] for what in ("seconds", "cpu")
    )
    return f"{seconds[0]:>8.2f}{seconds[1]:>8.2f}{seconds[1] / seconds[0]:>7.2f}{cpu[1] / cpu[0]:>7.2f}"
