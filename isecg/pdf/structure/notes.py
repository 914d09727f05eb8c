"""Footnotes: each right after the words it belongs to, with a name of its own."""

from isecg.pdf.structure.hints import Hint
from isecg.pdf.structure.joining import join
from isecg.pdf.structure.tree import Element, Piece

CALL, MARKER = "::footnote-call", "::footnote-marker"
# What holds blocks; a note goes in here, behind the block that calls it.
HOLDERS = ("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "LBody", "TD", "TH", "Note", "TOCI")


def taken_out(root: Element) -> list[Element]:
    """The footnotes, taken from the feet of the pages."""
    called = {each.hint.node for each in root.walk() if each.hint.name.endswith(CALL)}
    found: list[Element] = []

    def look(element: Element) -> None:
        kept: list[Element | Piece] = []
        for kid in element.kids:
            own = isinstance(kid, Element) and kid.hint.node in called and "::" not in kid.hint.name
            if own and isinstance(kid, Element) and not kid.hint.anonymous:
                found.append(kid)
                continue
            if isinstance(kid, Element):
                look(kid)
            kept.append(kid)
        element.kids = kept

    look(root)
    return found


def joined(found: list[Element]) -> list[Element]:
    """The notes in one piece each."""
    holder = Element("Document", Hint(0, "", True, True), list(found))
    join(holder)
    for note in holder.elements:
        note.tag = "Note"
        note.identifier = f"note-{note.hint.node}"
        for each in note.walk():
            if each.hint.name.endswith(MARKER):
                each.tag = "Lbl"
    return holder.elements


def put_back(root: Element, found: list[Element]) -> None:
    """Each note behind the block that calls it; changes `root`."""
    waiting = {note.hint.node: note for note in found}

    def look(element: Element) -> list[Element]:
        """The notes called in an element that cannot hold them itself."""
        carried: list[Element] = []
        kids: list[Element | Piece] = []
        for kid in element.kids:
            kids.append(kid)
            if isinstance(kid, Piece):
                continue
            own = waiting.pop(kid.hint.node, None) if kid.hint.name.endswith(CALL) else None
            mine = [*([own] if own else []), *look(kid)]
            if element.tag in HOLDERS and kid.tag != "Reference":
                kids.extend(mine)
            else:
                carried.extend(mine)
        if element.tag in HOLDERS:
            kids.extend(carried)
            carried = []
        element.kids = kids
        return carried

    root.kids.extend([*look(root), *waiting.values()])
