"""Markdown in, paragraphs out: the grammar of a recommendation's text.

- `# Title` is the title; other headings are headings, without a number.
- Plain paragraphs before the first numbered one are the preamble: a, b, c.
- A numbered list holds the operative paragraphs, counted through the whole text whatever digits were typed:
  1, 2, 3; numbered lists inside them 2.1, 2.1.1; bullets below any paragraph 2(i), b(ii).
- Plain paragraphs after the first numbered one, and further ones inside an item, are counted where they
  stand: ¶1, ¶2; 2¶2.
- `## Annex …` (or Appendix, Anhang) begins annex A, in which paragraphs and items are A.1, A.2, until a
  heading as high that begins otherwise.
- A table is one paragraph: T1, T2. So are a quotation and a block of code. A line `---` is only a line.

Line breaks inside a paragraph and the padding of tables are no part of its text: a text that was only
wrapped anew has not changed.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode as Node

from recommendations.models.revisions import Role

DEPTH = 6  # lists inside lists
LEVELS = 20  # of blocks of any kind inside each other; the parser itself gives up later, without a word
ANNEX = re.compile(r"(annex|appendix|anhang)\b", re.IGNORECASE)
WRAPPED = re.compile(r"[ \t]*\n[ \t]*|[ \t]+")
HARD_BREAK = re.compile(r"(?: {2,}|\\)\n[ \t]*")
# A definition of a link apart from its words would be lost when its paragraph is read alone.
parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 100}).enable(["table", "strikethrough"])
parser.disable(["inline", "reference"])


class TooDeep(ValueError):
    """Lists stand inside each other more than `DEPTH` deep, or quotations; `line` counts from one."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


@dataclass(frozen=True)
class Part:
    """One paragraph: what it is, how deep, its number in this text, its words as Markdown."""

    role: Role
    level: int
    number: str
    text: str
    lines: tuple[int, int] = field(default=(0, 0), compare=False)  # of the source, from zero, end excluded


@dataclass(frozen=True)
class Keyed(Part):
    """A paragraph of a revision, with its permanent key."""

    key: str = ""


def with_keys(parts: Sequence[Part], keys: Sequence[str]) -> list[Keyed]:
    """Paragraphs with the keys that `align` found for them."""
    return [
        Keyed(part.role, part.level, part.number, part.text, part.lines, key)
        for part, key in zip(parts, keys, strict=True)
    ]


def parse(text: str) -> list[Part]:
    """The paragraphs of `text` in order. No two have the same number. Raises TooDeep."""
    tokens = parser.parse(text)
    for token in tokens:
        if token.level > LEVELS:
            raise TooDeep((token.map or [0])[0] + 1)
    return list(_Reader().read(Node(tokens)))


class _Reader:
    """Walks through the blocks of one text and counts."""

    def __init__(self) -> None:
        self.counted: Counter[tuple[str, str]] = Counter()
        self.title = False
        self.operative = False
        self.annex, self.annex_level = "", 0
        self.above = ""  # the number of the paragraph that bullets at the margin belong to

    def read(self, root: Node) -> Iterator[Part]:
        for node in root.children:
            if node.type == "heading":
                yield self.heading(node)
            elif node.type in ("ordered_list", "bullet_list"):
                yield from self.items(node, "" if node.type == "ordered_list" else self.above, 1)
            elif node.type == "table":
                yield self.table(node)
            elif node.type != "hr":
                yield self.paragraph(node)

    def heading(self, node: Node) -> Part:
        level, text, self.above = int(node.tag[1]), source(node), ""
        if level == 1 and not self.title:
            self.title = True
            return _part(node, Role.TITLE, 1, "", text)
        if ANNEX.match(text):
            self.annex, self.annex_level = self.next("", "annex"), level
            return _part(node, Role.HEADING, level, self.annex, text)
        if level <= self.annex_level:
            self.annex, self.annex_level = "", 0
        return _part(node, Role.HEADING, level, "", text)

    def paragraph(self, node: Node) -> Part:
        if self.annex:
            role, self.above = Role.ANNEX, self.next(self.annex, "item")
        elif self.operative:
            role, self.above = Role.OTHER, self.next("", "plain")
        else:
            role, self.above = Role.PREAMBLE, self.next("", "preamble")
        return _part(node, role, 0, self.above, source(node))

    def table(self, node: Node) -> Part:
        return _part(node, Role.TABLE, 0, self.next("", "table"), source(node))

    def items(self, node: Node, parent: str, level: int) -> Iterator[Part]:
        if level > DEPTH:
            raise TooDeep(_lines(node)[0] + 1)
        kind = "item" if node.type == "ordered_list" else "bullet"
        for item in node.children:
            yield from self.item(item, self.number(kind, parent, level), self.role(kind, level), level)

    def number(self, kind: str, parent: str, level: int) -> str:
        """The next item's number. Top-level numbered ones are operative, or the annex's own."""
        if kind == "item" and level == 1:
            self.operative = self.operative or not self.annex
            self.above = self.next(self.annex, "item")
            return self.above
        return self.next(parent, kind)

    def role(self, kind: str, level: int) -> Role:
        if kind == "item" and level == 1:
            return Role.ANNEX if self.annex else Role.OPERATIVE
        return Role.ITEM

    def item(self, item: Node, number: str, role: Role, level: int) -> Iterator[Part]:
        """The first paragraph of an item bears its number, further ones ¶2, ¶3."""
        first = True
        for node in item.children:
            if node.type in ("ordered_list", "bullet_list"):
                yield from self.items(node, number, level + 1)
            elif node.type == "table":
                yield self.table(node)
            elif node.type != "hr":
                own = number if first else self.next(number, "plain")
                yield _part(node, role if first else Role.OTHER, level, own, source(node))
                first = False

    def next(self, parent: str, kind: str) -> str:
        self.counted[parent, kind] += 1
        return NUMBERS[kind](parent, self.counted[parent, kind])


