"""The cells of the comment table, in the reader's language: what every file of it is made from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recommendations.queries.rows import TableRow, Tally


@dataclass(frozen=True)
class Column:
    """A column: its header, its width in characters (of 277 millimetres on paper the same share)."""

    header: str | Promise
    width: int
    words: Callable[[TableRow], str]


def lines(*parts: str | Promise) -> str:
    """What stands below each other in a cell; nothing of what is empty."""
    return "\n".join(str(part) for part in parts if part)


def _name(row: TableRow) -> str:
    return lines(row.label, _("late") if row.late else "")


def _place(row: TableRow) -> str:
    return lines(row.place_words, f"“{row.quote}”" if row.quote else "")


def _verdict(row: TableRow) -> str:
    to = _("to %(target)s") % {"target": row.target} if row.target else ""
    of = _("of %(comment)s") % {"comment": row.duplicate_of} if row.duplicate_of else ""
    return lines(row.verdict_words, to, of)


COLUMNS = (
    Column(gettext_lazy("No."), 13, _name),
    Column(gettext_lazy("Consultation"), 14, lambda row: str(row.round)),
    Column(gettext_lazy("Place"), 17, _place),
    Column(gettext_lazy("Where it is now"), 15, lambda row: row.found_words),
    Column(gettext_lazy("Kind"), 13, lambda row: row.kind_words),
    Column(gettext_lazy("Comment"), 38, lambda row: row.text),
    Column(gettext_lazy("Change from"), 26, lambda row: row.from_text),
    Column(gettext_lazy("Change to"), 26, lambda row: row.to_text),
    Column(gettext_lazy("Reason"), 26, lambda row: row.reason),
    Column(gettext_lazy("Verdict"), 14, _verdict),
    Column(gettext_lazy("Agreed text"), 26, lambda row: row.verdict_text),
    Column(gettext_lazy("Reason of the verdict"), 26, lambda row: row.verdict_reason),
    Column(gettext_lazy("Answer of the agency"), 17, lambda row: lines(row.satisfied_words, row.because)),
)


def headers() -> list[str]:
    """The headers of the table."""
    return [str(column.header) for column in COLUMNS]


def cells(row: TableRow) -> list[str]:
    """One comment as words, column by column."""
    return [str(column.words(row)) for column in COLUMNS]


def totals(counts: Sequence[Tally]) -> tuple[list[str], list[list[str]]]:
    """Headers and rows of the counts per agency, all together last; late ones have a column of their own."""
    kinds = [(each.code, each.words) for each in counts[-1].counts]
    head = [_("Agency"), _("Comments"), *(str(words) for _code, words in kinds), _("late")]
    rows = []
    for tally in counts:
        by_code = {each.code: each.count for each in tally.counts}
        numbers = [tally.total, *(by_code.get(code, 0) for code, _words in kinds), tally.late]
        rows.append([tally.agency or _("all together"), *map(str, numbers)])
    return head, rows
