"""Questions that more than one place asks; split by noun. `reports.queries.needs` is the desk's."""

from reports.queries.plan import STATUS_RULE, Line, Status, counts, items_of, status, unreported, work_plan
from reports.queries.reports import (
    Chapter,
    chapters,
    current_publication,
    heads_and_alternates,
    is_printed,
    photographs_for,
)
from reports.queries.shelves import Kind, Shelf, documents_by_kind, library

__all__ = [
    "STATUS_RULE",
    "Chapter",
    "Kind",
    "Line",
    "Shelf",
    "Status",
    "chapters",
    "counts",
    "current_publication",
    "documents_by_kind",
    "heads_and_alternates",
    "is_printed",
    "items_of",
    "library",
    "photographs_for",
    "status",
    "unreported",
    "work_plan",
]
