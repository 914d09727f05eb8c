"""What each row of a filled sheet is: added, updated, unchanged, moved, or not understood. Pure functions.

A row is known again by its mark, or by saying exactly what a comment says; its place by the paragraph's
number in the revision the sheet was made for. The order of rows and columns makes no difference.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from rapidfuzz import fuzz

from recommendations.models import CommentKind
from recommendations.models.limits import COMMENT
from recommendations.sheets.columns import HEADERS, Column, kind
from recommendations.sheets.marks import marked
from recommendations.sheets.places import Located, Texts, locate
from recommendations.sheets.read import Row

TEXTS = (Column.COMMENT, Column.FROM, Column.TO, Column.REASON)

FORMULA = gettext_noop("the cell “%(about)s” holds a formula; only words are taken")
NO_KIND = gettext_noop("“%(about)s” is no kind of comment: general, technical or editorial")
SAYS_NOTHING = gettext_noop("it holds neither a comment nor a proposed change")
TOO_LONG = gettext_noop("the cell “%(about)s” is longer than 10,000 letters")
FOREIGN = gettext_noop("it names “%(about)s”; a sheet carries the comments of one agency")
REPEATS = gettext_noop("it says the same as row %(about)s")
SUBMITTED = gettext_noop("it was already submitted, as comment %(about)s, and cannot change any more")
REMOVED = gettext_noop("this note was removed in the portal; to bring it back, copy its words into a new row")


class Verdict(StrEnum):
    """What becomes of a row."""

    ADDED = "added"
    UPDATED = "updated"
    MOVED = "moved"
    UNCHANGED = "unchanged"
    NOT_UNDERSTOOD = "not_understood"


@dataclass(frozen=True)
class Known:
    """A comment of the agency. Submitted ones have a `number`; `earlier`: of an earlier consultation."""

    pk: int
    key: str
    kind: str
    text: str
    from_text: str
    to_text: str
    reason: str
    number: str = ""
    earlier: bool = False


@dataclass(frozen=True)
class Outcome:
    """A row's verdict and what will be imported. `why` and `about` make the sentence of what is not
    understood; `was` is the number in the sheet of a row that belongs to another paragraph now."""

    row: int
    verdict: Verdict
    cells: dict[str, str] = field(default_factory=dict)
    formulas: tuple[str, ...] = ()
    comment: int | None = None
    key: str = ""
    place: str = ""
    was: str = ""
    why: str = ""
    about: str = ""
    kind: str = ""
    text: str = ""
    from_text: str = ""
    to_text: str = ""
    reason: str = ""

    @property
    def words(self) -> str:
        """The verdict as people read it."""
        if self.verdict == Verdict.NOT_UNDERSTOOD:
            about = str(HEADERS[Column(self.about)]) if self.about in set(Column) else self.about
            return _("not understood: %(why)s") % {"why": _(self.why) % {"about": about}}
        if self.verdict == Verdict.MOVED:
            return _("moved to %(place)s") % {"place": self._place()}
        plain = {Verdict.ADDED: _("added"), Verdict.UPDATED: _("updated"), Verdict.UNCHANGED: _("unchanged")}
        if self.was:
            return _("%(verdict)s, moved to %(place)s (in the sheet: %(was)s)") % {
                "verdict": plain[self.verdict],
                "place": self._place(),
                "was": self.was,
            }
        return plain[self.verdict]

    def _place(self) -> str:
        return _("paragraph %(number)s") % {"number": self.place} if self.key else _("the whole text")

    @property
    def changes(self) -> bool:
        """Whether importing it does something."""
        return self.verdict in (Verdict.ADDED, Verdict.UPDATED, Verdict.MOVED)

    def stored(self) -> dict[str, Any]:
        """As JSON, to be kept with the upload."""
        return {**asdict(self), "verdict": self.verdict.value, "formulas": list(self.formulas)}


def outcome(stored: dict[str, Any]) -> Outcome:
    """An outcome as it was kept."""
    return Outcome(**{**stored, "verdict": Verdict(stored["verdict"]), "formulas": tuple(stored["formulas"])})


def recognise(
    rows: Iterable[Row], known: Sequence[Known], texts: Texts, *, agency: int, names: Collection[str]
) -> list[Outcome]:
    """A verdict for every row, in the order of the rows.

    `known` are the agency's comments, `names` the words by which the agency is called, `agency` its id (row
    marks are checked against it).
    """
    by_pk = {each.pk: each for each in known}
    called = {name.casefold() for name in names}
    told = []
    for row in rows:
        comment = marked(row.cells.get(Column.ID, ""), agency)
        base = Outcome(row.number, Verdict.ADDED, row.cells, row.formulas, comment)
        told.append(_parsed(base, _cells(row, by_pk.get(comment or 0)), texts, called))
    matching = _Matching(told, known)
    return sorted((matching.verdict(each) for each in told), key=lambda each: each.row)


def counts(outcomes: Iterable[Outcome]) -> list[str]:
    """How many rows have which verdict, in words; nothing of what there is none of."""
    found = Counter(each.verdict for each in outcomes)
    words = {
        Verdict.ADDED: ngettext("%(n)s row is added", "%(n)s rows are added", found[Verdict.ADDED]),
        Verdict.UPDATED: ngettext("%(n)s row is updated", "%(n)s rows are updated", found[Verdict.UPDATED]),
        Verdict.MOVED: ngettext(
            "%(n)s row moves to another paragraph",
            "%(n)s rows move to another paragraph",
            found[Verdict.MOVED],
        ),
        Verdict.UNCHANGED: ngettext(
            "%(n)s row is unchanged", "%(n)s rows are unchanged", found[Verdict.UNCHANGED]
        ),
        Verdict.NOT_UNDERSTOOD: ngettext(
            "%(n)s row is not understood", "%(n)s rows are not understood", found[Verdict.NOT_UNDERSTOOD]
        ),
    }
    return [words[verdict] % {"n": found[verdict]} for verdict in Verdict if found[verdict]]


def _cells(row: Row, comment: Known | None) -> dict[str, str]:
    """The row's cells; what a column held that is no longer in the sheet stays as the comment has it."""
    if comment is None:
        return row.cells
    kept = {column.value: getattr(comment, column.value) for column in (Column.KIND, *TEXTS)}
    return {**kept, **row.cells}


