"""The rows of the comment table: what they hold, how they are chosen, sorted, grouped and counted.

Plain values only, no queries: `recommendations.queries.table` fills them.
"""

import datetime as dt
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from recommendations import anchors
from recommendations.models import CommentKind, Verdict

GONE = "gone"
TAKEN_UP = "taken_up"
SORTS = ("place", "agency", "verdict", "number")


@dataclass(frozen=True)
class TableRow:
    """One submitted comment with what became of it, in plain strings as this reader may see them.

    `place` is the paragraph's number in the revision consulted on, `now` in the newest revision the reader
    may see; both are empty for a comment on the whole text. `found` is "in_place", "moved", "lost" (a person
    has to decide), "gone" (a person decided that its place is gone) or "taken_up" (its words are not there
    because the agreed ones replaced them). `in_text` and `writing` are told to the secretariat only: whether
    the agreed words stand in the working text, and whether that can still take them.
    `verdict` is empty while there is none, or none that the reader may know (`known` tells which).
    `version` is the disposition's, 0 while there is none: a form that decides carries it.
    """

    pk: int
    number: int
    round: int  # 1 for the first consultation on this recommendation
    agency: str
    agency_id: int
    kind: str
    key: str
    place: str
    place_words: str
    found: str
    now: str
    now_key: str
    now_words: str
    now_revision: int
    quote: str
    text: str
    from_text: str
    to_text: str
    reason: str
    redacted: str
    hidden: bool
    late: bool
    submitted_at: dt.datetime
    published: bool
    known: bool
    released: bool = False  # the verdicts of its consultation are
    verdict: str = ""
    verdict_text: str = ""
    verdict_reason: str = ""
    target: str = ""
    duplicate_of: str = ""
    decided_at: dt.datetime | None = None
    satisfied: bool | None = None
    because: str = ""
    own: bool = False
    version: int = 0
    in_text: bool = False
    writing: bool = False
    same: tuple[str, ...] = ()  # agencies that propose the same, this one included; empty if alone
    group: tuple[int, ...] = ()  # ids of these comments
    order: tuple[Any, ...] = field(default=(), repr=False)

    @property
    def label(self) -> str:
        """How people refer to it: "DLR 4"."""
        return f"{self.agency} {self.number}"

    @property
    def kind_words(self) -> str:
        return str(CommentKind(self.kind).label)

    @property
    def verdict_words(self) -> str:
        """The verdict as people read it; while there is none, why."""
        if self.verdict:
            return str(Verdict(self.verdict).label)
        return _("undecided") if self.known else _("not released yet")

    @property
    def found_words(self) -> str:
        """Where it is now, in a few words."""
        if not self.key:
            return _("on the whole text")
        if self.found == anchors.Found.LOST.value:
            return _("lost: its words are not there any more")
        if self.found == GONE:
            return _("its place is gone")
        if self.found == TAKEN_UP:
            return _("taken up: the agreed words stand there")
        if self.found == anchors.Found.MOVED.value:
            return _("moved to %(place)s") % {"place": self.now_words}
        return _("in place")

    @property
    def satisfied_words(self) -> str:
        """What the agency answered to the verdict."""
        if self.satisfied is None:
            return ""
        return _("satisfied") if self.satisfied else _("not satisfied, because")

    @property
    def is_lost(self) -> bool:
        return self.found == anchors.Found.LOST.value

    @property
    def applies(self) -> bool:
        """Whether there are agreed words that can be put into the text and do not stand in it."""
        wording = self.from_text or self.to_text or self.verdict_text
        wanted = self.verdict in (Verdict.ACCEPTED, Verdict.CHANGED) and bool(wording and self.key)
        return wanted and self.writing and not self.in_text and not self.released

    @property
    def is_undecided(self) -> bool:
        return self.known and not self.verdict


