"""The annual report and what it is made from."""

from reports.models.contributions import Confirmation, Contribution, Reminder, Submission
from reports.models.documents import KINDS_OF_DOCUMENTS, Document, DocumentKind
from reports.models.editions import (
    Approval,
    Copy,
    Edition,
    Preview,
    Publication,
    Recall,
    Rendering,
    Snapshot,
)
from reports.models.goals import Goal, Outcome
from reports.models.highlights import Highlight, Photograph, photograph_path
from reports.models.meetings import Meeting
from reports.models.reports import (
    CIRCULATED,
    PUBLIC,
    AnnualReport,
    Arrangement,
    Language,
    Paper,
    State,
    stands_in,
)
from reports.models.sections import Review, Section
from reports.models.work_plan import PlanChange, ProgressEntry, WorkItem

__all__ = [
    "CIRCULATED",
    "KINDS_OF_DOCUMENTS",
    "PUBLIC",
    "AnnualReport",
    "Approval",
    "Arrangement",
    "Confirmation",
    "Contribution",
    "Copy",
    "Document",
    "DocumentKind",
    "Edition",
    "Goal",
    "Highlight",
    "Language",
    "Meeting",
    "Outcome",
    "Paper",
    "Photograph",
    "PlanChange",
    "Preview",
    "ProgressEntry",
    "Publication",
    "Recall",
    "Reminder",
    "Rendering",
    "Review",
    "Section",
    "Snapshot",
    "State",
    "Submission",
    "WorkItem",
    "photograph_path",
    "stands_in",
]