def _parsed(base: Outcome, cells: dict[str, str], texts: Texts, names: Collection[str]) -> Outcome:
    """A row as far as it is understood by itself; for now every good one is added."""
    said = {column.value: cells.get(column, "") for column in TEXTS}
    if wrong := _wrong(base, cells.get(Column.MEMBER, ""), said, names):
        return _not(base, *wrong)
    certain = base.comment is not None
    place = locate(cells.get(Column.PLACE, ""), said[Column.FROM], texts, certain=certain)
    filled: Any = said
    return _placed(replace(base, **filled), place, cells.get(Column.KIND, ""))


def _wrong(
    base: Outcome, member: str, said: dict[str, str], names: Collection[str]
) -> tuple[str, str] | None:
    """Why a row is not understood, wherever it belongs."""
    if base.formulas:
        return FORMULA, base.formulas[0]
    if member and member.casefold() not in names:
        return FOREIGN, member[:40]
    if too_long := [column for column, words in said.items() if len(words) > COMMENT]:
        return TOO_LONG, too_long[0]
    if not (said[Column.COMMENT] or said[Column.FROM] or said[Column.TO]):
        return SAYS_NOTHING, ""
    return None


def _placed(parsed: Outcome, place: Located, words: str) -> Outcome:
    if place.why:
        return _not(parsed, place.why, place.about)
    named = kind(words) if words else CommentKind.TECHNICAL if place.key else CommentKind.GENERAL
    if named is None:
        return _not(parsed, NO_KIND, words[:40])
    return replace(parsed, key=place.key, place=place.number, was=place.was, kind=named.value)


