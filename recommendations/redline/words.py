"""A paragraph's Markdown as words, each with how it is written: strong, stressed, a link."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it.token import Token

from isecg import markdown

WORD = re.compile(r"\s+|\d+(?:[.,]\d+)+|\w+(?:[-'’]\w+)*|[^\w\s]")
BREAK = "\n"
FENCES = ("```", "~~~")
TAGS = ("strong", "em", "s")


@dataclass(frozen=True)
class Word:
    """A word or a mark of punctuation. `marks` are tags around it, a link with its address; `space` stands
    behind it and is compared with nothing."""

    text: str
    marks: tuple[str, ...] = ()
    space: str = ""


def words(text: str) -> list[Word]:
    """The words of a paragraph, a cell or a heading, in order."""
    if text.startswith(FENCES):
        return list(_joined((line, ("code",)) for line in _lines(text.split("\n")[1:-1])))
    if text.startswith(">"):
        text = "\\\n".join(line.removeprefix(">").strip() for line in text.split("\n") if line != ">")
    [inline] = markdown.parser.parseInline(markdown.printable(text))
    return list(_joined(_pieces(inline.children or [])))


def _lines(lines: list[str]) -> Iterator[str]:
    for at, line in enumerate(lines):
        yield from (BREAK, line) if at else (line,)


def _pieces(tokens: Iterable[Token]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Runs of text with the marks around them."""
    marks: list[str] = []
    for token in tokens:
        if token.nesting == 1:
            marks.append(f"a {token.attrs.get('href', '')}" if token.type == "link_open" else token.tag)
        elif token.nesting == -1:
            marks.pop()
        elif token.type == "hardbreak":
            yield BREAK, ()
        else:
            code = ["code"] if token.type == "code_inline" else []
            yield " " if token.type == "softbreak" else token.content, (*marks, *code)


def _joined(pieces: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[Word]:
    """Words, each with the space that follows it, even where its marks have ended."""
    last: Word | None = None
    for piece, marks in pieces:
        found = [BREAK] if piece == BREAK else WORD.findall(piece)
        for text in found:
            if text.isspace() and text != BREAK:
                last = last and Word(last.text, last.marks, " ")
                continue
            if last:
                yield last
            last = Word(text, marks)
    if last:
        yield last


def plain(said: Iterable[Word]) -> str:
    """The words as they are read, without their marks."""
    return "".join(word.text + word.space for word in said)


def html(said: Iterable[Word]) -> SafeString:
    """The words with their marks as safe HTML."""
    shown = ""
    for marks, together in groupby(said, key=lambda word: word.marks):
        read = plain(together)
        text = escape(read.rstrip(" ")).replace(BREAK, "<br>")
        for mark in reversed(marks):
            text = _marked(mark, text)
        shown += text + " " * read.endswith(" ")
    return mark_safe(markdown.cleaner.clean(shown))  # noqa: S308  (nh3 has just cleaned it)


def _marked(mark: str, text: str) -> str:
    name, _space, address = mark.partition(" ")
    if name == "a":
        return f'<a href="{escape(address)}">{text}</a>'
    return f"<{name}>{text}</{name}>"
