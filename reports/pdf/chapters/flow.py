"""How far down the page a part has come, estimated in lines: a picture goes where it leaves no hole.

A picture that does not fit the rest of a page moves to the next, and the page would stay half empty: nothing
flows past it. So it is put behind the first paragraph behind which it has room, or cut a little.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

LINES = {"a4": 45, "letter": 42}
LETTERS = 72  # on a line of the text's column
TITLE = 58  # on a line of a highlight's heading
LEAST = 0.75  # of a picture's height stays at least
SPARE = 1  # lines, since all of this is estimated
LINKS = 2  # lines of what a highlight links to
NOTE, RULE = 90, 2  # letters on a line of a note; lines of the rule above the first and the space around it
NOTE_LINE = 10 / 15
ENDS = re.compile(r"</(?:p|li)>")
NOTES = re.compile(r'<span class="footnote">.*?</span>', re.S)
TAGS = re.compile(r"<[^>]+>")


@dataclass
class Flow:
    """`at` is how many of the page's lines are taken, `notes` how many at its foot, `own` how many of these
    belong to the text that stands now, and go with it to the next page."""

    paper: str
    at: int = 0
    notes: int = 0
    own: int = 0

    @property
    def room(self) -> int:
        return LINES[self.paper] - self.at - self.notes

    def text(self, lines: int) -> None:
        """Text that goes on over pages."""
        if lines > self.room:
            lines -= max(self.room, 0)
            self._turn()
        self.at += lines % LINES[self.paper]

    def block(self, lines: int) -> None:
        """What stands on one page."""
        if lines > self.room:
            self._turn()
        self.at += lines

    def heading(self, title: str, *, first: bool) -> None:
        """A highlight's; two lines of text stay with it. Nothing stands above one that opens a page."""
        lines = 1 + math.ceil(len(title) / TITLE) + (not first)
        if lines + 2 > self.room:
            self._turn()
            lines -= not first
        self.at += lines

    def note(self, source: str) -> None:
        """The text that begins ends in a note; the one before has its own at the foot already."""
        self.own = math.ceil(len(source) / NOTE) if source else 0
        self.notes += math.ceil(self.own * NOTE_LINE) + (RULE if source and not self.notes else 0)

    def all_of(self, paragraphs: Sequence[str]) -> None:
        for paragraph in paragraphs:
            self.text(long(paragraph))

    def takes(self, title: str, paragraphs: Sequence[str], *, links: bool) -> int:
        """The lines of a part's only highlight without its picture and its note."""
        return 1 + math.ceil(len(title) / TITLE) + sum(map(long, paragraphs)) + LINKS * links

    def trimmed(self, lines: int, others: int) -> int:
        """A picture's height, less a little if all that it stands with then fits on the page."""
        over = lines + others + SPARE - self.room
        return lines - over if 0 < over <= (1 - LEAST) * lines else lines

    def picture(
        self, paragraphs: Sequence[str], lines: int, around: int, *, links: bool = False
    ) -> tuple[int, int]:
        """Behind how many of the paragraphs a picture goes, and how many lines high it is.

        `around` are the lines of its caption and the space around it; `links` that follow stay with what is
        last. Under the heading it goes only where it has no room behind the first paragraph. The flow is then
        behind the last paragraph.
        """
        behind, high = self._where(paragraphs, lines, around, LINKS * links)
        self.all_of(paragraphs[:behind])
        self.block(high + around)
        self.all_of(paragraphs[behind:])
        return behind, high

    def _where(self, paragraphs: Sequence[str], lines: int, around: int, links: int) -> tuple[int, int]:
        rooms, walk = [self.room], Flow(self.paper, self.at, self.notes, self.own)
        for paragraph in paragraphs:
            walk.text(long(paragraph))
            rooms.append(walk.room)
        rooms[-1] -= links
        high = [min(lines, room - around - SPARE) for room in rooms]
        for behind in (1, 0, *range(2, len(rooms))):
            if behind < len(rooms) and high[behind] >= LEAST * lines:
                return behind, high[behind]
        return min(range(len(rooms)), key=lambda behind: rooms[behind]), lines

    def _turn(self) -> None:
        self.at, self.notes = 0, self.own + RULE if self.own else 0


def long(html: str) -> int:
    """About how many lines paragraphs and lists take."""
    told = [TAGS.sub("", part).strip() for part in ENDS.split(NOTES.sub("", html))]
    lists = html.count("<ul") + html.count("<ol")
    return sum(math.ceil(len(part) / LETTERS) for part in told if part) + lists
