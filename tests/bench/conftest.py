"""What is measured is printed in the end, and written into `.bench/`."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from isecg import ROOT


@dataclass
class Table:
    """A file's measurements as lines below a head."""

    head: str = ""
    lines: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return "\n".join([self.head, *self.lines])


@pytest.fixture(scope="module")
def table(request: pytest.FixtureRequest) -> Iterator[Table]:
    """The file's table, shown when all of it is measured."""
    made = Table()
    yield made
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        print(f"\n{made}")
    folder = ROOT / ".bench"
    folder.mkdir(exist_ok=True)
    name = Path(request.path).stem.removeprefix("test_")
    (folder / f"{name}.txt").write_text(f"{made}\n")
