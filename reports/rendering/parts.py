"""A copy of a report in parts: which chapters stand together."""

import re
from collections.abc import Callable

from isecg.canonical import Content
from isecg.pdf.fragments import Fragment
from reports.models import Rendering
from reports.pdf import document
from reports.pdf.chapters import Chapter, chapters
from reports.pdf.printed import Printed
from reports.rendering.work import Order, lay_out

# What a document says of itself is said when its parts are joined: no part differs by when it was made.
ABOUT = re.compile(r'\s*<meta name="[^"]*" content="[^"]*">')
PHOTOGRAPH = re.compile(r"portal:photograph/([0-9a-f]{64})")
Tell = Callable[[float], None]
LayOut = Callable[[Rendering, list[Order], Tell], list[Fragment]]


def laid_out(rendering: Rendering, printed: Printed, tell: Tell, lay_out: LayOut = lay_out) -> list[Fragment]:
    """The parts of a copy, in order; numbers of pages in them are left open.

    `lay_out` may be another one, that keeps nothing and shares with nobody. Raises CannotRender.
    """
    around = document.framed(printed)
    orders = [_order(printed, group, around) for group in together(chapters(printed))]
    return lay_out(rendering, orders, tell)


def together(told: list[Chapter]) -> list[list[Chapter]]:
    """Chapters in the parts they are laid out in: each with those that follow on its page."""
    found: list[list[Chapter]] = []
    for chapter in told:
        if chapter.follows and found:
            found[-1].append(chapter)
        else:
            found.append([chapter])
    return found


def _order(printed: Printed, group: list[Chapter], around: Content) -> Order:
    html = ABOUT.sub("", document.fragment(printed, group, around))
    return Order(group[0].key, printed.variant.paper, html, sorted(set(PHOTOGRAPH.findall(html))))
