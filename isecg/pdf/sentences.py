"""Sentences that a worker finds and people read later, each in their own language.

What is kept is the English sentence with its holes and what belongs into them; `in_words` puts it into the
reader's language. The catalogue finds the sentences by `gettext_noop`.
"""

from collections.abc import Iterable
from typing import TypedDict

from django.utils.translation import gettext


class Sentence(TypedDict):
    """A sentence as it is stored: its words in English, and what its holes are filled with."""

    msgid: str
    holes: "dict[str, str | int | list[Words]]"


# Plain text is told as it stands: what a validator says, which speaks English.
Words = str | Sentence


def said(msgid: str, **holes: "str | int | list[Words]") -> Sentence:
    """A sentence to be stored. `msgid` is marked by `gettext_noop`."""
    return Sentence(msgid=msgid, holes=holes)


def in_words(words: Words | Iterable[Words]) -> str:
    """One or more sentences in the language that is active now."""
    if isinstance(words, str):
        return words
    if isinstance(words, dict):
        holes = {name: in_words(of) if isinstance(of, list) else of for name, of in words["holes"].items()}
        sentence = words["msgid"]
        return gettext(sentence) % holes
    return " ".join(map(in_words, words))
