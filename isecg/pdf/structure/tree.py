"""The structure tree as Python objects: read from what WeasyPrint made, written back."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pydyf

from isecg.pdf.structure.hints import Hint, Told

NOBODY = Hint(0, "", True, False)
PER_PIXEL = 0.75  # points


@dataclass(eq=False)
class Piece:
    """Marked content of a page, or (with `reference`) an annotation on it."""

    page: int
    mark: int = -1
    reference: bytes = b""
    annotation: bytes = b""
    text: str | None = None  # None: a picture, an annotation

    @property
    def blank(self) -> bool:
        """A space between words: WeasyPrint marks it and draws nothing."""
        return self.text is not None and not self.text.strip()


@dataclass(eq=False)
class Element:
    """A tag with what is in it, in the order it is read."""

    tag: str
    hint: Hint
    kids: list["Element | Piece"] = field(default_factory=list)
    source: Any = None  # WeasyPrint's own dictionary, where there is one
    alternative: str = ""
    identifier: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> tuple[int, str, str]:
        """The same for the pieces that page breaks make of one element."""
        return (self.hint.node, self.hint.name, self.tag)

    @property
    def elements(self) -> list["Element"]:
        return [kid for kid in self.kids if isinstance(kid, Element)]

    def walk(self) -> Iterator["Element"]:
        yield self
        for kid in self.elements:
            yield from kid.walk()

    def pieces(self) -> Iterator[Piece]:
        for kid in self.kids:
            if isinstance(kid, Piece):
                yield kid
            else:
                yield from kid.pieces()


def read(pdf: pydyf.PDF, told: Told) -> Element:
    """The Document element and all below it."""
    pages = {reference: number for number, reference in enumerate(pdf.page_references)}
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    return _element(pdf, root["K"][0], pages, told)


def _object(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _element(pdf: pydyf.PDF, reference: bytes, pages: dict[bytes, int], told: Told) -> Element:
    source = _object(pdf, reference)
    element = Element(source["S"][1:], told.hints.get(source.number, NOBODY), source=source)
    page = pages[source["Pg"]] if "Pg" in source else 0
    for kid in source["K"]:
        element.kids.append(_kid(pdf, kid, page, pages, told))
    if "Alt" in source:
        element.alternative = source["Alt"].string
    if element.tag == "Figure" and "A" in source:
        element.attributes = _figure(pdf, source["A"], page)
    if element.tag in ("TH", "TD"):
        element.attributes = {key: source["A"][key] for key in ("ColSpan", "RowSpan") if key in source["A"]}
    return element


def _kid(pdf: pydyf.PDF, kid: Any, page: int, pages: dict[bytes, int], told: Told) -> Element | Piece:
    if isinstance(kid, int):
        return Piece(page, kid, text=told.texts.get((page, kid)))
    found = _object(pdf, kid)
    if found.get("Type") == "/OBJR":
        return Piece(pages[found["Pg"]], reference=kid, annotation=found["Obj"])
    return _element(pdf, kid, pages, told)


def _figure(pdf: pydyf.PDF, attributes: Any, page: int) -> dict[str, Any]:
    """A figure's place; WeasyPrint gives it in pixels from the top, a PDF says points from the bottom."""
    left, top, right, bottom = (float(each) * PER_PIXEL for each in attributes["BBox"])
    height = float(_object(pdf, pdf.page_references[page])["MediaBox"][3])
    box = [round(each, 3) for each in (left, height - bottom, right, height - top)]
    return {"O": "/Layout", "Placement": "/Block", "BBox": pydyf.Array(box)}


def write(pdf: pydyf.PDF, root: Element, told: Told) -> None:
    """Make `root` the structure of the PDF; marked content that is in it nowhere becomes an artifact."""
    top = _object(pdf, pdf.catalog["StructTreeRoot"])
    old = {element.number for element in map(pdf.objects.__getitem__, _all(pdf))}
    owners: dict[tuple[int, int], bytes] = {}
    annotations: dict[bytes, bytes] = {}
    kept = _write(pdf, root, top.reference, owners, annotations)
    for number in old - kept:
        pdf.objects[number].free = "f"
    _parents(pdf, _object(pdf, top["ParentTree"]), owners, annotations)
    _artifacts(pdf, owners)
    _names(top, root)


