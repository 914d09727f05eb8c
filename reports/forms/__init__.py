"""Forms of reports, split by noun."""

from reports.forms.highlights import AddHighlightForm, HighlightForm
from reports.forms.library import AddDocumentForm, DocumentForm
from reports.forms.plan import (
    AddGoalForm,
    AddProgressForm,
    AddWorkItemForm,
    AsOfForm,
    GoalForm,
    ProgressForm,
    WorkItemForm,
)
from reports.forms.removing import RemoveForm
from reports.forms.reports import OpenReportForm, PublishForm, ReportForm, WithdrawForm

__all__ = [
    "AddDocumentForm",
    "AddGoalForm",
    "AddHighlightForm",
    "AddProgressForm",
    "AddWorkItemForm",
    "AsOfForm",
    "DocumentForm",
    "GoalForm",
    "HighlightForm",
    "OpenReportForm",
    "ProgressForm",
    "PublishForm",
    "RemoveForm",
    "ReportForm",
    "WithdrawForm",
    "WorkItemForm",
]
