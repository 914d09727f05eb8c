"""Questions that more than one place asks; split by noun. `reports.queries.needs` is the desk's."""

from reports.queries.plan import (
    STATUS_RULE,
    Line,
    Status,
    changed_within,
    changes_within,
    counts,
    dropped_by,
    dropped_within,
    items_of,
    planned,
    planned_on,
    status,
    unreported,
    work_plan,
)
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
    "changed_within",
    "changes_within",
    "chapters",
    "counts",
    "current_publication",
    "documents_by_kind",
    "dropped_by",
    "dropped_within",
    "heads_and_alternates",
    "is_printed",
    "items_of",
    "library",
    "photographs_for",
    "planned",
    "planned_on",
    "status",
    "unreported",
    "work_plan",
]
