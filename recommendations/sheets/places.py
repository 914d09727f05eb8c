"""Which paragraph a row of a sheet means, and where that paragraph stands now. Pure functions."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext_noop

from recommendations import anchors
from recommendations.anchors import Anchor, Found, Text

NO_SUCH = gettext_noop("there is no paragraph “%(about)s” in that revision")
GONE = gettext_noop("paragraph %(about)s is no longer in the text")
NO_PLACE = gettext_noop("it does not say which paragraph it is about")

WHOLE = {"whole text", "whole document", "general", "all", "entire text", "-", "–", "0"}
WHOLE |= {"ganzer text", "gesamter text", "gesamtes dokument", "allgemein", "alle", "alles"}
# Words that people write before a number. A line or a section is no paragraph: those are not among them.
BEFORE = re.compile(
    r"(?:paragraphs?|para|par|operative|preamble|annex|item|sub-item|number|no|nr|absatz|abs|ziffer|nummer"
    r"|präambel|anlage|anhang|unterpunkt|§+|(?P<table>table|tabelle))(?![a-zäöü])[.:]?\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Located:
    """Where a row belongs now: key and number; `was` is its number in the sheet if that is another one.
    `why` says what is wrong if it belongs nowhere."""

    key: str = ""
    number: str = ""
    was: str = ""
    why: str = ""
    about: str = ""


@dataclass(frozen=True)
class Texts:
    """The paragraphs the sheet was made for and those of today. `heirs` are keys of merged paragraphs and
    the key each has been merged into."""

    old: Sequence[Text]
    new: Sequence[Text]
    heirs: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def by_number(self) -> dict[str, Text]:
        """The old paragraphs by what a cell may call them: their number, else their key."""
        found = {each.key.casefold(): each for each in self.old}
        found |= {each.number.casefold(): each for each in reversed(self.old) if each.number}
        return found | {each.number: each for each in reversed(self.old) if each.number}

    @cached_property
    def now(self) -> dict[str, Text]:
        return {each.key: each for each in self.new}


def locate(cell: str, words: str, texts: Texts, *, certain: bool) -> Located:
    """Where a row belongs whose place is `cell` and whose words to be changed are `words`.

    Unless it is `certain` that the cell holds a number of the sheet's own revision, the words may know
    better: a number whose paragraph does not hold them, while one other does, is taken for a slip.
    """
    cell = " ".join(cell.split())
    if cell.casefold() in WHOLE:
        return Located()
    found = _named(cell, texts)
    if not certain and (found is None or not _holds(found, words)):
        found = _holding(words, texts.old) or found
    if found is None:
        return Located(why=NO_SUCH if cell else NO_PLACE, about=cell[:40])
    return _today(found, words, cell, texts)


def label(paragraph: Text) -> str:
    """What a paragraph is called in the sheet: its number; what has none (a heading) by its key."""
    return paragraph.number or paragraph.key


def _named(cell: str, texts: Texts) -> Text | None:
    bare = cell
    while found := BEFORE.match(bare):
        bare = ("T" if found["table"] else "") + bare[found.end() :]
    for name in (cell, bare, bare.strip("()[].:,; "), bare.strip("()[].:,; ").casefold()):
        if name in texts.by_number:
            return texts.by_number[name]
    return None


def _holds(paragraph: Text, words: str) -> bool:
    quote = anchors.squeeze(words)
    return len(quote) < anchors.ENOUGH or quote in anchors.plain(paragraph.text)


def _holding(words: str, paragraphs: Sequence[Text]) -> Text | None:
    """The one paragraph that holds these words."""
    quote = anchors.squeeze(words)
    if len(quote) < anchors.ENOUGH:
        return None
    hits = [each for each in paragraphs if quote in anchors.plain(each.text)]
    return hits[0] if len(hits) == 1 else None


def _today(paragraph: Text, words: str, cell: str, texts: Texts) -> Located:
    exact = anchors.anchor(paragraph.key, paragraph.text, words) if words else None
    place = anchors.place(exact or Anchor(paragraph.key), texts.old, texts.new)
    if place.found is Found.LOST and exact:
        place = anchors.place(Anchor(paragraph.key), texts.old, texts.new)
    key = place.key or texts.heirs.get(paragraph.key, "")
    if key not in texts.now:
        return Located(why=GONE, about=label(paragraph))
    there, said = label(texts.now[key]), label(paragraph)
    named = _named(cell, texts)
    moved = there != said or named is not paragraph
    return Located(key, there, (label(named) if named else cell[:20]) if moved else "")
