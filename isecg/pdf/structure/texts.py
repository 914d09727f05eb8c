"""Words in the tags that words belong into: paragraphs, lists, contents, quotations."""

import re
from typing import TypeGuard

import pydyf
from weasyprint import Document

from isecg.pdf.structure.hints import Hint, Told
from isecg.pdf.structure.notes import CALL
from isecg.pdf.structure.tree import Element, Piece

INLINE = {"Link", "Span", "Reference", "Quote", "Lbl", "Formula"}
GROUPS = {"Document", "Part", "Art", "Sect", "Div", "BlockQuote"}
SOFT_HYPHEN = "\u00ad"
# Hyphens and spaces that fonts draw alike.
PLAIN = str.maketrans({"\u2010": "-", SOFT_HYPHEN: "-", "\u00a0": " "})
# A glyph that is no letter (a dot of Arabic, half a vowel of Thai) has to mean something: nothing seen.
NOTHING_SEEN = "\u200b"
MEANS_NOTHING = re.compile(rb"<>(?=\s*$)", re.MULTILINE)
SHARED = re.compile(rb"<(2010|00ad|00a0)>(?=\s*$)", re.MULTILINE)
# Hebrew, Arabic, the scripts of India, Thai, Lao, Burmese, Khmer: letters are drawn in another order than
# they are written, are joined into one glyph, or have glyphs (a dot below, a vowel) that are no letter.
DRAWN_OTHERWISE = re.compile(r"[\u0590-\u109f\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufeff]")
NAMES = {"q": "Quote", "blockquote": "BlockQuote"}
CONTENTS = "doc-toc"
HEADING = re.compile(r"H[1-6]")
WORDY = re.compile(r"P|H[1-6]|Caption|Link|Lbl|Span")
Kids = list[Element | Piece]


def arrange(element: Element, contents: bool = False) -> None:
    """Give the element and all below it the tags of what they are; changes them."""
    _name(element)
    mine = element.hint.role == CONTENTS or element.hint.name == "nav"
    for kid in element.elements:
        arrange(kid, contents or mine)
    element.kids = _telling(element)
    if element.tag == "L":
        element.kids = _entries(_flat(element)) if contents else _list(element)
        element.tag = "TOC" if contents else "L"
    elif element.tag == "LI":
        element.kids = _item(element)
    elif element.tag in GROUPS:
        _group(element)
        if mine:
            element.kids = _contents(element)


def _name(element: Element) -> None:
    name = element.hint.name
    if name.endswith(CALL):
        element.tag = "Reference"
    elif name in NAMES and not element.hint.anonymous:
        element.tag = NAMES[name]
    elif element.tag == "NonStruct" and name != "figure":
        element.tag = "Div" if element.hint.block else "Span"
    elif element.tag == "Span" and element.hint.block:
        element.tag = "Div"


def _telling(element: Element) -> Kids:
    """Kids without the tags that tell nothing, what is in those in their place."""
    wordy = bool(WORDY.fullmatch(element.tag))
    kids: Kids = []
    for kid in element.kids:
        if isinstance(kid, Element) and _tells_nothing(kid, element, wordy):
            kids.extend(kid.kids)
            continue
        if isinstance(kid, Element) and wordy and kid.tag in ("Div", "P"):
            kid.tag = "Span"  # words in another language; a block has no place among words
        kids.append(kid)
    return kids


def _tells_nothing(kid: Element, within: Element, wordy: bool) -> bool:
    """Emphasis, a block in a line of words, a link in the same link; not what names a language."""
    if kid.hint.language or not kid.hint.node:
        return False
    block = wordy and kid.tag in ("Div", "P")
    return block or kid.tag == "Span" or kid.tag == within.tag == "Link"


def _inline(kid: Element | Piece) -> bool:
    return isinstance(kid, Piece) or kid.tag in INLINE


def _group(element: Element) -> None:
    """Words of a block that is no paragraph become one; a block of nothing but words becomes a paragraph."""
    if element.tag == "Div" and element.kids and all(map(_inline, element.kids)):
        element.tag = "P"
        return
    kids: Kids = []
    for kid in element.kids:
        last = kids[-1] if kids else None
        if not _inline(kid):
            kids.append(kid)
        elif isinstance(last, Element) and last.source is None and last.tag == "P":
            last.kids.append(kid)
        else:
            kids.append(Element("P", Hint(0, "", True, True), [kid]))
    element.kids = kids


def _item(element: Element) -> Kids:
    """A list's item is its label and its body, and nothing else."""
    labels: Kids = [kid for kid in element.elements if kid.tag == "Lbl"]
    body = Element("LBody", Hint(0, "", True, True))
    for kid in element.kids:
        if isinstance(kid, Element) and kid.tag == "LBody":
            body.kids.extend(kid.kids)
        elif kid not in labels:
            body.kids.append(kid)
    return [*labels, body] if body.kids else labels


