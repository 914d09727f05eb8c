"""Two revisions as one text: block by block in the order of the new one, what was removed where it stood."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise

from recommendations.lineage import Change, Keyed, Row
from recommendations.models import Role
from recommendations.redline.runs import Op, Run, runs
from recommendations.redline.tables import Line, lines
from recommendations.redline.words import Word, words


@dataclass(frozen=True)
class Block:
    """A paragraph of the redline. `number` is what it is called in the new text (in the old one for what is
    gone), `was` in the old one where that differs. A table has `lines` instead of `runs`.

    `others` are the places it was merged from or split into. At the place a paragraph has left stands a
    block without words (`away`), which says where it is now.
    """

    key: str
    change: Change
    role: Role
    level: int
    number: str
    was: str = ""
    runs: tuple[Run, ...] = ()
    lines: tuple[Line, ...] = ()
    others: tuple[str, ...] = ()
    away: bool = False

    @property
    def place(self) -> str | Promise:
        """What people call it: its number, or what it is."""
        return self.number or self.role.label

    @property
    def from_place(self) -> str | Promise:
        """What it was called in the old text."""
        return self.was or self.place

    @property
    def differs(self) -> bool:
        """Whether anything of its words or its place has changed; a mere number is no difference."""
        return self.change != Change.KEPT


def redline(old: Sequence[Keyed], new: Sequence[Keyed], rows: Sequence[Row]) -> list[Block]:
    """The blocks of two texts and their concordance (`lineage.align(…).rows` or `lineage.between`)."""
    page = _Page(old, new)
    return page.with_signposts([block for row in rows for block in page.blocks(row)])


class _Page:
    def __init__(self, old: Sequence[Keyed], new: Sequence[Keyed]) -> None:
        self.order = [part.key for part in old]
        self.old = {part.key: part for part in old}
        self.new = {part.key: part for part in new}

    def blocks(self, row: Row) -> Iterator[Block]:
        if not row.new:
            yield from (self.gone(self.old[key]) for key in row.old)
        elif row.change == Change.SPLIT:
            yield from self.split(row)
        elif Role.TABLE in {part.role for part in self.parts(row)}:
            yield self.table(row)
        else:
            yield self.words(row)

    def parts(self, row: Row) -> list[Keyed]:
        return [*(self.old[key] for key in row.old), *(self.new[key] for key in row.new)]

    def block(self, row: Row, part: Keyed, **more: object) -> Block:
        """The frame of a block; its old number is that of the same key, else of what it was made of."""
        before = self.old.get(part.key) or (self.old[row.old[0]] if row.old else None)
        was = before.number if before and before.number != part.number else ""
        frame = Block(part.key, row.change, part.role, part.level, part.number, was)
        return replace(frame, **more)  # type: ignore[arg-type]

    def gone(self, part: Keyed) -> Block:
        frame = Block(part.key, Change.REMOVED, part.role, part.level, part.number)
        if part.role == Role.TABLE:
            return replace(frame, lines=lines(part.text, ""))
        return replace(frame, runs=tuple(runs(words(part.text), [])))

    def table(self, row: Row) -> Block:
        part = self.new[row.new[0]]
        before = "\n".join(self.old[key].text for key in row.old)
        return self.block(row, part, lines=lines(before, part.text))

    def words(self, row: Row) -> Block:
        part = self.new[row.new[0]]
        before = _joined([self.old[key] for key in row.old])
        others = tuple(self.old[key].number for key in row.old) if row.change == Change.MERGED else ()
        return self.block(row, part, runs=tuple(runs(before, words(part.text))), others=others)

    def split(self, row: Row) -> Iterator[Block]:
        """Each piece with its share of the runs between the whole and all pieces together."""
        pieces = [self.new[key] for key in row.new]
        whole = runs(words(self.old[row.old[0]].text), _joined(pieces))
        others = tuple(part.number for part in pieces)
        for part, share in zip(
            pieces, shares(whole, [len(words(part.text)) for part in pieces]), strict=True
        ):
            yield self.block(row, part, runs=tuple(share), others=others)

    def with_signposts(self, blocks: list[Block]) -> list[Block]:
        """Say at the place that a moved paragraph has left where it is now."""
        stays = {key for key in self.order if key not in self.new}
        stays |= {block.key for block in blocks if block.change != Change.MOVED and block.key in self.old}
        behind, posts = "", dict[str, list[Block]]()
        moved = {block.key: block for block in blocks if block.change == Change.MOVED}
        for key in self.order:
            behind = key if key in stays else behind
            if key in moved:
                post = replace(moved[key], runs=(), lines=(), away=True)
                posts.setdefault(behind, []).append(post)
        listed = posts.get("", [])
        for block in blocks:
            listed += [block, *posts.get(block.key, [])]
        return listed


def _joined(parts: Sequence[Keyed]) -> list[Word]:
    """The words of several paragraphs in a row."""
    said: list[Word] = []
    for part in parts:
        said = [*said[:-1], replace(said[-1], space=" ")] if said else said
        said += words(part.text)
    return said


def shares(whole: Sequence[Run], lengths: Sequence[int]) -> list[list[Run]]:
    """Cut runs so that each share says so many words of the new text; deletions stay where they stand."""
    shared: list[list[Run]] = [[] for _length in lengths]
    at, left = 0, list(lengths)
    for run in whole:
        if run.op == Op.DELETED:
            shared[at].append(run)
            continue
        done = 0
        while done < len(run.words):
            while not left[at] and at + 1 < len(left):
                at += 1
            taken = min(left[at], len(run.words) - done)
            cut = slice(done, done + taken)
            shared[at].append(replace(run, words=run.words[cut], before=run.before[cut]))
            left[at] -= taken
            done += taken
    return shared
