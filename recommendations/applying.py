"""Agreed words are put into the working text, in one paragraph and nowhere else. Pure functions.

The words that shall change must stand there exactly, wherever the lines are broken; what cannot be found,
or is found twice, is refused with a reason, and a person writes it by hand.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from recommendations import lineage
from recommendations.anchors import squeeze
from recommendations.lineage import Keyed, Part

MARK = re.compile(r"[ \t]*(?:\d+[.)]|[-*+])[ \t]+|[ \t]*>[ \t]?|[ \t]*#{1,6}[ \t]+|[ \t]*")


class Why(StrEnum):
    """Why the words cannot be put in."""

    GONE = "gone"  # the paragraph is not in the working text
    ABSENT = "absent"  # the words do not stand in it
    TWICE = "twice"  # they stand in it more than once
    WHOLE = "whole"  # nothing would be left of the paragraph
    DONE = "done"  # the agreed words stand there already, and the old ones do not


class CannotApply(ValueError):
    """The words were not put in; `paragraph` is what stands where they were looked for."""

    def __init__(self, why: Why, paragraph: Part | None = None) -> None:
        super().__init__(why.value)
        self.why, self.paragraph = why, paragraph


@dataclass(frozen=True)
class Applied:
    """The working text with the agreed words in it, and the paragraph before and after."""

    text: str
    number: str
    before: str
    after: str


def put(
    text: str,
    revisions: tuple[Sequence[Keyed], Sequence[Keyed]],
    key: str,
    *,
    old: str,
    new: str,
    around: tuple[str, str] = ("", ""),
) -> Applied:
    """`text` with `new` in place of `old` in the paragraph that has `key`.

    `revisions` are the paragraphs of the newest revision, from which the working text grew, and those of
    earlier ones. Without `old` the whole paragraph is replaced. `around` are the words before and after,
    which tell two equal places apart. Raises CannotApply.
    """
    part = _paragraph(text, revisions, key)
    lines = text.splitlines(keepends=True)
    start, end = part.lines
    block = "".join(lines[start:end])
    found = _found(block, old or part.text, around)
    if len(found) != 1:
        raise CannotApply(_why(part, found, new), part)
    changed = _changed(block, found[0], new)
    if not _reads(changed):
        raise CannotApply(Why.WHOLE, part)
    return Applied("".join([*lines[:start], changed, *lines[end:]]), part.number, part.text, _reads(changed))


def _changed(block: str, place: re.Match[str], new: str) -> str:
    """The lines of the paragraph with the words replaced; words that only go take a space with them."""
    start = place.start()
    if not new and start > _mark(block) and block[start - 1] == " ":
        start -= 1
    return block[:start] + _fitting(new, block) + block[place.end() :]


def _paragraph(text: str, revisions: tuple[Sequence[Keyed], Sequence[Keyed]], key: str) -> Part:
    """The paragraph of the working text that continues `key`."""
    parts = lineage.parse(text)
    keys = lineage.align(revisions[0], parts, retired=revisions[1]).keys
    found = next((part for part, its in zip(parts, keys, strict=True) if its == key), None)
    if found is None:
        raise CannotApply(Why.GONE)
    return found


def _found(block: str, old: str, around: tuple[str, str]) -> list[re.Match[str]]:
    """Where the words stand; of several places the one that has the right words around it."""
    sought = r"\s+".join(re.escape(word) for word in old.split())
    found = list(re.finditer(rf"(?<!\w){sought}(?!\w)" if sought else r"(?!)", block))
    if len(found) < 2 or not any(around):
        return found
    before, after = squeeze(around[0]), squeeze(around[1])
    fitting = [
        each
        for each in found
        if squeeze(block[: each.start()]).endswith(before) and squeeze(block[each.end() :]).startswith(after)
    ]
    return fitting if len(fitting) == 1 else found


def _why(part: Part, found: Sequence[re.Match[str]], new: str) -> Why:
    if found:
        return Why.TWICE
    return Why.DONE if new and squeeze(new) in squeeze(part.text) else Why.ABSENT


def _fitting(new: str, block: str) -> str:
    """New lines stand as deep as the paragraph does."""
    depth = " " * _mark(block)
    first, *others = new.strip().split("\n")
    return "\n".join([first, *(depth + line if line.strip() else "" for line in others)])


def _reads(block: str) -> str:
    """The paragraph's words without its mark."""
    return squeeze(block[_mark(block) :])


def _mark(block: str) -> int:
    found = MARK.match(block)
    return found.end() if found else 0
