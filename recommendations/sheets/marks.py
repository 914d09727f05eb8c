"""The signs by which a sheet and its rows are known again; each ends in a check value, so that a sign that
was typed or changed is no sign."""

import re
from dataclasses import dataclass

from django.utils.crypto import constant_time_compare, salted_hmac

SHEET = re.compile(r"\bISECG ([12]\d{3}-\d{2,3})/(\d{1,19})/(\d{1,5})/(\d{1,19}) ([0-9a-f]{12})\b")
ROW = re.compile(r"c(\d{1,19})-([0-9a-f]{12})")


@dataclass(frozen=True)
class SheetMark:
    """What a sheet was made for: recommendation, consultation, revision, agency (ids; numbers are public)."""

    number: str
    consultation: int
    revision: int
    agency: int

    def __str__(self) -> str:
        words = f"{self.number}/{self.consultation}/{self.revision}/{self.agency}"
        return f"ISECG {words} {_check(words)}"


def sheet_mark(words: str) -> SheetMark | None:
    """The mark in a cell; None if there is none, or its check value is not ours."""
    found = SHEET.search(words)
    if found is None:
        return None
    number, *ids, _checked = found.groups()
    mark = SheetMark(number, *map(int, ids))
    return mark if constant_time_compare(str(mark), found[0]) else None


def row_mark(comment: int, agency: int) -> str:
    """The mark of a comment's row in its agency's sheet."""
    return f"c{comment}-{_check(f'{comment} {agency}')}"


def marked(words: str, agency: int) -> int | None:
    """The comment a row's mark names; None if it is no mark of this agency's."""
    found = ROW.fullmatch(words.strip())
    if found is None:
        return None
    comment = int(found[1])
    return comment if constant_time_compare(row_mark(comment, agency), found[0]) else None


def _check(words: str) -> str:
    return salted_hmac("recommendations.sheets", words, algorithm="sha256").hexdigest()[:12]
