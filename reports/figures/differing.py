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


def differing(edition: Edition, now: Content | None = None) -> list[Difference]:
    """Figures of the edition that do not follow from its own snapshot, or not from the records now.

    A number that is still the same with other rows is named too: it says something else now. Reads the
    records, unless they are given as `now`; changes nothing.
    """
    from reports.snapshot.content import records  # which counts with this package

    content = edition.snapshot.content
    if "figures" not in content:  # made before there were any
        return []
    return against(content, records(edition.report) if now is None else now)


def against(content: Content, now: Content) -> list[Difference]:
    """The printed figures of a content that its own rows do not give, or that count otherwise `now`. Pure.

    Both contents are counted here, so that rows which an earlier release wrote down otherwise are no
    difference.
    """
    printed = {row["name"]: row["value"] for row in content["figures"]}
    then = {row["name"]: row for row in counted(content)}
    pairs = [(printed[row["name"]], then[row["name"]], row) for row in counted(now) if row["name"] in printed]
    return [_difference(*pair) for pair in pairs if pair[0] != pair[1]["value"] or pair[1] != pair[2]]


def _difference(printed: int, then: Content, now: Content) -> Difference:
    figure = FIGURES[now["name"]]
    if printed != then["value"]:
        return Difference(figure, printed, then["value"], itself=True)
    gone, new = _missing(then["rows"], now["rows"]), _missing(now["rows"], then["rows"])
    return Difference(figure, printed, now["value"], gone, new)


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
