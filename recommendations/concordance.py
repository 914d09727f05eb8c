"""What became of each paragraph, as people read it: a table, and a count in words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from recommendations.lineage import Change, Keyed, Row
from recommendations.models import Role
from recommendations.redline.tables import cells
from recommendations.redline.words import plain, words

WORDS: dict[Change, Promise] = {
    Change.KEPT: _("kept"),
    Change.CHANGED: _("changed"),
    Change.MOVED: _("moved"),
    Change.ADDED: _("added"),
    Change.RETURNED: _("returned"),
    Change.REMOVED: _("removed"),
    Change.SPLIT: _("split"),
    Change.MERGED: _("merged"),
}
KINDS = {Change.ADDED: "good", Change.RETURNED: "good", Change.REMOVED: "warn", Change.KEPT: ""}


@dataclass(frozen=True)
class Place:
    """Where a paragraph stands in one text: its permanent key and what it is called there."""

    key: str
    called: str | Promise


@dataclass(frozen=True)
class Told:
    """A row of the concordance in words. `percent` of its words are the same; None where that is clear."""

    change: Change
    words: Promise
    kind: str
    old: list[Place]
    new: list[Place]
    begins: str
    percent: int | None = None

    @property
    def keys(self) -> str:
        """The keys in this row, each once."""
        return ", ".join(dict.fromkeys(place.key for place in (*self.old, *self.new)))


def told(rows: Iterable[Row], old: Sequence[Keyed], new: Sequence[Keyed]) -> list[Told]:
    """The concordance of two texts for a page."""
    olds, news = ({part.key: part for part in text} for text in (old, new))
    return [_told(row, olds, news) for row in rows]


def _told(row: Row, olds: dict[str, Keyed], news: dict[str, Keyed]) -> Told:
    part = news[row.new[0]] if row.new else olds[row.old[0]]
    compared = row.old and row.new and row.change != Change.KEPT and not _is_only_moved(row, olds, news)
    return Told(
        row.change,
        WORDS[row.change],
        KINDS.get(row.change, "info"),
        [_place(olds[key]) for key in row.old],
        [_place(news[key]) for key in row.new],
        Truncator(_plain(part)).words(12),
        round(100 * row.score) if compared else None,
    )


def _is_only_moved(row: Row, olds: dict[str, Keyed], news: dict[str, Keyed]) -> bool:
    return row.change == Change.MOVED and olds[row.old[0]].text == news[row.new[0]].text


def _plain(part: Keyed) -> str:
    """Its words without marks; of a table, those of its first line."""
    if part.role == Role.TABLE:
        return ", ".join(plain(words(cell)) for cell in cells(part.text)[0])
    return plain(words(part.text))


def _place(part: Keyed) -> Place:
    return Place(part.key, part.number or part.role.label)


def counts(rows: Iterable[Row]) -> list[tuple[Promise, int]]:
    """How many paragraphs were changed, moved, … in the order of `Change`; nothing for what did not occur."""
    counted = Counter(row.change for row in rows)
    return [(WORDS[change], counted[change]) for change in Change if counted[change]]
