"""Texts of a recommendation: its revisions with their paragraphs, and which two are compared."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from isecg.access import Allowed, Decision, Denied
from recommendations.lineage import Keyed
from recommendations.models import Paragraph, Reading, Recommendation, Revision, Role, State

WRITTEN = (State.DRAFTING, State.IN_CONSULTATION)


def still_written(recommendation: Recommendation) -> Decision:
    """Whether the working text and what is said about it may change in this state."""
    if recommendation.state in WRITTEN:
        return Allowed()
    return Denied(_("The text is no longer being written."))


def keyed(paragraphs: Iterable[Paragraph]) -> list[Keyed]:
    """Stored paragraphs as `lineage` takes them."""
    return [Keyed(Role(row.role), row.level, row.number, row.text, key=row.key) for row in paragraphs]


def before(recommendation: Recommendation) -> tuple[list[Keyed], list[Keyed]]:
    """The paragraphs of the newest revision, and those of all before it, newest first: what the next text
    is aligned with."""
    rows = Paragraph.objects.filter(revision__recommendation=recommendation)
    rows = rows.select_related("revision").order_by("-revision__number", "position")
    newest = max((row.revision.number for row in rows), default=0)
    return (
        keyed(row for row in rows if row.revision.number == newest),
        keyed(row for row in rows if row.revision.number < newest),
    )


def visible_revisions(recommendation: Recommendation, reader: Any) -> list[Revision]:
    """The revisions this reader may see, oldest first. One query."""
    rows = Revision.objects.visible_to(reader).filter(recommendation=recommendation)
    return list(rows.order_by("number").select_related("recommendation", "made_by"))


def last_read(recommendation: Recommendation, reader: Any) -> int | None:
    """The number of the revision this member read last; None for strangers and first readers."""
    if not getattr(reader, "pk", None):
        return None
    rows = Reading.objects.filter(member=reader, recommendation=recommendation)
    return rows.values_list("revision__number", flat=True).first()


def pair(numbers: list[int], read: int | None) -> tuple[int, int] | None:
    """Which two of the `numbers` (oldest first) are compared unless somebody chooses: the one last read
    against the newest; for who has read the newest, and for strangers, the last but one."""
    if len(numbers) < 2:
        return None
    known = read is not None and read in numbers and read != numbers[-1]
    return (read if known and read is not None else numbers[-2], numbers[-1])
