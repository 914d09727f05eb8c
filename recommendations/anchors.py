"""Where a comment stands in a later revision: in place, moved, or lost. Pure functions.

An anchor is the paragraph's permanent key, the selected words, and the words before and after them; an
offset only breaks a tie between places that read alike. People select on the rendered page, paragraphs are
stored as Markdown: `plain` is the one form in which both are compared.
"""

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from html.parser import HTMLParser
from typing import Protocol

from rapidfuzz import fuzz
from rapidfuzz.distance import ScoreAlignment

from isecg import markdown

AROUND = 32  # letters kept before and after the selected words
SCORE = 75  # below, the words are not the same any more: a person decides
ENOUGH = 20  # letters of words that were taken to another paragraph: fewer may stand there by chance
LONG = 400  # letters: of longer words, their beginning and their end are sought apart
LOOKED_AT = 200  # places that are compared when the same words stand in a paragraph again and again


class Text(Protocol):
    """A paragraph of a revision, or a part of a text: whatever has a key, a number and Markdown."""

    @property
    def key(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def text(self) -> str: ...


class Found(Enum):
    """What became of a comment's place."""

    IN_PLACE = "in_place"
    MOVED = "moved"
    LOST = "lost"


@dataclass(frozen=True)
class Anchor:
    """What a comment is about. Without a quote the whole paragraph, without a key the whole text."""

    key: str = ""
    quote: str = ""
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class Span:
    """Words in a plain text, and how well they fit (0 to 100)."""

    start: int
    end: int
    score: float


@dataclass(frozen=True)
class Place:
    """Where a comment stood and stands: keys and the revisions' own numbers; no new key when it is lost."""

    found: Found
    old_key: str
    old_number: str
    key: str = ""
    number: str = ""
    span: Span | None = None


class _Words(HTMLParser):
    """Collects the words of HTML; what begins a block stands apart from what was before."""

    APART = {"p", "br", "li", "td", "th", "tr", "h3", "h4", "blockquote", "hr"}

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.APART:
            self.found.append(" ")


@functools.lru_cache(maxsize=2048)
def plain(text: str) -> str:
    """Markdown as the words people read and select, every stretch of white space one space."""
    words = _Words()
    words.feed(str(markdown.render(text)))
    words.close()
    return squeeze("".join(words.found))


def squeeze(words: str) -> str:
    """Words as `plain` has them: no control characters, single spaces."""
    return " ".join(markdown.printable(words).split())


def anchor(key: str, text: str, quote: str, prefix: str = "", suffix: str = "") -> Anchor | None:
    """The anchor of `quote` in a paragraph of Markdown `text`, its surroundings taken from the paragraph.

    `prefix` and `suffix` say which one is meant if the words stand there several times. None if they do not
    stand there at all.
    """
    words, quote = plain(text), squeeze(quote)
    best = _first_of_the_best(_exact(words, Anchor(key, quote, *map(_in_one_line, (prefix, suffix)))))
    if best is None:
        return None
    before, after = words[: best.start][-AROUND:], words[best.end :][:AROUND]
    return Anchor(key, quote, before, after)


def place(wanted: Anchor, old: Iterable[Text], new: Iterable[Text]) -> Place:
    """Where `wanted`, anchored in the paragraphs `old`, stands in those of a later revision, `new`."""
    return places([wanted], old, new)[0]


def places(wanted: Sequence[Anchor], old: Iterable[Text], new: Iterable[Text]) -> list[Place]:
    """`place` for many anchors."""
    before, after = {each.key: each for each in old}, {each.key: each for each in new}
    return [_place(each, before, after) for each in wanted]


def marked(words: str, span: Span | None) -> tuple[str, str, str]:
    """A plain text cut into what stands before the span, in it, and after it."""
    if span is None:
        return words, "", ""
    return words[: span.start], words[span.start : span.end], words[span.end :]


def _place(wanted: Anchor, old: Mapping[str, Text], new: Mapping[str, Text]) -> Place:
    if not wanted.key:
        return Place(Found.IN_PLACE, "", "")
    was, now = old.get(wanted.key), new.get(wanted.key)
    number = was.number if was else ""
    if now and (here := _within(wanted, was, now)):
        found = Found.IN_PLACE if now.number == number else Found.MOVED
        return Place(found, wanted.key, number, now.key, now.number, here)
    if elsewhere := _elsewhere(wanted, old, new):
        other, span = elsewhere
        return Place(Found.MOVED, wanted.key, number, other.key, other.number, span)
    return Place(Found.LOST, wanted.key, number)


def _within(wanted: Anchor, was: Text | None, now: Text) -> Span | None:
    """The wanted words in the paragraph of the same key; a comment on the whole paragraph takes all of it."""
    words = plain(now.text)
    if not wanted.quote:
        return Span(0, len(words), 100)
    before = plain(was.text) if was else ""
    stood = _first_of_the_best(_exact(before, wanted))
    if stood and before == words:
        return stood
    near = stood.start * len(words) // len(before) if stood else 0
    exact = max(_exact(words, wanted), key=_fit_then_near(near), default=None)
    if exact and exact.score >= SCORE:
        return exact
    changed = _changed(words, wanted)
    return changed if changed and changed.score >= SCORE else None


def _elsewhere(wanted: Anchor, old: Mapping[str, Text], new: Mapping[str, Text]) -> tuple[Text, Span] | None:
    """The one other paragraph in which the words stand now and did not stand before; if two do, none."""
    sought = wanted if wanted.quote else _whole(wanted, old)
    if len(sought.quote) < ENOUGH:
        return None
    hits = [
        (each, span)
        for each in new.values()
        if each.key != wanted.key
        and _often(each, sought) > _often(old.get(each.key), sought)
        and (span := _first_of_the_best(_exact(plain(each.text), sought)))
    ]
    return hits[0] if len(hits) == 1 else None


def _whole(wanted: Anchor, old: Mapping[str, Text]) -> Anchor:
    """The anchor of a whole paragraph as one of all its words."""
    return Anchor(wanted.key, plain(old[wanted.key].text) if wanted.key in old else "")


def _often(paragraph: Text | None, sought: Anchor) -> int:
    return plain(paragraph.text).count(sought.quote) if paragraph else 0


def _exact(words: str, wanted: Anchor) -> Iterator[Span]:
    """Every place where the words stand, scored by what stands around them."""
    if not wanted.quote:
        return
    start, seen = words.find(wanted.quote), 0
    while start >= 0 and seen < LOOKED_AT:
        end = start + len(wanted.quote)
        yield Span(start, end, _fits(words, start, end, wanted))
        start, seen = words.find(wanted.quote, start + 1), seen + 1


def _changed(words: str, wanted: Anchor) -> Span | None:
    """The stretch of whole words most like the wanted ones."""
    if len(wanted.quote) >= len(words):
        return Span(0, len(words), _fits(words, 0, len(words), wanted))
    first, last = _like(wanted.quote[:LONG], words), _like(wanted.quote[-LONG:], words)
    if first is None or last is None or first.dest_start >= last.dest_end:
        return None
    start, end = _whole_words(words, first.dest_start, last.dest_end)
    return Span(start, end, _fits(words, start, end, wanted))


def _like(quote: str, words: str) -> ScoreAlignment | None:
    return fuzz.partial_ratio_alignment(quote, words, score_cutoff=SCORE)


def _whole_words(words: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and words[start - 1] != " ":
        start -= 1
    found = re.compile(r"\S*").match(words, end)
    return start, found.end() if found else end


def _fits(words: str, start: int, end: int, wanted: Anchor) -> float:
    """How like the stretch and what is around it are to the anchor; short words live by what is around."""
    before = words[max(0, start - len(wanted.prefix)) : start]
    after = words[end : end + len(wanted.suffix)]
    return fuzz.ratio(before + words[start:end] + after, wanted.prefix + wanted.quote + wanted.suffix)


def _first_of_the_best(spans: Iterable[Span]) -> Span | None:
    return max(spans, key=lambda span: span.score, default=None)


def _fit_then_near(near: int) -> Callable[[Span], tuple[float, int]]:
    """The best of several places fits best; of two that fit alike, it is nearer to where the words stood."""
    return lambda span: (span.score, -abs(span.start - near))


def _in_one_line(words: str) -> str:
    return re.sub(r"\s+", " ", markdown.printable(words))
