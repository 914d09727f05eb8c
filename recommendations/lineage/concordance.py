"""What became of each paragraph from one text to another: a function of the two texts and their keys."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from recommendations.lineage.likeness import alphabet, kind, likeness
from recommendations.lineage.parts import Keyed

JOINED = 0.75  # the pieces of a split paragraph together are at least so like the whole
GAIN = 0.05  # and each piece makes them so much more like it


class Change(StrEnum):
    """What became of a paragraph."""

    KEPT = "kept"
    CHANGED = "changed"
    MOVED = "moved"
    ADDED = "added"
    RETURNED = "returned"
    REMOVED = "removed"
    SPLIT = "split"
    MERGED = "merged"


@dataclass(frozen=True)
class Row:
    """One line of the concordance: keys in the old and in the new text. `moved` may be changed, too: its
    score says how much of the words is the same."""

    change: Change
    old: tuple[str, ...]
    new: tuple[str, ...]
    score: float = 0.0


def between(old: Sequence[Keyed], new: Sequence[Keyed], *, earlier: Collection[str] = ()) -> list[Row]:
    """The concordance of two texts of one recommendation, neighbours or not, in the order of the new one;
    removed paragraphs stand where they stood. `earlier` are keys of still earlier texts: an added one of
    them has returned. Every paragraph of both texts is in exactly one row.
    """
    return _Table(old, new, earlier).rows()


class _Table:
    """Two texts and what pairs there are between them, by position."""

    def __init__(self, old: Sequence[Keyed], new: Sequence[Keyed], earlier: Collection[str]) -> None:
        self.old, self.new, self.earlier = old, new, earlier
        places = {part.key: at for at, part in enumerate(old)}
        self.pairs = {at: places[part.key] for at, part in enumerate(new) if part.key in places}
        self.back = {i: j for j, i in self.pairs.items()}
        self.letters = alphabet()
        self.pieces: dict[int, range] = {}  # of a split paragraph, by the new one that keeps its key
        self.wholes: dict[int, range] = {}  # of a merged one: the old ones it was made of, by the new one

    def rows(self) -> list[Row]:
        steady = {j for j, _i in in_order(self.pairs)}
        for j, i in self.pairs.items():
            if self.old[i].text != self.new[j].text:
                self.join(j, i)
        swallowed = {j for pieces in self.pieces.values() for j in pieces} - set(self.pieces)
        rows = [(j, self.row(j, j in steady)) for j in range(len(self.new)) if j not in swallowed]
        return self.with_removed(rows)

    def join(self, j: int, i: int) -> None:
        """Look whether neighbours without a pair belong to this pair: a split, else a merger."""
        taken = {at for pieces in self.pieces.values() for at in pieces}
        free = lambda at: at not in self.pairs and at not in taken and _words(self.new[at])  # noqa: E731
        news, olds = self.written(self.new), self.written(self.old)
        pieces = absorb(olds(i), news, j, len(self.new), free)
        if len(pieces) > 1:
            self.pieces[j] = pieces
            return
        taken = {at for wholes in self.wholes.values() for at in wholes}
        free = lambda at: at not in self.back and at not in taken and _words(self.old[at])  # noqa: E731
        wholes = absorb(news(j), olds, i, len(self.old), free)
        if len(wholes) > 1:
            self.wholes[j] = wholes

    def written(self, parts: Sequence[Keyed]) -> Callable[[int], str]:
        return lambda at: self.letters(parts[at].text)

    def row(self, j: int, steady: bool) -> Row:
        new = (self.new[j].key,)
        if j not in self.pairs:
            return Row(Change.RETURNED if new[0] in self.earlier else Change.ADDED, (), new)
        i = self.pairs[j]
        if j in self.pieces:
            news = tuple(self.new[at].key for at in self.pieces[j])
            return Row(Change.SPLIT, (self.old[i].key,), news, self.score([i], self.pieces[j]))
        if j in self.wholes:
            olds = tuple(self.old[at].key for at in self.wholes[j])
            return Row(Change.MERGED, olds, new, self.score(self.wholes[j], [j]))
        same = self.old[i].text == self.new[j].text
        change = (Change.KEPT if same else Change.CHANGED) if steady else Change.MOVED
        return Row(change, (self.old[i].key,), new, 1.0 if same else self.score([i], [j]))

    def score(self, olds: Sequence[int], news: Sequence[int]) -> float:
        one = "".join(self.letters(self.old[at].text) for at in olds)
        return round(likeness(one, "".join(self.letters(self.new[at].text) for at in news)), 3)

    def with_removed(self, rows: list[tuple[int, Row]]) -> list[Row]:
        """Put what was removed behind the paragraph that stood before it and stayed in order."""
        where = {self.pairs[j]: j for j, _i in in_order(self.pairs)}
        told = {key for _j, row in rows for key in row.old}
        behind, after = -1, dict[int, list[Row]]()
        for i, part in enumerate(self.old):
            behind = where.get(i, behind)
            if part.key not in told:
                after.setdefault(behind, []).append(Row(Change.REMOVED, (part.key,), ()))
        listed = after.get(-1, [])
        for j, row in rows:
            ends = self.pieces.get(j, (j,))
            listed += [row, *(gone for at in ends for gone in after.get(at, []))]
        return listed


def _words(part: Keyed) -> bool:
    """Only words are split and merged, not headings and tables."""
    return kind(part) == "words"


def absorb(whole: str, part: Callable[[int], str], at: int, count: int, free: Callable[[int], bool]) -> range:
    """The neighbours around `at` that together are more like `whole` than the one at `at` alone."""
    start, end, words = at, at + 1, part(at)
    best = likeness(whole, words)
    while True:
        wider = []
        if start > 0 and free(start - 1):
            wider.append((likeness(whole, part(start - 1) + words), start - 1, end, part(start - 1) + words))
        if end < count and free(end):
            wider.append((likeness(whole, words + part(end)), start, end + 1, words + part(end)))
        if not wider or max(wider)[0] < best + GAIN:
            break
        best, start, end, words = max(wider)
    return range(start, end) if best >= JOINED else range(at, at + 1)


def in_order(pairs: dict[int, int]) -> list[tuple[int, int]]:
    """The longest run of pairs (new, old) that keeps its order: what is not in it was moved."""
    news = sorted(pairs)
    run = common([pairs[j] for j in news], sorted(pairs.values()))
    return [(news[at], pairs[news[at]]) for at, _place in run]


def common(one: Sequence[Hashable], other: Sequence[Hashable]) -> list[tuple[int, int]]:
    """The longest common subsequence as pairs of positions (Hunt and Szymanski)."""
    places: dict[Hashable, list[int]] = {}
    for at, value in enumerate(other):
        places.setdefault(value, []).append(at)
    ends: list[int] = []
    links: list[Link] = []
    for i, value in enumerate(one):
        for j in reversed(places.get(value, [])):
            length = bisect_left(ends, j)
            if ends[length : length + 1] == [j]:
                continue  # as long with an earlier one: of equal texts the first is meant, on both sides
            link = Link(i, j, links[length - 1] if length else None)
            ends[length : length + 1] = [j]
            links[length : length + 1] = [link]
    return list(links[-1].run())[::-1] if links else []


@dataclass(frozen=True)
class Link:
    """A pair of positions at the end of a common run, and the pair before it."""

    one: int
    other: int
    before: "Link | None"

    def run(self) -> Iterator[tuple[int, int]]:
        """The pairs from the last to the first."""
        link: Link | None = self
        while link:
            yield link.one, link.other
            link = link.before
