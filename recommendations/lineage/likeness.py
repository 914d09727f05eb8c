"""How much of two paragraphs' words is the same, and in the same order."""

import re
from collections.abc import Callable

from rapidfuzz import process
from rapidfuzz.distance import Indel

from recommendations.lineage.parts import Part
from recommendations.models.revisions import Role

WORD = re.compile(r"\w+")
SURROGATES = 0xD800
KINDS = {Role.TITLE: "heading", Role.HEADING: "heading", Role.TABLE: "table"}


def alphabet() -> Callable[[str], str]:
    """A function that writes a text as one letter per word, so that words are compared as fast as letters.

    Case, punctuation and Markdown's marks are no part of the words.
    """
    known: dict[str, str] = {}

    def letter(word: str) -> str:
        code = len(known)
        return known.setdefault(word, chr(code if code < SURROGATES else code + 0x800))

    return lambda text: "".join(letter(word) for word in WORD.findall(text.casefold()))


def likeness(one: str, other: str, least: float = 0.0) -> float:
    """From 0 to 1: twice the words they share in order, of all their words; 0 when below `least`."""
    if not one or not other:
        return 0.0
    return Indel.normalized_similarity(one, other, score_cutoff=least)


def alike(one: str, others: dict[int, str], least: float) -> list[tuple[float, int]]:
    """`likeness` with each of many texts at once: (score, which) of those that are at least so like it."""
    found = process.extract(one, others, scorer=Indel.normalized_similarity, score_cutoff=least, limit=None)
    return [(score, which) for words, score, which in found if one and words]


def kind(part: Part) -> str:
    """Headings are like headings, tables like tables, words like words."""
    return KINDS.get(part.role, "words")
