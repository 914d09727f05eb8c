"""The annual report and what it is made from."""

from reports.models.documents import Document, DocumentKind
from reports.models.editions import Edition, Publication, Rendering, Snapshot
from reports.models.goals import Goal
from reports.models.highlights import Highlight, Photograph, photograph_path
from reports.models.reports import AnnualReport
from reports.models.work_plan import ProgressEntry, WorkItem

__all__ = [
    "AnnualReport",
    "Document",
    "DocumentKind",
    "Edition",
    "Goal",
    "Highlight",
    "Photograph",
    "ProgressEntry",
    "Publication",
    "Rendering",
    "Snapshot",
    "WorkItem",
    "photograph_path",
]
