"""The text of a recommendation as people read it: for the page, the PDF and its twin alike.

Each paragraph has its permanent key as id (`p7`), so that links to it hold in every revision, and shows
the number it has in this one.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from isecg import markdown
from recommendations.lineage import Keyed
from recommendations.models import Revision, Role
from recommendations.queries.texts import keyed

HEADINGS = (Role.TITLE, Role.HEADING)
TOP = 2  # the page's own heading is the first
DEEPEST = 5


@dataclass(frozen=True)
class Shown:
    """A paragraph to show. `heading` is its level among the page's headings, 0 for what is none."""

    key: str
    number: str
    role: Role
    level: int
    html: SafeString
    heading: int = 0

    @property
    def place(self) -> str:
        """What people call it: its number, or what it is."""
        return self.number or str(self.role.label)


def paragraphs(revision: Revision) -> list[Shown]:
    """The paragraphs of a revision, in order. One query, none where `paragraphs` are prefetched."""
    return shown(keyed(revision.paragraphs.all()))


def shown(parts: Iterable[Keyed]) -> list[Shown]:
    """Paragraphs as they are shown. Headings nest as their levels do and leave none out, wherever a text
    begins: one without a title has its sections where another has its title."""
    listed, above = [], list[int]()
    for part in parts:
        heading = 0
        if part.role in HEADINGS:
            above = [*(level for level in above if level < part.level), part.level]
            heading = min(TOP + len(above) - 1, DEEPEST)
        listed.append(Shown(part.key, part.number, part.role, part.level, html(part), heading))
    return listed


def html(part: Keyed) -> SafeString:
    """The words of one paragraph as safe HTML."""
    return markdown.inline(part.text) if part.role in HEADINGS else markdown.render(part.text)
