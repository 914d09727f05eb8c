"""An edition made once more, from its snapshot alone: are these still the same bytes?"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from isecg.canonical import digest
from isecg.pdf.engine import undisturbed
from isecg.pdf.fragments import Fragment
from reports.attachments import attachments
from reports.models import Copy, Edition, Rendering
from reports.pdf.key import content_key
from reports.pdf.printed import Printed, Variant
from reports.rendering import copies
from reports.rendering.parts import Tell
from reports.rendering.work import Order


@dataclass(frozen=True)
class Again:
    """A copy beside what its snapshot gives now; checksums are SHA-256, `kept` empty where no file is."""

    copy: Copy
    made: str
    kept: str

    @property
    def same(self) -> bool:
        return self.made == self.copy.sha256 == self.kept


def again(edition: Edition) -> Iterator[Again]:
    """Make every copy of an edition anew; changes nothing, uses no part that was kept.

    Raises CannotRender.
    """
    snapshot = edition.snapshot
    along = attachments(snapshot.content, snapshot.sha256)
    for copy in edition.copies.all():
        printed = Printed.of(edition, Variant(copy.language, copy.paper))
        with undisturbed():
            pdf = copies.make(edition.rendering, printed, along, _tell_nobody, _anew)
        yield Again(copy, hashlib.sha256(pdf).hexdigest(), _kept(copy))


def drawn_otherwise(edition: Edition) -> bool:
    """Whether what draws reports (templates, style sheets, fonts, versions, the portal's address) has changed
    since. That the report's next edition comes in other copies is no such change."""
    made = [Variant(copy.language, copy.paper) for copy in edition.copies.all()]
    return content_key(edition.snapshot, made) != edition.rendering.content_key


def is_whole(edition: Edition) -> bool:
    """Whether the edition's snapshot is what its checksum says."""
    return digest(edition.snapshot.content) == edition.snapshot.sha256


def _anew(_rendering: Rendering, orders: list[Order], _tell: Tell) -> list[Fragment]:
    return [order.made() for order in orders]


def _tell_nobody(_phase: Rendering.Phase, _share: float) -> None:
    """Nobody waits for these copies."""


def _kept(copy: Copy) -> str:
    path = Path(copy.file.path)
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""
