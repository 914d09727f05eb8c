"""Two texts of one paragraph as runs of words: the same, inserted, deleted, or only written otherwise.

The shortest edit is not the one people read best: a word or two that happen to stay between two larger
changes are changed with them, and an insertion begins where a sentence does.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from rapidfuzz.distance import Indel

from recommendations.redline.words import Word, html, plain, words

ISLAND = 2  # so many words between larger changes are read as changed
ENDS = (".;:!?", ",)")  # behind these a change begins best, then behind these


class Op(StrEnum):
    """What happened to the words of a run."""

    SAME = "same"
    INSERTED = "inserted"
    DELETED = "deleted"
    FORMATTED = "formatted"


@dataclass(frozen=True)
class Run:
    """Words that share a fate. `before` has the same words as they were written, where that changed."""

    op: Op
    words: tuple[Word, ...]
    before: tuple[Word, ...] = ()

    @property
    def text(self) -> str:
        return plain(self.words)

    @property
    def html(self) -> SafeString:
        """Without the space behind it, which is `tail`: no line is drawn under that."""
        return html((*self.words[:-1], replace(self.words[-1], space="")))

    @property
    def tail(self) -> str:
        return self.words[-1].space

    @property
    def formatting(self) -> list[Promise]:
        """What changed in how the words are written."""
        now = {mark.partition(" ")[0] for word in self.words for mark in word.marks}
        then = {mark.partition(" ")[0] for word in self.before for mark in word.marks}
        changed = [name for name in NAMES if (name in now) != (name in then)]
        return [NAMES[name] for name in changed or ["a"]]


NAMES = {"strong": _("bold"), "em": _("italic"), "s": _("struck out"), "code": _("code"), "a": _("link")}


@dataclass(frozen=True)
class Piece:
    """A stretch of both texts, as positions: the same on both sides, or not."""

    same: bool
    old: range
    new: range


def compare(old: str, new: str) -> list[Run]:
    """The runs that lead from one Markdown text to another. Those that are not inserted say the old text,
    those that are not deleted the new one."""
    return runs(words(old), words(new))


def runs(old: Sequence[Word], new: Sequence[Word]) -> list[Run]:
    """As `compare`, from words."""
    listed: list[Run] = []
    for piece in _slid(_without_islands(_pieces(old, new), old, new), old, new):
        before = tuple(old[piece.old.start : piece.old.stop])
        after = tuple(new[piece.new.start : piece.new.stop])
        if piece.same:
            listed += _written(before, after)
        else:
            listed += [Run(Op.DELETED, before)] if before else []
            listed += [Run(Op.INSERTED, after)] if after else []
    return listed


def _pieces(old: Sequence[Word], new: Sequence[Word]) -> Iterator[Piece]:
    letters: dict[str, int] = {}
    codes = [[letters.setdefault(word.text, len(letters)) for word in text] for text in (old, new)]
    steps = [
        (step.tag == "equal", range(step.src_start, step.src_end), range(step.dest_start, step.dest_end))
        for step in Indel.opcodes(*codes)
    ]
    for same, group in groupby(steps, key=lambda step: step[0]):
        taken = list(group)
        yield Piece(
            same,
            range(taken[0][1].start, taken[-1][1].stop),
            range(taken[0][2].start, taken[-1][2].stop),
        )


def _without_islands(pieces: Iterator[Piece], old: Sequence[Word], new: Sequence[Word]) -> list[Piece]:
    """Join two changes when what stays between them is short, and shorter than both."""

    def size(piece: Piece) -> int:
        return max(_length(old, piece.old), _length(new, piece.new))

    kept: list[Piece] = []
    for piece in pieces:
        kept.append(piece)
        while len(kept) > 2 and not piece.same and _is_island(kept[-2], new):
            if size(kept[-2]) > min(size(kept[-3]), size(kept[-1])):
                break
            first, last = kept[-3], kept[-1]
            joined = Piece(
                False, range(first.old.start, last.old.stop), range(first.new.start, last.new.stop)
            )
            kept[-3:] = [joined]
    return kept


def _length(text: Sequence[Word], where: range) -> int:
    return sum(len(text[at].text) for at in where)


def _is_island(piece: Piece, new: Sequence[Word]) -> bool:
    return piece.same and sum(new[at].text[0].isalnum() for at in piece.new) <= ISLAND


def _slid(pieces: list[Piece], old: Sequence[Word], new: Sequence[Word]) -> list[Piece]:
    """Begin insertions and deletions where people would: not ". More words" but "More words." is new."""
    for at in range(1, len(pieces) - 1):
        before, change, after = pieces[at - 1 : at + 2]
        if before.same and after.same and not (change.old and change.new):
            text, where = (new, change.new) if change.new else (old, change.old)
            pieces[at - 1 : at + 2] = _moved(before, change, after, _best(text, where, before, after))
    return [piece for piece in pieces if piece.old or piece.new]


def _best(text: Sequence[Word], where: range, before: Piece, after: Piece) -> int:
    """By how many words the change is best moved."""
    steps = [0]
    while -steps[-1] < len(before.old) and text[where.start + steps[-1] - 1].text == (
        text[where.stop + steps[-1] - 1].text
    ):
        steps.append(steps[-1] - 1)
    steps = steps[::-1]
    while steps[-1] < len(after.old) and text[where.start + steps[-1]].text == (
        text[where.stop + steps[-1]].text
    ):
        steps.append(steps[-1] + 1)

    def rank(step: int) -> tuple[int, int]:
        ends = text[where.start + step - 1].text if where.start + step else "."
        return next((at for at, marks in enumerate(ENDS) if ends in marks), len(ENDS)), abs(step)

    return min(steps, key=rank)


def _moved(before: Piece, change: Piece, after: Piece, by: int) -> list[Piece]:
    def shifted(where: range, start: int, stop: int) -> range:
        return range(where.start + start, where.stop + stop)

    return [
        Piece(True, shifted(before.old, 0, by), shifted(before.new, 0, by)),
        Piece(False, shifted(change.old, by, by), shifted(change.new, by, by)),
        Piece(True, shifted(after.old, by, 0), shifted(after.new, by, 0)),
    ]


def _written(before: tuple[Word, ...], after: tuple[Word, ...]) -> Iterator[Run]:
    """The same words, apart from those whose marks have changed."""
    is_same: Callable[[tuple[Word, Word]], bool] = lambda pair: pair[0].marks == pair[1].marks  # noqa: E731
    for same, group in groupby(zip(before, after, strict=True), key=is_same):
        olds, news = zip(*group, strict=True)
        yield Run(Op.SAME, news) if same else Run(Op.FORMATTED, news, olds)
