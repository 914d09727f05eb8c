"""Words in drawings, set as a line: as it comes, WeasyPrint sets each letter of an SVG text by itself.

That is slow, loses kerning, and tears apart the scripts whose letters join. Its version is pinned exactly.
"""

from typing import Any

from weasyprint import svg as weasy

# With these WeasyPrint has to place letters one by one; no drawing of the portal has them.
PLACED = {"dx", "dy", "rotate", "letter-spacing", "textLength"}


class Line(str):
    """Words whose only letter, when they are gone through, is all of them."""

    __slots__ = ()

    def __iter__(self) -> Any:
        yield str(self)


def install() -> None:
    """Draw words of SVG pictures line by line, once a process."""
    if weasy.text is not _text:
        weasy.text = _text
        weasy.TAGS |= {tag: _text for tag, draw in weasy.TAGS.items() if draw is _original}


_original = weasy.text


def _text(picture: Any, node: Any, font_size: float) -> None:
    if node.text and not PLACED & node.attrib.keys():
        node._etree_node.text = Line(node.text)
    _original(picture, node, font_size)
