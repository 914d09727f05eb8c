"""The columns of the sheet (those of the ISO comment form), and by which headers they are known again."""

import functools
import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from rapidfuzz import fuzz

from recommendations.models import CommentKind

ALIKE = 86  # of 100: a header is still the same with a letter changed or a word added


class Column(StrEnum):
    """What a column holds."""

    MEMBER = "member"
    PLACE = "place"
    KIND = "kind"
    COMMENT = "text"
    FROM = "from_text"
    TO = "to_text"
    REASON = "reason"
    OBSERVATIONS = "observations"
    ID = "id"


HEADERS: dict[Column, str | Promise] = {
    Column.MEMBER: _("Member"),
    Column.PLACE: _("Paragraph"),
    Column.KIND: _("Kind of comment"),
    Column.COMMENT: _("Comment"),
    Column.FROM: _("Proposed change: from"),
    Column.TO: _("Proposed change: to"),
    Column.REASON: _("Reason"),
    Column.OBSERVATIONS: _("Observations of the secretariat"),
    Column.ID: _("Mark (leave it as it is)"),
}
# What people rename them to, and what other organisations' forms say.
OTHERS: dict[Column, str] = {
    Column.MEMBER: "mb|mb/nc|agency|organisation|organization|mitglied|agentur",
    Column.PLACE: "place|line|line number|line/paragraph|paragraph number|clause|clause/subclause|section"
    "|absatz|zeile|zeile/absatz|absatznummer|stelle|ziffer|abschnitt",
    Column.KIND: "type|type of comment|kind|art|art des kommentars|kommentarart",
    Column.COMMENT: "comments|remark|remarks|kommentar|kommentare|bemerkung|anmerkung",
    Column.FROM: "from|change from|current text|existing text|current wording|bisheriger text|alter text|von"
    "|änderung von|vorgeschlagene änderung: von",
    Column.TO: "to|change to|proposed change|proposed text|new text|proposed wording|neuer text|zu|in"
    "|vorschlag|änderungsvorschlag|vorgeschlagene änderung|vorgeschlagene änderung: in"
    "|vorgeschlagene änderung: zu|änderung in|vorgeschlagener text",
    Column.REASON: "rationale|justification|reasons|begründung|grund",
    Column.OBSERVATIONS: "observations|secretariat observations|secretariat|anmerkungen des sekretariats"
    "|beobachtungen des sekretariats|feststellungen des sekretariats",
    Column.ID: "mark|id|kennzeichen|kennung|kennzeichen (bitte nicht ändern)",
}
KINDS: dict[str, CommentKind] = {
    **dict.fromkeys(("ge", "gen", "general", "allgemein"), CommentKind.GENERAL),
    **dict.fromkeys(
        ("te", "tech", "technical", "technisch", "fachlich", "inhaltlich"), CommentKind.TECHNICAL
    ),
    **dict.fromkeys(("ed", "edit", "editorial", "redaktionell", "sprachlich"), CommentKind.EDITORIAL),
}


def header_row(cells: Iterable[str]) -> dict[Column, int]:
    """Which column of a row of headers holds what. The best fit of each counts, wherever it stands."""
    fits = [
        (score, column, at)
        for at, words in enumerate(cells)
        for column, score in _scores(_squeezed(words))
        if score >= ALIKE
    ]
    found: dict[Column, int] = {}
    for _score, column, at in sorted(fits, key=lambda fit: (-fit[0], fit[2])):
        if column not in found and at not in found.values():
            found[column] = at
    return found


def kind(words: str) -> CommentKind | None:
    """The kind of comment a cell names, in any of our languages or by its code; None if it names none."""
    named = {_squeezed(word): kind for kind in CommentKind for word in _in_every_language(kind.label)}
    return {**KINDS, **named}.get(_squeezed(words))


@functools.lru_cache(maxsize=512)
def _scores(words: str) -> tuple[tuple[Column, float], ...]:
    if not 0 < len(words) <= 80:
        return ()
    return tuple((column, _likeness(words, names)) for column, names in _names().items())


def _likeness(words: str, names: frozenset[str]) -> float:
    """100 for the same words; short names ("to", "in") must be exactly themselves."""
    if words in names:
        return 100
    return max((fuzz.ratio(words, name) - 1 for name in names if len(name) > 4), default=0)


@functools.cache
def _names() -> Mapping[Column, frozenset[str]]:
    """Every header we know for a column, our own ones as they are translated."""
    return {
        column: frozenset({*OTHERS[column].split("|"), *map(_squeezed, _in_every_language(HEADERS[column]))})
        for column in Column
    }


def _in_every_language(words: str | Promise) -> list[str]:
    told = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            told.append(str(words))
    return told


def _squeezed(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip(" \t\n:.*").casefold()