@dataclass(frozen=True)
class Filters:
    """What to show of the table; an empty field shows all. `words` must all stand in the row."""

    agency: str = ""
    kind: str = ""
    verdict: str = ""
    round: int = 0
    undecided: bool = False
    lost: bool = False
    late: bool = False
    dissatisfied: bool = False
    words: str = ""

    def take(self, row: TableRow) -> bool:
        """Whether the row is shown."""
        return (
            self.agency in ("", row.agency)
            and self.kind in ("", row.kind)
            and self.verdict in ("", row.verdict)
            and self.round in (0, row.round)
            and (row.is_undecided or not self.undecided)
            and (row.is_lost or not self.lost)
            and (row.late or not self.late)
            and (row.satisfied is False or not self.dissatisfied)
            and _has(row, self.words)
        )


def arranged(found: Iterable[TableRow], sort: str) -> list[TableRow]:
    """Rows in the order people asked for; within it always in the order of the text."""
    return sorted(found, key=_ORDERS.get(sort, _ORDERS["place"]))


_VERDICTS = {code: at for at, code in enumerate(["", *Verdict.values])}
_ORDERS: dict[str, Callable[[TableRow], Any]] = {
    "place": lambda row: row.order,
    "agency": lambda row: (row.agency, row.order),
    "verdict": lambda row: (_VERDICTS[row.verdict], row.order),
    "number": lambda row: (row.round, row.agency, row.number),
}


def _has(row: TableRow, words: str) -> bool:
    if not words.strip():
        return True
    parts = (row.label, row.place_words, row.quote, row.text, row.from_text, row.to_text, row.reason)
    decided = (row.verdict_text, row.verdict_reason, row.target, row.duplicate_of, row.because)
    everything = "\n".join([*parts, *decided]).casefold()
    return all(word in everything for word in words.casefold().split())


def grouped(found: list[TableRow]) -> list[TableRow]:
    """Rows that know who says the same: same paragraph, same words to change, same proposed words."""
    groups: dict[tuple[Any, ...], list[TableRow]] = defaultdict(list)
    for row in found:
        if sameness := _sameness(row):
            groups[sameness].append(row)
    marks: dict[int, dict[str, Any]] = {}
    for group in groups.values():
        if len(group) > 1:
            agencies = tuple(sorted({row.agency for row in group}))
            members = tuple(row.pk for row in sorted(group, key=lambda row: row.order))
            marks |= {row.pk: {"same": agencies, "group": members} for row in group}
    return [replace(row, **marks[row.pk]) if row.pk in marks else row for row in found]


def _sameness(row: TableRow) -> tuple[Any, ...] | None:
    """What must be equal; None for a comment that proposes no wording, or whose words are hidden."""
    if row.hidden or not (row.to_text or row.from_text):
        return None
    return row.round, row.key, normal(row.from_text or row.quote), normal(row.to_text)


_MARKS = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "\u00a0": " "})


def normal(words: str) -> str:
    """Words without what does not change them: case, kinds of quotation marks and dashes, spaces, a full
    stop at the end."""
    plain = unicodedata.normalize("NFKC", words).translate(_MARKS).casefold()
    return re.sub(r"\s+", " ", plain).strip().rstrip(".;,").rstrip()


@dataclass(frozen=True)
class Count:
    """How many comments have a verdict (`code` is empty for none); `start` counts those before it, so that
    a bar can be drawn."""

    code: str
    words: str
    count: int
    start: int


@dataclass(frozen=True)
class Tally:
    """How many comments an agency made and what became of them; the columns are the same for every agency."""

    agency: str
    total: int
    late: int
    counts: tuple[Count, ...]


def tallies(found: Sequence[TableRow]) -> list[Tally]:
    """The counts per agency, by acronym, and last those of all together (agency is empty)."""
    by_agency: dict[str, list[TableRow]] = defaultdict(list)
    for row in found:
        by_agency[row.agency].append(row)
    words = {row.verdict: row.verdict_words for row in found}
    columns = [(code, words[code]) for code in _VERDICTS if code in words]
    named = [_tally(agency, by_agency[agency], columns) for agency in sorted(by_agency)]
    return [*named, _tally("", found, columns)]


def _tally(agency: str, found: Sequence[TableRow], columns: Sequence[tuple[str, str]]) -> Tally:
    numbers = Counter(row.verdict for row in found)
    counts, start = [], 0
    for code, words in columns:
        counts.append(Count(code, words, numbers[code], start))
        start += numbers[code]
    return Tally(agency, len(found), sum(row.late for row in found), tuple(counts))
