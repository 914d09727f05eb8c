"""Pieces of one element that page, column and line breaks have made, made one again."""

from isecg.pdf.structure.tree import Element, Piece

# What may be empty and still says something: a cell without words keeps the columns in order.
KEPT_EMPTY = ("TD", "TH", "Document")
# Layout makes these boxes where the HTML has none, and they do mean something.
KEPT_ANONYMOUS = ("LBody", "Lbl", "TR", "TH", "TD", "TBody", "Table", "Document")


def dissolve(element: Element) -> None:
    """Boxes that stand for nothing in the HTML go; what is in them stays, in their place."""
    kids: list[Element | Piece] = []
    for kid in element.kids:
        if isinstance(kid, Piece):
            kids.append(kid)
            continue
        dissolve(kid)
        text = kid.tag == "Span" and kid.source is not None and not kid.hint.node
        if text or (kid.hint.anonymous and kid.tag not in KEPT_ANONYMOUS):
            kids.extend(kid.kids)
        else:
            kids.append(kid)
    element.kids = kids


def join(element: Element) -> None:
    """Make one of all pieces of an element that have the same parent, from the top down."""
    known: dict[tuple[int, str, str], Element] = {}
    kids: list[Element | Piece] = []
    for kid in element.kids:
        if isinstance(kid, Piece):
            kids.append(kid)
            continue
        first = _before(kids, kid) if kid.hint.anonymous else known.get(kid.key)
        if first is None:
            known[kid.key] = kid
            kids.append(kid)
        else:
            _fuse(first, kid)
    element.kids = kids
    for each in element.elements:
        join(each)


def _before(kids: list[Element | Piece], kid: Element) -> Element | None:
    """The piece that an anonymous box continues: the one just before it, on an earlier page."""
    last = kids[-1] if kids else None
    if not isinstance(last, Element) or not last.hint.anonymous or last.key != kid.key:
        return None
    pages = [piece.page for piece in last.pieces()]
    following = [piece.page for piece in kid.pieces()]
    return last if pages and following and max(pages) < min(following) else None


def _fuse(first: Element, more: Element) -> None:
    """Put the kids of a later piece behind those of the first; a table's head is read once only."""
    there = {each.key for each in first.elements}
    for kid in more.kids:
        repeated = isinstance(kid, Element) and kid.tag == "THead" and kid.key in there
        if isinstance(kid, Element) and kid.tag == "TFoot" and kid.key in there:
            first.kids = [each for each in first.kids if not isinstance(each, Element) or each.key != kid.key]
        if not repeated:
            first.kids.append(kid)


def _blank(kid: Element | Piece) -> bool:
    return isinstance(kid, Piece) and kid.blank


def prune(element: Element) -> None:
    """Drop what has nothing in it, and spaces that stand between no words."""
    for kid in element.elements:
        prune(kid)
    while element.kids and _blank(element.kids[0]):
        del element.kids[0]
    while element.kids and _blank(element.kids[-1]):
        del element.kids[-1]
    element.kids = [
        kid for kid in element.kids if isinstance(kid, Piece) or kid.kids or kid.tag in KEPT_EMPTY
    ]
