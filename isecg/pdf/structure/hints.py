"""Which element of the HTML each tag was made from, noted down while WeasyPrint makes its tags."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pydyf
from weasyprint.css import AnonymousStyle
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf import tags as weasy

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class Hint:
    """What is known of the box behind a tag. `node` is the same for all pieces of one element."""

    node: int
    name: str
    anonymous: bool
    block: bool
    language: str = ""
    scope: str = ""
    role: str = ""


@dataclass
class Told:
    """What was noted down for a PDF: hints by number of the tag's object, texts by page and mark."""

    hints: dict[int, Hint] = field(default_factory=dict)
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    hyphens: dict[tuple[int, int], str] = field(default_factory=dict)
    nodes: dict[int, int] = field(default_factory=dict)


def of(pdf: pydyf.PDF) -> Told:
    """What was noted down for this PDF."""
    if not hasattr(pdf, "told"):
        pdf.told = Told()
    return pdf.told


def install() -> None:
    """Listen to WeasyPrint's tagging, once a process."""
    if weasy._build_box_tree is not _listening:
        weasy._build_box_tree = _listening


_original = weasy._build_box_tree


def _listening(
    box: Any, parent: Any, pdf: pydyf.PDF, page: int, nums: Any, annotations: Any, tags: dict[Any, Any]
) -> Iterator[Any]:
    seen = box._box if isinstance(box, AbsolutePlaceholder) else box
    told = of(pdf)
    _note_texts(seen, page, tags, told)
    for element in _original(box, parent, pdf, page, nums, annotations, tags):
        if element.number not in told.hints:
            told.hints[element.number] = _hint(seen, told)
        yield element


def _note_texts(box: Any, page: int, tags: dict[Any, Any], told: Told) -> None:
    for child in getattr(box, "children", ()):
        for inner in child.children if isinstance(child, boxes.LineBox) else (child,):
            if isinstance(inner, boxes.TextBox) and inner in tags:
                place = (page, tags[inner]["mcid"])
                told.texts[place] = inner.text
                if inner.text.endswith(inner.style["hyphenate_character"]):
                    told.hyphens[place] = inner.style["hyphenate_character"]


def _hint(box: Any, told: Told) -> Hint:
    element = box.element
    if element is None:
        return Hint(0, "", True, True)
    node = told.nodes.setdefault(id(element), len(told.nodes) + 1)
    anonymous = isinstance(box.style, AnonymousStyle) and not getattr(box, "is_table_wrapper", False)
    block = not isinstance(box, boxes.InlineLevelBox)
    name = str(box.element_tag)
    language = element.get(LANGUAGE) or element.get("lang") or ""
    return Hint(node, name, anonymous, block, language, element.get("scope") or "", element.get("role") or "")
