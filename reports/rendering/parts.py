"""A copy of a report in parts: which chapters stand together, and which wait for the numbers of pages."""

import json
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.core.files.storage import default_storage

from isecg.canonical import Content
from isecg.pdf.fragments import Fragment
from isecg.pdf.join import CannotJoin, pages_of
from reports.models import Rendering
from reports.pdf import document
from reports.pdf.chapters import Chapter, chapters
from reports.pdf.printed import Printed
from reports.rendering.work import FOLDER, Order, lay_out

ROUNDS = 4
# What a document says of itself is said when its parts are joined: no part differs by when it was made.
ABOUT = re.compile(r'\s*<meta name="[^"]*" content="[^"]*">')
PHOTOGRAPH = re.compile(r"portal:photograph/([0-9a-f]{64})")
WAITING = re.compile(r'class="[^"]*\bpage-of\b')
Tell = Callable[[float], None]
LayOut = Callable[[Rendering, list[Order], Tell], list[Fragment]]


def laid_out(rendering: Rendering, printed: Printed, tell: Tell, lay_out: LayOut = lay_out) -> list[Fragment]:
    """The parts of a copy, in order and with the right numbers of pages in them.

    `lay_out` may be another one, that keeps nothing and shares with nobody.
    Contents and lists that name pages are laid out last, again if that moves a page. Raises CannotRender, and
    CannotJoin when the numbers do not come to rest.
    """
    groups, around = together(chapters(printed)), document.framed(printed)
    drafts = [_order(printed, group, around) for group in groups]
    waiting = [place for place, draft in enumerate(drafts) if WAITING.search(draft.html)]
    firm = [place for place in range(len(drafts)) if place not in waiting]
    made = lay_out(rendering, [drafts[place] for place in firm], tell)
    parts = dict(zip(firm, made, strict=True)) | {
        place: _expected(printed, groups[place]) for place in waiting
    }
    for _round in range(ROUNDS):
        pages = _pages(parts)
        orders = [_order(printed, groups[place], around, pages) for place in waiting]
        parts |= dict(zip(waiting, lay_out(rendering, orders, lambda _share: None), strict=True))
        if _pages(parts) == pages:
            break
    else:
        raise CannotJoin("the numbers of pages do not come to rest")
    for place in waiting:
        _expect(printed, groups[place], parts[place])
    return [part for _place, part in sorted(parts.items())]


def together(told: list[Chapter]) -> list[list[Chapter]]:
    """Chapters in the parts they are laid out in: each with those that follow on its page."""
    found: list[list[Chapter]] = []
    for chapter in told:
        if chapter.follows and found:
            found[-1].append(chapter)
        else:
            found.append([chapter])
    return found


def _order(
    printed: Printed, group: list[Chapter], around: Content, pages: dict[str, int] | None = None
) -> Order:
    html = ABOUT.sub("", document.fragment(printed, group, pages, around))
    return Order(group[0].key, printed.variant.paper, html, sorted(set(PHOTOGRAPH.findall(html))))


def _expected(printed: Printed, group: list[Chapter]) -> Fragment:
    """A part that waits, as it was the last time; else its chapters are taken to begin on its only page.

    A wrong guess costs one more layout of the lists that name pages, and nothing else.
    """
    guess = {"pages": 1, "anchors": {each.key: [0, 0, 0] for each in group}}
    with suppress(OSError, ValueError):
        guess = json.loads(_memory(printed, group).read_text())
    return Fragment(guess, b"")


def _expect(printed: Printed, group: list[Chapter], part: Fragment) -> None:
    """Remember how a part that waits came out."""
    known = {name: part.told[name] for name in ("pages", "anchors")}
    if _expected(printed, group).told != known:
        memory = _memory(printed, group)
        memory.parent.mkdir(parents=True, exist_ok=True)
        memory.write_text(json.dumps(known))


def _memory(printed: Printed, group: list[Chapter]) -> Path:
    variant = printed.variant
    name = f"{printed.year}-{variant.language}-{variant.paper}-{group[0].key}.pages"
    return Path(default_storage.path(f"{FOLDER}/{name}"))


def _pages(parts: dict[int, Fragment]) -> dict[str, int]:
    return pages_of([part for _place, part in sorted(parts.items())])
