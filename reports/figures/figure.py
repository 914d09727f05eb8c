"""What a figure is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst

from isecg.canonical import Content

Row = dict[str, Any]


@dataclass(frozen=True)
class Figure:
    """`noun` is what is counted (singular and plural); `columns` are the keys of its rows, in order.

    `inside`: its rows come from texts that are their agency's until they are published.
    """

    name: str
    noun: Any
    definition: Promise
    columns: tuple[str, ...]
    rows: Callable[[Content], Iterable[Row]]
    value: Callable[[list[Row]], int] = len
    inside: bool = False

    @property
    def label(self) -> str:
        """What is counted, as a heading."""
        return capfirst(self.words(2))

    def words(self, value: int) -> str:
        """What stands behind the number: "member of the group", "members of the group"."""
        return str(self.noun % value)
