"""How long a copy takes by bare WeasyPrint, by our workers, by Chromium and by Typst, on the same content.

Cold: the first run of a process, with imports, fonts and style sheets. Warm: the second one. Beside the ratio
of the clock stands that of the processor's time, which a busy machine disturbs less. Memory is that of all
processes together, what they share counted once. Nothing is asserted about time.
"""

from pathlib import Path
from typing import Any

import pytest

from reports.attachments import attachments
from reports.rendering import copies
from tests.bench.conftest import Table
from tests.bench.measure import Run, measured
from tests.reports import stress
from tests.reports.compare import differences

SIZES = (20, 60, 200)
ROUNDS = 3  # of which the middle one counts: the machine is not as fast at all times
MOST = 60  # pages; a longer report averages by itself
HEAD = f"{'pages':>5}  {'':<28}{'seconds':>9}{'ratio':>7}{'cpu s':>9}{'ratio':>7}{'MB':>6}"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", SIZES)
def test_copies_against_other_tools(size: int, table: Table, tmp_path: Path) -> None:
    table.head = HEAD
    found = measured(stress.of_size(size), tmp_path, rounds=1 if size > MOST else ROUNDS)
    reference: Any = found["bare WeasyPrint, cold"]
    results = (
        run["result"] for name, run in found.items() if name.startswith("ours") and isinstance(run, dict)
    )
    [pages] = set(results) - {0}  # which is what a start makes
    table.lines += [line(name, run, reference, pages) for name, run in found.items()]


def line(name: str, run: Run | str, reference: Run, pages: int) -> str:
    """A row of the table; the ratio is that to bare WeasyPrint, cold."""
    if isinstance(run, str):
        return f"{pages:>5}  {name:<28}{run:>9}"
    figures = "".join(f"{run[what]:>9.2f}{run[what] / reference[what]:>7.2f}" for what in ("seconds", "cpu"))
    return f"{pages:>5}  {name:<28}{figures}{run.get('peak', ''):>6}"


@pytest.mark.parametrize("size", SIZES)
def test_joined_parts_are_the_whole_document(size: int, settings: Any, laid_out_here: Any) -> None:
    stress.put_photographs(Path(settings.MEDIA_ROOT))
    printed = stress.printed(stress.of_size(size))
    along = attachments(printed.content, printed.sha256)
    joined = copies.make(laid_out_here, printed, along, lambda _phase, _share: None, laid_out_here)
    assert differences(copies.whole(printed, along), joined) == []


@pytest.fixture
def laid_out_here() -> Any:
    """Lays parts out one after the other, in this process, without a database."""

    def lay_out(_rendering: Any, orders: list[Any], _tell: Any) -> list[Any]:
        return [order.made() for order in orders]

    return lay_out
