"""Which paragraph of a new text is which of an older one: permanent keys are carried over.

Equal texts first, in the longest order they have in common; then equal texts that were moved; then texts
that equal what a paragraph said in an earlier revision, which gets its key back, removed or not; then the
most similar pairs, best first, in order above `SAME` and out of order above `MOVED`; then, in its place,
what holds nearly all of the other; the title stays the title. What is left is new.
"""

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from recommendations.lineage.concordance import Row, between, common
from recommendations.lineage.likeness import alike, alphabet, kind
from recommendations.lineage.parts import Keyed, Part, with_keys
from recommendations.models.revisions import Role

SAME = 0.45  # a paragraph in its place is the same above this share of common words: a third part still is
MOVED = 0.65  # in another place it must be more
HELD = 0.8  # or one of them holds so much of the other: words were added, or taken out
LOOSEST = 0.2  # so it may become about seven times as long
FEW = 3  # if that other one has at least so many
NEAR = 0.1  # what stands between the same neighbours is preferred to what is a little more alike elsewhere


@dataclass(frozen=True)
class Alignment:
    """Keys of the new paragraphs, in their order, and the concordance."""

    keys: tuple[str, ...]
    rows: tuple[Row, ...]


def align(old: Sequence[Keyed], new: Sequence[Part], *, retired: Sequence[Keyed] = ()) -> Alignment:
    """Give each paragraph of `new` its permanent key. `old` is the revision before; `retired` are the
    paragraphs of all revisions before that one, newest first: their keys come back with their words, and
    are never given to others.
    """
    pairs = _Matching(old, new, retired).keys()
    used = [int(part.key[1:]) for part in (*old, *retired)]
    fresh = iter(range(max(used, default=0) + 1, max(used, default=0) + 1 + len(new)))
    keys = tuple(pairs[at] if at in pairs else f"p{next(fresh)}" for at in range(len(new)))
    return Alignment(keys, tuple(between(old, with_keys(new, keys), earlier={part.key for part in retired})))


class _Matching:
    """Finds keys for the paragraphs of a new text, surest first."""

    def __init__(self, old: Sequence[Keyed], new: Sequence[Part], retired: Sequence[Keyed]) -> None:
        self.old, self.new, self.retired = old, new, retired
        self.found: dict[int, str] = {}  # position in the new text: key
        self.left = {part.key: at for at, part in enumerate(old)}  # not found yet
        self.run: list[tuple[int, int]] = []  # pairs (old, new) in order, sorted

    def keys(self) -> dict[int, str]:
        self.equal()
        self.moved()
        self.earlier()
        self.alike()
        self.title()
        return self.found

    def take(self, key: str, j: int) -> None:
        self.found[j] = key
        i = self.left.pop(key, None)
        if i is not None and self.fits(i, j):
            insort(self.run, (i, j))

    def fits(self, i: int, j: int) -> bool:
        """Whether the pair keeps the order of those found before."""
        at = bisect_left(self.run, (i, j))
        return (at == 0 or self.run[at - 1][1] < j) and (at == len(self.run) or self.run[at][1] > j)

    def open(self) -> list[int]:
        return [j for j in range(len(self.new)) if j not in self.found]

    def equal(self) -> None:
        for i, j in equal([part.text for part in self.old], [part.text for part in self.new]):
            self.take(self.old[i].key, j)

    def moved(self) -> None:
        by_text: dict[str, list[str]] = {}
        for key, i in reversed(self.left.items()):
            by_text.setdefault(self.old[i].text, []).append(key)
        for j in self.open():
            if keys := by_text.get(self.new[j].text):
                self.take(keys.pop(), j)

    def earlier(self) -> None:
        known = {part.key for part in self.old}
        by_text: dict[str, list[str]] = {}
        for part in reversed(self.retired):
            by_text.setdefault(part.text, []).append(part.key)
        given = set(self.found.values())
        for j in self.open():
            keys = by_text.get(self.new[j].text, [])
            while keys and (keys[-1] in given or (keys[-1] in known and keys[-1] not in self.left)):
                keys.pop()
            if keys:
                given.add(keys[-1])
                self.take(keys.pop(), j)

    def alike(self) -> None:
        for score, i, j in sorted(self.candidates(), key=lambda pair: (-self.rank(*pair), pair[1:])):
            key = self.old[i].key
            in_place = self.is_near(i, j) or score >= SAME
            if key in self.left and j not in self.found and in_place and (score >= MOVED or self.fits(i, j)):
                self.take(key, j)

    def candidates(self) -> Iterator[tuple[float, int, int]]:
        written = alphabet()
        self.gaps = [*self.run]
        olds: dict[str, dict[int, str]] = {}
        for i in self.left.values():
            olds.setdefault(kind(self.old[i]), {})[i] = written(self.old[i].text)
        for j in self.open():
            words, others = written(self.new[j].text), olds.get(kind(self.new[j]), {})
            for score, i in alike(words, others, LOOSEST):
                if score >= least(others[i], words):
                    yield score, i, j

    def rank(self, score: float, i: int, j: int) -> float:
        return score + NEAR * self.is_near(i, j)

    def is_near(self, i: int, j: int) -> bool:
        """Whether they stand between the same neighbours, as far as those had an equal."""
        at = bisect_left(self.gaps, (i, j))
        before = at == 0 or self.gaps[at - 1][1] < j
        return before and (at == len(self.gaps) or self.gaps[at][1] > j)

    def title(self) -> None:
        for j in self.open():
            for key, i in [*self.left.items()]:
                if self.new[j].role == self.old[i].role == Role.TITLE:
                    self.take(key, j)


def least(one: str, other: str) -> float:
    """How like each other two texts must be at least: `SAME`, or less where one is much longer and holds
    nearly all words of the other, in order."""
    shorter, both = min(len(one), len(other)), len(one) + len(other)
    return min(SAME, HELD * 2 * shorter / both) if shorter >= FEW else SAME


def equal(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of equal texts: what both begin and end with, then the longest order in between. So whatever is
    done in one place, and whether texts repeat themselves or not, all around it is paired as it stands."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    yield from ((at, at) for at in range(start))
    for i, j in common(old[start : len(old) - end], new[start : len(new) - end]):
        yield start + i, start + j
    yield from ((len(old) - at, len(new) - at) for at in range(end, 0, -1))
