"""The structure tree of a finished PDF with its words, in the order it is read."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import pikepdf

from isecg.pdf.reading.marks import Mark, Page, of_page

SOFT_HYPHEN = "\u00ad"
# What is read as one piece of words.
BLOCKS = (
    "P",
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "Lbl",
    "LBody",
    "TH",
    "TD",
    "Caption",
    "TOCI",
    "Note",
    "Figure",
)
WORDS = ("Link", "Reference", "Span", "Quote")


@dataclass(eq=False)
class Part:
    """An element of the structure with what is in it."""

    tag: str
    kids: list["Part | Mark"] = field(default_factory=list)
    alternative: str = ""
    language: str = ""
    scope: str = ""
    identifier: str = ""
    links: int = 0

    @property
    def parts(self) -> list["Part"]:
        return [kid for kid in self.kids if isinstance(kid, Part)]

    def walk(self) -> Iterator["Part"]:
        """This part and all below it, in order."""
        yield self
        for kid in self.parts:
            yield from kid.walk()

    def marks(self) -> Iterator[Mark]:
        for kid in self.kids:
            if isinstance(kid, Mark):
                yield kid
            else:
                yield from kid.marks()

    def said(self) -> Iterator[Mark]:
        """The marks that are words of the text."""
        for kid in self.kids:
            if isinstance(kid, Mark):
                yield kid
            elif kid.tag != "Reference":
                yield from kid.said()

    def pages(self) -> list[int]:
        return [mark.page for mark in self.marks()]

    @property
    def text(self) -> str:
        """All words in it, with spaces where lines end and without the hyphens that layout has put in.

        Without the numbers of footnotes: they are no words.
        """
        return joined(list(self.said()))


@dataclass
class Reading:
    """A PDF as it is read: its structure, its pages' marks, its language."""

    root: Part | None
    pages: list[Page]
    language: str
    heights: list[float]


def joined(marks: list[Mark]) -> str:
    """The words of marks that follow each other."""
    text, last = "", None
    for mark in marks:
        if not mark.words:
            continue
        if text.endswith(SOFT_HYPHEN):
            text = text.removesuffix(SOFT_HYPHEN)
        elif last is not None and _another_line(last, mark) and not text.endswith(" "):
            text += "" if text.endswith("-") and text[-2:-1].isalnum() else " "
        text += mark.words
        last = mark
    return " ".join(text.split())


def _another_line(before: Mark, after: Mark) -> bool:
    same = abs(before.y - after.y) < max(before.size, after.size) * 0.55
    return before.page != after.page or not same or after.x <= before.x


def read(pdf: pikepdf.Pdf) -> Reading:
    """How `pdf` reads."""
    fonts: dict[Any, dict[int, str]] = {}
    pages = [of_page(page, number, fonts) for number, page in enumerate(pdf.pages)]
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    tree: Any = pdf.Root.get("/StructTreeRoot")
    top = tree.get("/K") if tree is not None else None
    first = top[0] if isinstance(top, pikepdf.Array) and len(top) else top
    root = _part(first, 0, numbers, pages) if isinstance(first, pikepdf.Dictionary) else None
    heights = [float(page.mediabox[3]) for page in pdf.pages]
    return Reading(root, pages, str(pdf.Root.get("/Lang", "")), heights)


def _part(element: Any, page: int, numbers: dict[Any, int], pages: list[Page]) -> Part:
    part = Part(str(element.get("/S", "/Unknown"))[1:])
    part.alternative, part.language = str(element.get("/Alt", "")), str(element.get("/Lang", ""))
    part.identifier, part.scope = str(element.get("/ID", "")), _scope(element.get("/A"))
    if "/Pg" in element:
        page = numbers.get(element.Pg.objgen, page)
    for kid in _list(element.get("/K", [])):
        _take(part, kid, page, numbers, pages)
    return part


def _take(part: Part, kid: Any, page: int, numbers: dict[Any, int], pages: list[Page]) -> None:
    if isinstance(kid, int):
        part.kids.append(pages[page].marks.get(kid) or Mark(page, -1))
    elif kid.get("/Type") == pikepdf.Name.MCR:
        there = numbers[kid.Pg.objgen] if "/Pg" in kid else page
        part.kids.append(pages[there].marks.get(int(kid.MCID)) or Mark(there, -1))
    elif kid.get("/Type") == pikepdf.Name.OBJR:
        part.links += 1
    else:
        part.kids.append(_part(kid, page, numbers, pages))


def _list(kids: Any) -> list[Any]:
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _scope(attributes: Any) -> str:
    for each in _list(attributes) if attributes is not None else []:
        if isinstance(each, pikepdf.Dictionary) and "/Scope" in each:
            return str(each.Scope)[1:]
    return ""


def blocks(part: Part, *, notes: bool = True) -> Iterator[Part]:
    """The parts that are read as one piece of words, innermost, in order; footnotes only if wanted."""
    for kid in part.parts:
        if kid.tag == "Note" and not notes:
            continue
        if kid.tag in BLOCKS and not any(each.tag in BLOCKS for each in list(kid.walk())[1:]):
            yield kid
        else:
            if kid.tag in BLOCKS and any(isinstance(each, Mark) for each in kid.kids):
                yield _own(kid)
            yield from blocks(kid, notes=notes)


def _own(part: Part) -> Part:
    """The part without the blocks in it: its own words and links."""
    return Part(part.tag, [kid for kid in part.kids if isinstance(kid, Mark) or kid.tag in WORDS])


def paragraphs(pdf: pikepdf.Pdf) -> list[str]:
    """The blocks of words in the order they are read; of figures their alternative text."""
    root = read(pdf).root
    told = [each.alternative or each.text for each in blocks(root)] if root else []
    return [text for text in told if text]


def spoken(pdf: pikepdf.Pdf) -> str:
    """The structure as text, indented, each tag with its words: what to look at to know how a PDF reads."""
    reading = read(pdf)
    lines = [f"language {reading.language or '(none)'}"]
    if reading.root:
        _speak(reading.root, 0, lines)
    return "\n".join(lines)


def _speak(part: Part, depth: int, lines: list[str]) -> None:
    facts = [part.scope, part.language and f"[{part.language}]", part.alternative and f"({part.alternative})"]
    head = " ".join([part.tag, *filter(None, facts)])
    if part.alternative or all(_is_words(kid) for kid in part.kids):
        words = "" if part.alternative else part.text
        lines.append("  " * depth + (f"{head}: {words}" if words else head))
        part = Part(part.tag, [kid for kid in part.parts if not _is_words(kid) or kid.tag == "Reference"])
    else:
        lines.append("  " * depth + head)
    for wordy, run in groupby(part.kids, _is_words):
        inside = list(run)
        if wordy and (told := Part("", inside).text):
            lines.append("  " * (depth + 1) + told)
        for kid in inside:
            if isinstance(kid, Part) and (not wordy or kid.tag == "Reference"):
                _speak(kid, depth + 1, lines)


def _is_words(kid: Part | Mark) -> bool:
    return isinstance(kid, Mark) or kid.tag in WORDS
