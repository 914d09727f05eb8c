"""What somebody who is read a PDF aloud would stumble over. A check answers with sentences, or with none."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pikepdf
from django.utils.translation import gettext_noop as _

from isecg.pdf.reading.marks import Mark
from isecg.pdf.reading.tree import SOFT_HYPHEN, Part, Reading, blocks, read
from isecg.pdf.sentences import Sentence, said

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
HEADING = re.compile(r"H([1-6])")
# A sentence goes on: no end of one before, a small letter after.
UNFINISHED = re.compile(r"[\w,\-–(]$")
# Heads and page numbers stand in this share of the page, above and below.
MARGIN = 0.085
REPEATED = 3
RUNNING = ("P", "LI", "LBody", "TD", "Note")
SHOWN = 60


@dataclass(frozen=True)
class Finding:
    """Something wrong, by the key of the check that found it, in a sentence."""

    check: str
    words: Sentence


def findings(pdf: pikepdf.Pdf) -> list[Finding]:
    """Everything that the checks find, in their order."""
    reading = read(pdf)
    if reading.root is None:
        return [Finding("structure", said(_("The PDF has no structure; it cannot be read aloud.")))]
    return [Finding(key, words) for key, (_title, check) in CHECKS.items() for words in check(reading)]


def _all(reading: Reading, *tags: str) -> list[Part]:
    return [part for part in reading.root.walk() if part.tag in tags] if reading.root else []


def _on(part: Part) -> int:
    """The page a part begins on, from 1."""
    return min(part.pages(), default=0) + 1


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _language(reading: Reading) -> Iterator[Sentence]:
    if not LANGUAGE.fullmatch(reading.language):
        yield said(_("The document does not say in which language it is."))
    for part in reading.root.walk() if reading.root else ():
        if part.language and not LANGUAGE.fullmatch(part.language):
            yield said(_("A part on page %(page)s names a language that does not exist."), page=_on(part))


def _order(reading: Reading) -> Iterator[Sentence]:
    levels = [(int(found[1]), part) for part in _headings(reading) if (found := _level(part))]
    if levels and levels[0][0] != 1:
        yield said(_("The first heading is not of the first order."))
    for (before, _part), (after, part) in pairwise(levels):
        if after > before + 1:
            yield said(_("The heading “%(words)s” skips an order."), words=_short(part.text))
    for heading in _headings(reading):
        if any(part.tag in (*RUNNING, "Div", "Sect") for part in list(heading.walk())[1:]):
            yield said(_("The heading “%(words)s” has paragraphs in it."), words=_short(heading.text))
    told = [part for part in blocks(reading.root, notes=False) if part.pages()] if reading.root else []
    for before_part, part in pairwise(told):
        if _on(part) < _on(before_part):
            words: dict[str, Any] = {"page": _on(part), "words": _short(part.text)}
            yield said(_("“%(words)s” on page %(page)s is read after words of a later page."), **words)


def _headings(reading: Reading) -> list[Part]:
    return _all(reading, *(f"H{level}" for level in range(1, 7)))


def _level(part: Part) -> re.Match[str] | None:
    return HEADING.fullmatch(part.tag)


def _heads(reading: Reading) -> Iterator[Sentence]:
    seen: dict[tuple[int, str], set[int]] = defaultdict(set)
    for mark in reading.root.marks() if reading.root else ():
        if mark.words.strip() and _in_margin(mark, reading.heights):
            seen[round(mark.y), re.sub(r"\d+", "#", mark.words.strip())].add(mark.page)
    for (_y, words), pages in sorted(seen.items()):
        if len(pages) >= REPEATED:
            told: dict[str, Any] = {"words": _short(words), "count": len(pages)}
            yield said(
                _("“%(words)s” stands in the margin of %(count)s pages and is read out on each."), **told
            )
    for table in _all(reading, "Table"):
        if sum(part.tag == "THead" for part in table.parts) > 1:
            yield said(
                _("The head of the table on page %(page)s is read again on its next page."), page=_on(table)
            )


def _in_margin(mark: Mark, heights: list[float]) -> bool:
    share = mark.y / heights[mark.page]
    return share < MARGIN or share > 1 - MARGIN


def _joined(reading: Reading) -> Iterator[Sentence]:
    for before, after in pairwise(_units(reading.root)):
        if not before.pages() or not after.pages() or max(before.pages()) >= min(after.pages()):
            continue
        words: dict[str, Any] = {"page": max(before.pages()) + 1, "words": _short(_last_words(before))}
        same = before.tag == after.tag
        if same and before.tag in RUNNING and _goes_on(before, after):
            yield said(
                _("The paragraph “%(words)s” ends with page %(page)s and begins anew on the next."), **words
            )
        elif same and before.tag == "L":
            yield said(_("The list that page %(page)s ends with begins anew on the next."), **words)
        elif same and before.tag == "Table" and _same_head(before, after):
            yield said(_("The table that page %(page)s ends with begins anew on the next."), **words)


def _units(part: Part | None) -> Iterator[Part]:
    """Lists, tables and blocks of words, one after the other."""
    for kid in part.parts if part else ():
        if kid.tag in ("L", "Table", "Note", "Figure") or not kid.parts or kid.tag in ("P", "LBody", "TD"):
            yield kid
        else:
            yield from _units(kid)


def _goes_on(before: Part, after: Part) -> bool:
    text = "".join(mark.words for mark in before.marks())
    if text.endswith(SOFT_HYPHEN):
        return True
    return bool(UNFINISHED.search(before.text)) and after.text[:1].islower()


def _last_words(part: Part) -> str:
    return part.text[-SHOWN:]


def _same_head(before: Part, after: Part) -> bool:
    heads = [[part.text for part in table.parts if part.tag == "THead"] for table in (before, after)]
    return not heads[1] or heads[0] == heads[1]


def _figures(reading: Reading) -> Iterator[Sentence]:
    for figure in _all(reading, "Figure"):
        if not figure.alternative.strip():
            yield said(_("The picture on page %(page)s has no alternative text."), page=_on(figure))
    for part in reading.root.walk() if reading.root else ():
        for kid in part.parts:
            if kid.tag == "Caption" and part.tag not in ("Figure", "Table", "L", "TOC"):
                words: dict[str, Any] = {"words": _short(kid.text), "page": _on(kid)}
                yield said(_("The caption “%(words)s” on page %(page)s is apart from its picture."), **words)


def _tables(reading: Reading) -> Iterator[Sentence]:
    for table in _all(reading, "Table"):
        cells = [part for part in table.walk() if part.tag == "TH"]
        if not cells:
            yield said(_("The table on page %(page)s has no header cells."), page=_on(table))
        for cell in cells:
            if not cell.scope:
                words: dict[str, Any] = {"words": _short(cell.text), "page": _on(cell)}
                yield said(
                    _("The header cell “%(words)s” on page %(page)s does not say what it heads."), **words
                )


def _notes(reading: Reading) -> Iterator[Sentence]:
    """Each note follows the words that call it, before anything else is read."""
    names = Counter(note.identifier for note in _all(reading, "Note"))
    if any(not name or count > 1 for name, count in names.items()):
        yield said(_("Footnotes have no names of their own."))
    waiting = 0
    for part in reading.root.walk() if reading.root else ():
        if part.tag == "Reference":
            waiting += 1
        elif part.tag == "Note":
            if not waiting:
                yield said(
                    _("A footnote on page %(page)s is read where nothing refers to it."), page=_on(part)
                )
            waiting = max(waiting - 1, 0)
        elif waiting and (part.tag in ("Sect", "Art", "Table") or _level(part)):
            yield said(
                _("A footnote is not read after the words that refer to it (page %(page)s)."), page=_on(part)
            )
            waiting = 0


def _links(reading: Reading) -> Iterator[Sentence]:
    for link in _all(reading, "Link"):
        if not link.links:
            yield said(_("The words “%(words)s” are named a link and lead nowhere."), words=_short(link.text))
        elif not link.text and not link.alternative:
            yield said(_("A link on page %(page)s has no words."), page=_on(link))


def _letters(reading: Reading) -> Iterator[Sentence]:
    for number, page in enumerate(reading.pages, 1):
        if page.loose.strip():
            yield said(_("Page %(page)s has words that are read to nobody."), page=number)
        if any(_unreadable(mark.words) for mark in page.marks.values()):
            yield said(_("Page %(page)s has letters that cannot be read aloud or copied."), page=number)
    if reading.root and any(mark.number < 0 for mark in reading.root.marks()):
        yield said(_("The structure names words that stand on no page."))


def _unreadable(text: str) -> bool:
    return "\ufffd" in text or any("\ue000" <= letter <= "\uf8ff" for letter in text)


Check = Callable[[Reading], Iterator[Sentence]]
# In the order they are told. Titles say what is so when nothing is found.
CHECKS: dict[str, tuple[str, Check]] = {
    "language": (_("The document and its parts say in which language they are."), _language),
    "order": (_("Headings and pages are read in order."), _order),
    "heads": (
        _("Running heads, page numbers and repeated table heads are not read."),
        _heads,
    ),
    "joined": (_("Paragraphs, lists and tables that go over pages are read as one."), _joined),
    "figures": (_("Every picture has an alternative text and its caption."), _figures),
    "tables": (_("Every table has header cells that say what they head."), _tables),
    "notes": (_("Footnotes are read after the words that refer to them."), _notes),
    "links": (_("Every link has words and leads somewhere."), _links),
    "letters": (_("Every word can be read aloud and copied."), _letters),
}
