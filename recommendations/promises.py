"""The promise check: what was accepted, held against what changed. Pure functions.

Two questions before a text is issued. *Promised but unchanged*: a comment was accepted, and its paragraph
did not change, or the agreed words do not stand in it. *Changed without a comment behind it*: a paragraph
changed, came or went, and no accepted comment asked for it. Neither is forbidden; both must be explained.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from recommendations.anchors import ENOUGH, plain
from recommendations.lineage import Change, Keyed, Row


class What(StrEnum):
    """What was found."""

    UNCHANGED = "unchanged"  # promised, and its paragraph reads as before
    NOT_THERE = "not_there"  # promised, and the agreed words do not stand where they belong
    STILL_THERE = "still_there"  # promised to go, and the words still stand
    UNASKED = "unasked"  # changed, and no accepted comment asked for it


@dataclass(frozen=True)
class Promise:
    """An accepted comment. `agreed` are the words that shall stand, `gone` those that shall not; either may
    be empty. Without a key it is about the whole text; `placed` is where a person put it later."""

    comment: int
    key: str
    agreed: str = ""
    gone: str = ""
    placed: str = ""


@dataclass(frozen=True)
class Finding:
    """Something to explain: of a comment, or (comment is None) of the paragraph `key`.

    `old` and `new` are the keys in the two texts.
    """

    what: What
    key: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    comment: int | None = None


class Texts:
    """Two texts of one recommendation and what became of each paragraph of the first (`lineage.between`)."""

    def __init__(self, before: Sequence[Keyed], after: Sequence[Keyed], rows: Sequence[Row]) -> None:
        self.before = {part.key: part for part in before}
        self.after = {part.key: part for part in after}
        self.rows = list(rows)
        self.by_old = {key: row for row in rows for key in row.old}
        self.by_new = {key: row for row in rows for key in row.new}

    def row(self, promise: Promise) -> Row | None:
        """The paragraph that was promised to change."""
        return self.by_old.get(promise.key) or self.by_new.get(promise.placed or promise.key)

    def place(self, promise: Promise) -> str | None:
        """The key of the paragraph in which what was promised stands, "" if its paragraph had to go; None if
        it is not kept, or if nothing tells where."""
        row = self.row(promise)
        if row is None or _broken(promise, self):
            return None
        having = (key for key in row.new if _often(promise.agreed, self.reads([key])))
        return next(having, row.new[0] if row.new else "")

    def was(self, keys: Iterable[str]) -> str:
        return _words(self.before[key].text for key in keys if key in self.before)

    def reads(self, keys: Iterable[str]) -> str:
        return _words(self.after[key].text for key in keys if key in self.after)

    def differs(self, row: Row) -> bool:
        """Whether its words changed; a paragraph that only moved reads as before."""
        if row.change in (Change.KEPT, Change.MOVED):
            return self.was(row.old) != self.reads(row.new)
        return True


def unkept(promises: Iterable[Promise], texts: Texts) -> list[Finding]:
    """Promises that the later text does not keep, in the order given."""
    found = []
    for promise in promises:
        if what := _broken(promise, texts):
            row = texts.row(promise)
            old, new = (row.old, row.new) if row else ((), ())
            found.append(Finding(what, promise.key, old, new, promise.comment))
    return found


def unasked(promises: Sequence[Promise], texts: Texts) -> list[Finding]:
    """Paragraphs that changed, came or went without an accepted comment on them, in the order of the text.

    A paragraph in which an accepted comment's agreed words stand was asked for, wherever the comment stood.
    """
    asked = {key for each in promises for key in (each.key, each.placed) if key}
    changed = [row for row in texts.rows if texts.differs(row)]
    return [
        Finding(What.UNASKED, (row.new or row.old)[0], row.old, row.new)
        for row in changed
        if not asked & {*row.old, *row.new} and not _brings(promises, texts, row)
    ]


def _broken(promise: Promise, texts: Texts) -> What | None:
    row = texts.row(promise)
    if promise.key and row is None:
        return What.NOT_THERE if promise.agreed else None  # its paragraph went before this text
    if not _moved_on(row, texts):
        return What.UNCHANGED
    was = texts.was(row.old if row else texts.before)
    reads = texts.reads([*(row.new if row else texts.after), *([promise.placed] if promise.placed else [])])
    went = bool(promise.gone) and _often(promise.gone, reads) < _often(promise.gone, was)
    if not promise.agreed:
        return None if went or not _often(promise.gone, reads) else What.STILL_THERE
    if not _often(promise.agreed, reads):
        return What.NOT_THERE
    came = _often(promise.agreed, reads) > _often(promise.agreed, was)
    return None if came or went else What.UNCHANGED


def _moved_on(row: Row | None, texts: Texts) -> bool:
    """Whether the paragraph reads differently; without one, whether anything does."""
    return texts.differs(row) if row else any(texts.differs(each) for each in texts.rows)


def _brings(promises: Iterable[Promise], texts: Texts, row: Row) -> bool:
    """Whether the paragraph holds words that were agreed and did not stand in it before; a few letters may
    stand there by chance."""
    was, reads = texts.was(row.old), texts.reads(row.new)
    agreed = [each.agreed for each in promises if len(each.agreed) >= ENOUGH]
    return any(_often(each, reads) > _often(each, was) for each in agreed)


def _often(words: str, text: str) -> int:
    """How often the words stand there, as whole words, whatever stands after them."""
    sought = plain(words).rstrip(" .;,") if words else ""
    return len(re.findall(rf"(?<!\w){re.escape(sought)}(?!\w)", text)) if sought else 0


def _words(texts: Iterable[str]) -> str:
    return " ".join(plain(text) for text in texts)