def _list(element: Element) -> Kids:
    """Only items in a list; terms and what is said of them are the labels and bodies of items."""
    kids: Kids = []
    for kid in _flat(element):
        term = kids[-1] if kids else None
        if _is(term, "dt") and _is(kid, "dd"):
            _say_of(term, kid)
            continue
        if _is(kid, "dt"):
            for body in kid.elements:
                body.tag = "Lbl"
        kids.append(kid)
    return kids


def _is(kid: Element | Piece | None, name: str) -> TypeGuard[Element]:
    return isinstance(kid, Element) and kid.hint.name == name


def _say_of(term: Element, said: Element) -> None:
    """Put what is said of a term into the term's item, as one body."""
    bodies = [part for part in term.elements if part.tag == "LBody"]
    if bodies:
        bodies[0].kids.extend(each for part in said.elements for each in part.kids)
    else:
        term.kids.extend(said.kids)


def _flat(element: Element) -> Kids:
    """The kids of a list, groups of terms undone."""
    kids: Kids = []
    for kid in element.kids:
        if isinstance(kid, Element) and kid.tag in ("Div", "P") and element.hint.name == "dl":
            kids.extend(_flat(kid))
        else:
            kids.append(kid)
    return kids


def _contents(element: Element) -> Kids:
    """A table of contents: below its heading, entries and lists of entries."""
    kids: Kids = []
    for kid in element.kids:
        if isinstance(kid, Element) and HEADING.fullmatch(kid.tag):
            kids.append(kid)
            continue
        last = kids[-1] if kids else None
        if not isinstance(last, Element) or last.tag != "TOC":
            last = Element("TOC", Hint(0, "", True, True))
            kids.append(last)
        last.kids.extend(_entries([kid]))
    return [_only(kid) for kid in kids]


def _only(kid: Element | Piece) -> Element | Piece:
    """A contents list of nothing but a contents list is that."""
    if (
        isinstance(kid, Element)
        and kid.tag == "TOC"
        and len(kid.elements) == 1
        and kid.elements[0].tag == "TOC"
    ):
        return kid.elements[0]
    return kid


def _entries(found: Kids) -> Kids:
    kids: Kids = []
    for kid in found:
        if isinstance(kid, Element) and kid.tag in ("LI", "P", "Div"):
            kid.kids = _opened(kid)
            kid.tag = "TOCI"
            kids.append(kid)
        elif isinstance(kid, Element) and kid.tag in ("TOC", "TOCI"):
            kids.append(kid)
        else:
            kids.append(Element("TOCI", Hint(0, "", True, True), [kid]))
    return kids


def _opened(item: Element) -> Kids:
    """What is in an item, without its body's tag."""
    kids: Kids = []
    for kid in item.kids:
        kids.extend(kid.kids if isinstance(kid, Element) and kid.tag == "LBody" else [kid])
    return kids


def spell(document: Document, pdf: pydyf.PDF, told: Told) -> None:
    """Say what the drawing leaves unsaid: the hyphen at a line's end is a soft one, a gap is a space, and
    what words in scripts are that are drawn otherwise than they are written.

    Fonts draw some letters with one glyph, and whichever came first would give it its meaning.
    """
    for page, reference in enumerate(pdf.page_references):
        contents = pdf.objects[int(pdf.objects[int(reference.split()[0])]["Contents"].split()[0])]
        for token in contents.stream:
            if isinstance(token, pydyf.Dictionary) and (place := (page, token.get("MCID"))) in told.texts:
                said = _unsaid(told.texts[place], told.hyphens.get(place, ""))
                token.update({"ActualText": pydyf.String(said)} if said else {})
    for font in document.fonts.values():
        font.to_unicode = {
            glyph: text.translate(PLAIN) or NOTHING_SEEN for glyph, text in font.to_unicode.items()
        }
    for each in pdf.objects:
        if isinstance(each, pydyf.Dictionary) and "ToUnicode" in each:
            stream = pdf.objects[int(each["ToUnicode"].split()[0])]
            stream.stream = [
                MEANS_NOTHING.sub(b"<200b>", SHARED.sub(_plain, token)) for token in stream.stream
            ]


def _unsaid(text: str, hyphen: str) -> str:
    """What a piece of a line says, where its glyphs do not say it."""
    if hyphen:
        return text.removesuffix(hyphen) + SOFT_HYPHEN
    if not text.strip():
        return " "
    return text if DRAWN_OTHERWISE.search(text) else ""


def _plain(found: re.Match[bytes]) -> bytes:
    """A line of a font's table of letters."""
    letter = chr(int(found[1], 16)).translate(PLAIN)
    return b"<%04x>" % ord(letter)
