"""The bench of renderings still runs: one small round, nothing about time."""

from pathlib import Path

import pytest

from tests.bench.measure import measured
from tests.reports import stress


@pytest.mark.django_db(transaction=True)
def test_every_way_to_make_a_copy_is_measured_at_a_small_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for tool in ("chromium", "typst"):
        monkeypatch.setattr(f"tests.bench.others.{tool}", lambda *_what: "is not tried here")
    found = measured(stress.content(3, items=2, pictures="none"), tmp_path)
    ours = [run for name, run in found.items() if name.startswith("ours") and isinstance(run, dict)]
    assert len(ours) == 8
    assert [run["result"] > 5 for run in ours].count(False) == 1  # pages, of which a start makes none
    assert min(run[what] for run in ours for what in ("seconds", "cpu")) > 0
    assert min(run["peak"] for run in ours if "peak" in run) > 0
