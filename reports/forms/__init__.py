"""Forms of reports, split by noun."""

from reports.forms.goals import AddGoalForm, CarryGoalForm, DecideGoalForm, GoalForm
from reports.forms.highlights import AddHighlightForm, HighlightForm, WriteHighlightForm
from reports.forms.library import AddDocumentForm, DocumentForm
from reports.forms.meetings import AddMeetingForm, MeetingForm
from reports.forms.plan import (
    AddProgressForm,
    AddWorkItemForm,
    AsOfForm,
    DropForm,
    ProgressForm,
    TakeUpForm,
    WorkItemForm,
)
from reports.forms.removing import RemoveDraftForm, RemoveForm
from reports.forms.reports import OpenReportForm, ReportForm

__all__ = [
    "AddDocumentForm",
    "AddGoalForm",
    "AddHighlightForm",
    "AddMeetingForm",
    "AddProgressForm",
    "AddWorkItemForm",
    "AsOfForm",
    "CarryGoalForm",
    "DecideGoalForm",
    "DocumentForm",
    "DropForm",
    "GoalForm",
    "HighlightForm",
    "MeetingForm",
    "OpenReportForm",
    "ProgressForm",
    "RemoveDraftForm",
    "RemoveForm",
    "ReportForm",
    "TakeUpForm",
    "WorkItemForm",
    "WriteHighlightForm",
]
