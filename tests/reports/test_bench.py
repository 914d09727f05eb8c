"""The bench of renderings still runs: one small round, nothing about time."""

from pathlib import Path

import pytest

from tests.bench.measure import measured
from tests.reports.world import make_report


@pytest.mark.django_db(transaction=True)
def test_worker_and_bare_weasyprint_are_measured_at_a_small_report(tmp_path: Path) -> None:
    [(bare, worker)] = measured(make_report(2, items=2, photographs=False), tmp_path, 1)
    assert bare["result"] > 10_000  # bytes
    assert worker["result"] > 5  # pages
    assert min(run[what] for run in (bare, worker) for what in ("seconds", "cpu", "peak")) > 0