def _not(parsed: Outcome, why: str, about: str = "") -> Outcome:
    return replace(parsed, verdict=Verdict.NOT_UNDERSTOOD, why=why, about=str(about))


Said = tuple[str, ...]


def _said(what: Outcome | Known) -> Said:
    """What a row or a comment says, whatever its white space."""
    return (what.kind, *(" ".join(getattr(what, column.value).split()) for column in TEXTS))


class _Matching:
    """Which row is which comment. Rows that say exactly what a comment says come first, then marks."""

    def __init__(self, rows: Sequence[Outcome], known: Sequence[Known]) -> None:
        self.known = {each.pk: each for each in known}
        self.good = [row for row in rows if row.verdict != Verdict.NOT_UNDERSTOOD]
        self.mine: dict[int, Known] = {}  # by row
        self.free = dict(self.known)
        self._by_words()
        self._by_mark()
        self.first = self._first_of_each()

    def _by_words(self) -> None:
        alike: dict[tuple[str, Said], list[Known]] = defaultdict(list)
        for each in self.known.values():
            alike[each.key, _said(each)].append(each)
        # A row that bears the comment's own mark goes first, so that none is taken from it.
        for row in sorted(self.good, key=lambda row: (row.comment is None, row.row)):
            same = [each for each in alike[row.key, _said(row)] if each.pk in self.free]
            # A comment of this consultation before an earlier one: a sheet taken in twice adds nothing twice.
            best = min(same, key=lambda each: (each.earlier, each.pk != row.comment, each.pk), default=None)
            if best:
                self._take(row, best)

    def _by_mark(self) -> None:
        bearing: dict[int, list[Outcome]] = defaultdict(list)
        for row in self.good:
            if row.row not in self.mine and row.comment in self.free:
                bearing[row.comment or 0].append(row)
        for pk, rows in bearing.items():
            # A row that was copied bears the mark twice: the one most like the comment is the comment.
            self._take(max(rows, key=lambda row: (_likeness(row, self.known[pk]), -row.row)), self.known[pk])

    def _take(self, row: Outcome, comment: Known) -> None:
        self.mine[row.row] = comment
        del self.free[comment.pk]

    def _first_of_each(self) -> dict[tuple[str, Said], int]:
        """The row that stands for all that say the same: one that is a comment, else the first."""
        found: dict[tuple[str, Said], int] = {}
        for row in sorted(self.good, key=lambda row: (row.row not in self.mine, row.row)):
            found.setdefault((row.key, _said(row)), row.row)
        return found

    def verdict(self, row: Outcome) -> Outcome:
        """The row with its verdict."""
        if row.verdict == Verdict.NOT_UNDERSTOOD:
            return row
        if comment := self.mine.get(row.row):
            return _against(row, comment)
        first = self.first[row.key, _said(row)]
        if first != row.row:
            return _not(replace(row, comment=None), REPEATS, str(first))
        if row.comment is not None and row.comment not in self.known:
            return _not(row, REMOVED)
        return replace(row, comment=None)


def _against(row: Outcome, comment: Known) -> Outcome:
    """A row beside the comment it is."""
    row = replace(row, comment=comment.pk)
    same, in_place = _said(row) == _said(comment), row.key == comment.key
    if comment.number:
        return (
            replace(row, verdict=Verdict.UNCHANGED, was="") if same else _not(row, SUBMITTED, comment.number)
        )
    if comment.earlier:
        return replace(row, verdict=Verdict.ADDED, comment=None)
    if same:
        return replace(row, verdict=Verdict.UNCHANGED if in_place else Verdict.MOVED, was="")
    return replace(row, verdict=Verdict.UPDATED, was="" if in_place else row.was)


def _likeness(row: Outcome, comment: Known) -> float:
    return fuzz.ratio(" ".join(_said(row)), " ".join(_said(comment)))
