"""Tables are compared line by line and cell by cell: a table with one new line is not a new table."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from recommendations.lineage import Change, Keyed, Part, align
from recommendations.models import Role
from recommendations.redline.runs import Run, runs
from recommendations.redline.words import words

BAR = re.compile(r"(?<!\\)\|")
RULER = 1  # the second line of a table only says how its columns are set


@dataclass(frozen=True)
class Line:
    """A line of a table: `change` is kept, changed, moved, added or removed."""

    change: Change
    cells: tuple[tuple[Run, ...], ...]
    heading: bool = False


def lines(old: str, new: str) -> tuple[Line, ...]:
    """The lines of two tables as one. With another number of columns no line is the same."""
    before, after = cells(old), cells(new)
    if before and after and len(before[0]) != len(after[0]):
        return (*lines(old, ""), *lines("", new))
    return tuple(_lines(before, after))


def cells(table: str) -> list[list[str]]:
    """The cells of a table's Markdown by lines, its headings first."""
    rows = [[cell.strip() for cell in BAR.split(line)[1:-1]] for line in table.splitlines()]
    return [row for at, row in enumerate(rows) if at != RULER]


def _lines(before: list[list[str]], after: list[list[str]]) -> Iterator[Line]:
    """The lines keep keys as paragraphs do; headings stay headings."""
    old = [Keyed(*_part(at, line), key=f"p{at + 1}") for at, line in enumerate(before)]
    aligned = align(old, [Part(*_part(at, line)) for at, line in enumerate(after)])
    olds = {part.key: (at, before[at]) for at, part in enumerate(old)}
    news = {key: (at, after[at]) for at, key in enumerate(aligned.keys)}
    empty: list[str] = [""] * len((before or after or [[]])[0])
    for row in aligned.rows:
        at, was = olds[row.old[0]] if row.old else (-1, empty)
        at, now = news[row.new[0]] if row.new else (at, empty)
        found = (tuple(runs(words(a), words(b))) for a, b in zip(was, now, strict=False))
        yield Line(row.change, tuple(found), heading=at == 0)


def _part(at: int, line: list[str]) -> tuple[Role, int, str, str]:
    return (Role.TITLE if at == 0 else Role.TABLE, 0, "", " | ".join(line))
