"""What was checked in a PDF, for its component: {% load checks %}."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template

from isecg.pdf.sentences import in_words

register = template.Library()


@dataclass(frozen=True)
class Row:
    """One check; `passed` is None where it could not be made."""

    passed: bool | None
    words: str


@dataclass(frozen=True)
class Found:
    """All checks of a file, what was not passed first, and how many came to what."""

    rows: list[Row]
    passed: int
    failed: int
    unasked: int


@register.simple_tag
def checks_of(stored: Iterable[dict[str, Any]]) -> Found:
    """The rows that `isecg.pdf.conformance.examine` stored, in the reader's language."""
    rows = [Row(each["passed"], in_words(each["words"])) for each in stored]
    order = {False: 0, None: 1, True: 2}
    counts = {came: sum(row.passed is came for row in rows) for came in order}
    rows.sort(key=lambda row: order[row.passed])
    return Found(rows, counts[True], counts[False], counts[None])
