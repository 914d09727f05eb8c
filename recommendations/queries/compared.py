"""Two texts of a recommendation held against each other, for pages and prints."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from recommendations import concordance, lineage, redline
from recommendations.lineage import Change, Keyed, Row, between
from recommendations.models import Paragraph, Recommendation, Revision
from recommendations.queries.texts import before, keyed


@dataclass
class Compared:
    """Two texts, paragraph by paragraph, and what became of each."""

    old: Sequence[Keyed]
    new: Sequence[Keyed]
    rows: Sequence[Row] = field(default_factory=list)

    @cached_property
    def blocks(self) -> list[redline.Block]:
        """The redline."""
        return redline.redline(self.old, self.new, self.rows)

    @cached_property
    def table(self) -> list[concordance.Told]:
        """The concordance."""
        return concordance.told(self.rows, self.old, self.new)

    @cached_property
    def counts(self) -> list[tuple]:
        """How many paragraphs were kept, changed, …"""
        return concordance.counts(self.rows)

    @property
    def changed(self) -> list[redline.Block]:
        """The redline without what was only kept."""
        return [block for block in self.blocks if block.differs]

    @property
    def is_first(self) -> bool:
        """Whether there is nothing before: then nothing is new either."""
        return not self.old

    @property
    def differs(self) -> bool:
        """Whether anything but numbers is different."""
        return any(row.change != Change.KEPT for row in self.rows)


def revisions(old: Revision, new: Revision) -> Compared:
    """Two revisions of one recommendation, `old` the earlier one. Neighbours have their concordance stored;
    of others it follows from the keys."""
    olds, news = keyed(old.paragraphs.all()), keyed(new.paragraphs.all())
    if new.number == old.number + 1:
        stored = [
            Row(Change(row["change"]), tuple(row["old"]), tuple(row["new"]), row["score"])
            for row in new.concordance
        ]
        return Compared(olds, news, stored)
    earlier = Paragraph.objects.filter(
        revision__recommendation=old.recommendation_id, revision__number__lt=old.number
    )
    return Compared(olds, news, between(olds, news, earlier=set(earlier.values_list("key", flat=True))))


def with_working_text(recommendation: Recommendation, text: str) -> Compared:
    """The newest revision and a text that could become the next one. Raises lineage.TooDeep."""
    old, earlier = before(recommendation)
    parts = lineage.parse(text)
    aligned = lineage.align(old, parts, retired=earlier)
    return Compared(old, lineage.with_keys(parts, aligned.keys), aligned.rows)


def texts(one: str, other: str) -> Compared:
    """Any two texts by their words alone. Raises lineage.TooDeep."""
    first = lineage.parse(one)
    old = lineage.with_keys(first, lineage.align([], first).keys)
    second = lineage.parse(other)
    aligned = lineage.align(old, second)
    return Compared(old, lineage.with_keys(second, aligned.keys), aligned.rows)
