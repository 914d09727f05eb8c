"""Holding two snapshots' contents against each other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from isecg.canonical import Content
from recommendations.lineage import TooDeep
from recommendations.queries import compared
from recommendations.redline import Block, Run, compare
from reports.differences.kinds import KINDS, Kind, Said
from reports.differences.saying import Names


class What(StrEnum):
    """What became of a record."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


WORDS = {
    What.ADDED: pgettext_lazy("record", "added"),
    What.REMOVED: pgettext_lazy("record", "taken out"),
    What.CHANGED: pgettext_lazy("record", "changed"),
    What.MOVED: pgettext_lazy("record", "in another place"),
}


@dataclass(frozen=True)
class Value:
    """A field that says something else. A long text has the redline's `blocks`, or, where it cannot be taken
    apart, `runs`; others what they said before and say after."""

    label: str | Promise
    before: str = ""
    after: str = ""
    blocks: Sequence[Block] = ()
    runs: Sequence[Run] = ()


@dataclass(frozen=True)
class Entry:
    """A record that differs."""

    what: What
    name: str
    values: Sequence[Value] = ()

    @property
    def words(self) -> str | Promise:
        return WORDS[self.what]


@dataclass(frozen=True)
class Part:
    """The records of one kind that differ."""

    key: str
    title: str | Promise
    entries: Sequence[Entry]


def differences(old: Content, new: Content) -> list[Part]:
    """What `new` says otherwise than `old`, both in today's schema; empty where they say the same.

    Records are the same when they are the same record (a highlight with the same id), wherever they stand.
    """
    names = {each["slug"]: each["acronym"] for each in (*old["agencies"], *new["agencies"])}
    found = [Part(kind.key, kind.title, list(_entries(kind, old, new, names))) for kind in KINDS]
    return [part for part in found if part.entries]


def _rows(kind: Kind, content: Content) -> list[Content]:
    told = content[kind.key]
    if kind.alone:
        return [told if isinstance(told, dict) else {"text": told}]
    return [row if isinstance(row, dict) else {"agency": row} for row in told]


def _entries(kind: Kind, old: Content, new: Content, names: Names) -> Iterator[Entry]:
    """In the order of the new content, then those that are gone."""
    before = {kind.identity(row): row for row in _rows(kind, old)}
    after = {kind.identity(row): row for row in _rows(kind, new)}
    strayed = _strayed([key for key in after if key in before], [key for key in before if key in after])
    for key, row in after.items():
        if key not in before:
            yield Entry(What.ADDED, kind.name(row, names), list(_long(kind, {}, row, names)))
        elif values := list(_values(kind, before[key], row, names)):
            yield Entry(What.CHANGED, kind.name(row, names), values)
        elif key in strayed:
            yield Entry(What.MOVED, kind.name(row, names))
    for key, row in before.items():
        if key not in after:
            yield Entry(What.REMOVED, kind.name(row, names), list(_long(kind, row, {}, names)))


def _strayed(order: list[Any], before: list[Any]) -> set[Any]:
    """Who has left the order that the others keep."""
    kept = SequenceMatcher(None, before, order, autojunk=False).get_matching_blocks()
    return set(order) - {key for block in kept for key in order[block.b : block.b + block.size]}


def _values(kind: Kind, old: Content, new: Content, names: Names) -> Iterator[Value]:
    for name, said in kind.fields.items():
        if old.get(name) != new.get(name):
            yield _value(said, old.get(name), new.get(name), names)


def _long(kind: Kind, old: Content, new: Content, names: Names) -> Iterator[Value]:
    """The texts of a record that came or went."""
    for name, said in kind.fields.items():
        if said.long and (old.get(name) or new.get(name)):
            yield _value(said, old.get(name), new.get(name), names)


def _value(said: Said, old: Any, new: Any, names: Names) -> Value:
    before = "" if old is None else said.say(old, names)
    after = "" if new is None else said.say(new, names)
    if not said.long:
        return Value(said.label, before, after)
    try:
        return Value(said.label, blocks=compared.texts(before, after).blocks)
    except TooDeep:
        return Value(said.label, runs=compare(before, after))
