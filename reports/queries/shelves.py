"""What readers find: the published reports, and the library of documents."""

from dataclasses import dataclass
from typing import Any

from reports.models import (
    KINDS_OF_DOCUMENTS,
    AnnualReport,
    Document,
    Edition,
    Publication,
)


@dataclass(frozen=True)
class Shelf:
    """A report of the library with the edition that is its current one."""

    report: AnnualReport
    publication: Publication

    @property
    def edition(self) -> Edition:
        return self.publication.edition


def library() -> list[Shelf]:
    """The published reports, newest first, each with its current edition. One query."""
    latest = (
        Publication.objects.current().select_related("report", "edition").prefetch_related("edition__copies")
    )
    return sorted((Shelf(row.report, row) for row in latest), key=lambda shelf: -shelf.report.year)


@dataclass(frozen=True)
class Kind:
    """The library's entries of one kind."""

    words: Any
    documents: list[Document]


def documents_by_kind() -> list[Kind]:
    """The library by kind, founding documents first, within a kind newest first, undated last. One query."""
    rows = list(Document.objects.all())
    kinds = [
        Kind(words, [row for row in rows if row.kind == kind]) for kind, words in KINDS_OF_DOCUMENTS.items()
    ]
    return [kind for kind in kinds if kind.documents]