def _all(pdf: pydyf.PDF) -> list[int]:
    return [
        each.number
        for each in pdf.objects
        if isinstance(each, pydyf.Dictionary) and each.get("Type") == "/StructElem"
    ]


def _write(
    pdf: pydyf.PDF,
    element: Element,
    parent: bytes,
    owners: dict[tuple[int, int], bytes],
    annotations: dict[bytes, bytes],
) -> set[int]:
    source = element.source
    if source is None:
        element.source = source = pydyf.Dictionary({"Type": "/StructElem"})
        pdf.add_object(source)
    kept = {source.number}
    own = next((kid.page for kid in element.kids if isinstance(kid, Piece)), None)
    source.update(S=f"/{element.tag}", P=parent, K=pydyf.Array())
    _say(pdf, element, own)
    for kid in element.kids:
        if isinstance(kid, Element):
            kept |= _write(pdf, kid, source.reference, owners, annotations)
            source["K"].append(kid.source.reference)
        elif kid.reference:
            annotations[kid.annotation] = source.reference
            source["K"].append(kid.reference)
        else:
            owners[kid.page, kid.mark] = source.reference
            source["K"].append(kid.mark if kid.page == own else _elsewhere(pdf, kid))
    return kept


def _say(pdf: pydyf.PDF, element: Element, page: int | None) -> None:
    """What the element says of itself, beside what is in it."""
    source = element.source
    for key in ("A", "Alt", "ID", "Lang", "Pg"):
        source.pop(key, None)
    if page is not None:
        source["Pg"] = pdf.page_references[page]
    if element.attributes:
        source["A"] = pydyf.Dictionary(element.attributes)
    if element.alternative:
        source["Alt"] = pydyf.String(element.alternative)
    if element.identifier:
        source["ID"] = pydyf.String(element.identifier)
    if element.hint.language and element.tag != "Document":
        source["Lang"] = pydyf.String(element.hint.language)


def _elsewhere(pdf: pydyf.PDF, piece: Piece) -> pydyf.Dictionary:
    return pydyf.Dictionary({"Type": "/MCR", "Pg": pdf.page_references[piece.page], "MCID": piece.mark})


def _parents(
    pdf: pydyf.PDF, tree: Any, owners: dict[tuple[int, int], bytes], annotations: dict[bytes, bytes]
) -> None:
    """The tree by which a reader finds the tag of what it sees on a page."""
    tree["Nums"] = nums = pydyf.Array()
    for page, reference in enumerate(pdf.page_references):
        marks = [mark for number, mark in owners if number == page]
        mine = [owners.get((page, mark), "null") for mark in range(max(marks, default=-1) + 1)]
        nums.extend([_object(pdf, reference)["StructParents"], pydyf.Array(mine)])
    for number, (annotation, owner) in enumerate(annotations.items(), len(pdf.page_references)):
        _object(pdf, annotation)["StructParent"] = number
        nums.extend([number, owner])


def _artifacts(pdf: pydyf.PDF, owners: dict[tuple[int, int], bytes]) -> None:
    """Running heads, page numbers, repeated table heads: seen, but read to nobody."""
    for page, reference in enumerate(pdf.page_references):
        tokens = _object(pdf, _object(pdf, reference)["Contents"]).stream
        for at, token in enumerate(tokens):
            if (
                isinstance(token, pydyf.Dictionary)
                and "MCID" in token
                and (page, token["MCID"]) not in owners
            ):
                token.clear()
                token["Type"] = "/Pagination"
                tokens[at - 1] = "/Artifact"


def _names(top: Any, root: Element) -> None:
    """Elements that have a name, findable by it."""
    named = sorted((each.identifier, each.source.reference) for each in root.walk() if each.identifier)
    top.pop("IDTree", None)
    if named:
        flat = [part for name, reference in named for part in (pydyf.String(name), reference)]
        top["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(flat)})
