"""Which printed figures are no longer what the rows say."""

from dataclasses import dataclass, field
from typing import Any

from isecg.canonical import Content, canonical
from reports.figures.counting import counted
from reports.figures.figure import Figure, Row
from reports.figures.registry import FIGURES
from reports.models import Edition


@dataclass(frozen=True)
class Difference:
    """A figure that was printed as one value and counts as another; or whose rows were exchanged.

    `itself`: the printed value does not even follow from the snapshot it was printed from. `gone` are rows
    that were counted then and are not now, `new` those that are counted now.
    """

    figure: Figure
    printed: int
    counted: int
    gone: list[Row] = field(default_factory=list)
    new: list[Row] = field(default_factory=list)
    itself: bool = False


def differing(edition: Edition) -> list[Difference]:
    """Figures of the edition that do not follow from its own snapshot, or not from the records now.

    A number that is still the same with other rows is named too: it says something else now. Reads the
    records, changes nothing.
    """
    from reports.snapshot.content import collect  # which counts with this package

    content = edition.snapshot.content
    printed = {row["name"]: row for row in content.get("figures", [])}
    own = against(printed, counted(content), itself=True) if printed else []
    wrong = {row.figure.name for row in own}
    now = against(printed, collect(edition.report)["figures"])
    return own + [row for row in now if row.figure.name not in wrong]


def against(printed: dict[str, Content], now: list[Content], *, itself: bool = False) -> list[Difference]:
    """The printed figures that differ from `now`, in the order of `now`. Pure."""
    pairs = [(printed[row["name"]], row) for row in now if row["name"] in printed]
    return [_difference(old, new, itself) for old, new in pairs if old != new]


def _difference(old: Content, new: Content, itself: bool) -> Difference:
    gone, come = _missing(old["rows"], new["rows"]), _missing(new["rows"], old["rows"])
    return Difference(FIGURES[new["name"]], old["value"], new["value"], gone, come, itself)


def _missing(rows: list[Row], others: list[Row]) -> list[Row]:
    """The rows that are not among the others; equal rows count as often as they stand there."""
    left: list[Any] = [canonical(row) for row in others]
    missing = []
    for row in rows:
        if (told := canonical(row)) in left:
            left.remove(told)
        else:
            missing.append(row)
    return missing
