"""Tables of states, printed as pages with a picture: codes only, no translated words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Printed:
    """A row of such a table as it is printed: from which state it leads to which, to none where the state
    stays; from None where it makes the record."""

    verb: str
    moves: Mapping[Any, tuple[Any, ...]]  # codes
    who: str
    audience: str = ""
    mail: str = ""

    @property
    def arrows(self) -> list[str]:
        return [
            f"    {before or '[*]'} --> {after}: {self.verb}"
            for before, reached in self.moves.items()
            for after in reached
        ]

    @property
    def line(self) -> str:
        before = ", ".join(state or "–" for state in self.moves)
        after = " or ".join(dict.fromkeys(state for reached in self.moves.values() for state in reached))
        told = f"{self.audience.replace('_', ' ')} (`{self.mail}`)" if self.mail else "–"
        return f"| {self.verb} | {before} | {after or 'the same'} | `{self.who}` | {told} |"


def diagram(title: str, module: str, rows: Iterable[Printed]) -> str:
    """The page: a picture, in which what leaves the state alone has no arrow, and the table."""
    rows = list(rows)
    return "\n".join(
        [
            f"# {title}",
            "",
            f"Printed from `{module}` by `make fix`; do not edit.",
            "",
            "```mermaid",
            "stateDiagram-v2",
            *[arrow for row in rows for arrow in row.arrows],
            "```",
            "",
            "| action | from | to | who may | who is told |",
            "|---|---|---|---|---|",
            *[row.line for row in rows],
            "",
        ]
    )