def letters(number: int) -> str:
    """1, 2, … 27 as a, b, … aa."""
    before, last = divmod(number - 1, 26)
    return (letters(before) if before else "") + chr(ord("a") + last)


def roman(number: int) -> str:
    """1, 2, … as i, ii, …"""
    said = ""
    for value, letter in ROMAN:
        count, number = divmod(number, value)
        said += letter * count
    return said


ROMAN = [(1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")]
ROMAN += [(10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]
NUMBERS = {
    "preamble": lambda parent, count: letters(count),
    "item": lambda parent, count: f"{parent}.{count}" if parent else str(count),
    "bullet": lambda parent, count: f"{parent}({roman(count)})",
    "plain": lambda parent, count: f"{parent}¶{count + bool(parent)}",
    "annex": lambda parent, count: letters(count).upper(),
    "table": lambda parent, count: f"T{count}",
}


def _part(node: Node, role: Role, level: int, number: str, text: str) -> Part:
    return Part(role, level, number, text, _lines(node))


def _lines(node: Node) -> tuple[int, int]:
    return node.map or (0, 0)


def source(node: Node) -> str:
    """A block as Markdown in one spelling, however it was wrapped, indented or padded."""
    if node.type in ("fence", "code_block"):
        fence = node.markup or "```"
        return f"{fence}{node.info}\n{node.content}{fence}"
    if node.type == "table":
        return _table(node)
    if node.type == "blockquote":
        return _quoted("\n\n".join(source(child) for child in node.children))
    if node.type in ("ordered_list", "bullet_list"):
        mark = "1. " if node.type == "ordered_list" else "- "
        return "\n".join(_indented(mark, item) for item in node.children)
    if node.type == "hr":
        return "---"
    return "".join(_unwrapped(child.content) for child in node.children)


def _unwrapped(words: str) -> str:
    lines = HARD_BREAK.split(words)
    return "\\\n".join(WRAPPED.sub(" ", line) for line in lines).strip()


def _quoted(words: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in words.splitlines())


def _indented(mark: str, item: Node) -> str:
    words = "\n\n".join(source(child) for child in item.children)
    return mark + words.replace("\n", "\n" + " " * len(mark))


def _table(node: Node) -> str:
    rows = [row for part in node.children for row in part.children]
    lines = [_row([_cell(cell) for cell in row.children]) for row in rows]
    return "\n".join([lines[0], _row([_ruler(cell) for cell in rows[0].children]), *lines[1:]])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Node) -> str:
    return "".join(_unwrapped(child.content) for child in cell.children).replace("|", "\\|")


def _ruler(cell: Node) -> str:
    style = str(cell.attrs.get("style", ""))
    return (
        (":" if "left" in style or "center" in style else "")
        + "---"
        + (":" if "right" in style or "center" in style else "")
    )
