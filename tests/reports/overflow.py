"""What is wrong with a layout, found by measuring its boxes rather than by looking.

WeasyPrint's boxes have no public interface; its version is pinned exactly, and a new one shows here at once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any

from weasyprint import Document
from weasyprint.formatting_structure import boxes

SLACK = 1.0  # CSS pixels
HEADINGS = {"h1", "h2", "h3", "h4"}
FEW_LINES = 3


@dataclass(frozen=True)
class Seen:
    """A piece of text or a picture on a page, and what it stands in."""

    box: Any
    inside: tuple[Any, ...]

    @property
    def words(self) -> str:
        return getattr(self.box, "text", "") or str(self.box.element_tag)

    @property
    def area(self) -> tuple[float, float, float, float]:
        return (
            self.box.position_x,
            self.box.position_y,
            self.box.position_x + self.box.width,
            self.box.position_y + self.box.height,
        )

    @property
    def holder(self) -> Any:
        """The block, cell or column that has to hold it; the page, where it is placed by hand."""
        if any(each.style["position"] == "absolute" for each in self.inside):
            return self.inside[0]
        return next(each for each in reversed(self.inside) if isinstance(each, boxes.BlockContainerBox))

    def within(self, *tags: str) -> bool:
        return any(each.element_tag in tags for each in self.inside)


def findings(document: Document) -> list[str]:
    """Sentences, each with the page; none if nothing is wrong."""
    pages = [page._page_box for page in document.pages]
    found = _torn(pages) + [
        f"page {number}: {words}"
        for number, page in enumerate(pages, 1)
        for words in _page(page, cover=number == 1)
    ]
    return found + [
        f"page {number}: ends with “{last.words}”, which belongs to what follows"
        for number, (page, after) in enumerate(pairwise(pages), 1)
        if (last := _last(page)) and last.within(*HEADINGS, "thead") and _goes_on(after)
    ]


def _torn(pages: list[Any]) -> list[str]:
    """Rows and remarks in the margin that begin on one page and go on, or stand again, on the next."""
    seen: dict[int, int] = {}
    return [
        f"page {number}: goes on with a {each.box.element_tag} of page {number - 1}"
        for number, page in enumerate(pages, 1)
        for each in walk(page)
        if _in_one_piece(each) and seen.setdefault(id(each.box.element), number) != number
    ]


def _in_one_piece(seen: Seen) -> bool:
    if seen.box.element is None or _on_margin(seen):
        return False
    if isinstance(seen.box, boxes.TableRowBox):
        return not seen.inside[-1].is_header
    marginal = seen.box.style["position"] == "absolute" or seen.box.style["float"] == "left"
    return marginal or "aside" in (seen.box.element.get("class") or "")


def _page(page: Any, *, cover: bool) -> Iterator[str]:
    text = [seen for seen in _texts(page) if not _on_margin(seen)]
    yield from (f"“{seen.words}” leaves its column" for seen in text if _leaves(seen, seen.holder))
    if cover:
        return
    yield from (f"“{seen.words}” leaves the page’s text" for seen in text if _leaves(seen, page, down=True))
    yield from (
        f"a picture is larger than its column ({seen.words})"
        for seen in _pictures(page)
        if _leaves(seen, seen.holder) or _leaves(seen, page, down=True)
    )
    yield from (f"“{one.words}” lies on “{other.words}”" for one, other in _overlaps(text))
    if len({round(seen.box.position_y) for seen in text}) < FEW_LINES and not list(_pictures(page)):
        yield "has hardly a line of text"


def walk(box: Any, inside: tuple[Any, ...] = ()) -> Iterator[Seen]:
    """A box and all in it, each with what it stands in."""
    yield Seen(box, inside)
    for child in getattr(box, "children", ()):
        yield from walk(child, (*inside, box))


def _texts(page: Any) -> list[Seen]:
    """Words; not the bullets, which hang outside their list."""
    return [
        seen
        for seen in walk(page)
        if isinstance(seen.box, boxes.TextBox)
        and seen.box.text.strip()
        and not str(seen.box.element_tag).endswith("::marker")
    ]


def _pictures(page: Any) -> Iterator[Seen]:
    for seen in walk(page):
        if isinstance(seen.box, boxes.ReplacedBox):
            yield seen


def _on_margin(seen: Seen) -> bool:
    return any(isinstance(each, boxes.MarginBox) for each in seen.inside)


def _leaves(seen: Seen, holder: Any, *, down: bool = False) -> bool:
    left, top, right, bottom = seen.area
    start, high = holder.padding_box_x(), holder.padding_box_y()
    outside = left < start - SLACK or right > start + holder.padding_width() + SLACK
    if down:
        outside = outside or top < high - SLACK or bottom > high + holder.padding_height() + SLACK
    return outside


def _overlaps(text: list[Seen]) -> Iterator[tuple[Seen, Seen]]:
    """Pairs of words that lie on each other; the middle of their lines only, as lines may touch."""
    for one, other in combinations(sorted(text, key=lambda seen: seen.box.position_y), 2):
        (left, top, right, bottom), (left2, top2, right2, bottom2) = _middle(one), _middle(other)
        if min(right, right2) - max(left, left2) > SLACK and min(bottom, bottom2) > max(top, top2):
            yield one, other


def _middle(seen: Seen) -> tuple[float, float, float, float]:
    left, top, right, bottom = seen.area
    quarter = (bottom - top) / 4
    return left, top + quarter, right, bottom - quarter


def _last(page: Any) -> Seen | None:
    shown = [*(seen for seen in _texts(page) if not _on_margin(seen)), *_pictures(page)]
    return max(shown, key=lambda seen: seen.box.position_y, default=None)


def _goes_on(page: Any) -> bool:
    """Whether a page continues a chapter, rather than opening one."""
    first = min(
        (seen for seen in _texts(page) if not _on_margin(seen)),
        key=lambda seen: (seen.box.position_y, seen.box.position_x),
        default=None,
    )
    return first is not None and not first.within("h1")
