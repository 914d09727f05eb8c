from django.urls import include, path, register_converter

from isecg import citation
from reports.models import Language, Paper
from reports.views import (
    asking,
    compare,
    contributions,
    copies,
    data,
    documents,
    drafts,
    figures,
    files,
    goals,
    highlights,
    meetings,
    opening,
    previews,
    public,
    reminders,
    roll_forward,
    sections,
    steps,
    work_plan,
    workshop,
)


class Code:
    """The code of a work item: capital letters, so that no other address below can be one."""

    regex = "[A-Z0-9][A-Z0-9.-]{0,19}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Year:
    """Four digits."""

    regex = "[12][0-9]{3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04}"


class Checksum:
    """SHA-256 in hexadecimal."""

    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class LanguageOfCopy(Checksum):
    """`en`, `de`."""

    regex = "|".join(Language.values)


class PaperOfCopy(Checksum):
    """`a4`, `letter`."""

    regex = "|".join(Paper.values)


register_converter(Code, "code")
register_converter(Year, "report_year")
register_converter(Checksum, "sha256")
register_converter(LanguageOfCopy, "language")
register_converter(PaperOfCopy, "paper")
register_converter(citation.Ending, "citation_form")

app_name = "reports"
urlpatterns = [
    path("reports/", public.library, name="list"),
    path("reports/<report_year:year>/", public.detail, name="detail"),
    path("reports/<report_year:year>/report.pdf", files.report_pdf, name="pdf"),
    path("reports/<report_year:year>/edition-<int:number>/", public.edition, name="edition"),
    path("reports/<report_year:year>/edition-<int:number>.pdf", files.edition_pdf, name="edition_pdf"),
    path("reports/<report_year:year>/edition-<int:number>/cover/", files.cover, name="cover"),
    path("reports/<report_year:year>/workshop/", workshop.workshop, name="workshop"),
    path("reports/<report_year:year>/render/", workshop.render_report, name="render"),
    # Opening, editing, and the steps of the workflow
    path("reports/open/", opening.OpenReport.as_view(), name="open_report"),
    path("reports/<report_year:year>/edit/", opening.EditReport.as_view(), name="edit"),
    path("reports/<report_year:year>/draft/", drafts.draft, name="draft"),
    path("reports/<report_year:year>/collect/", steps.Collect.as_view(), name="collect"),
    path("reports/<report_year:year>/edit-texts/", steps.EditTexts.as_view(), name="edit_texts"),
    path("reports/<report_year:year>/collect-again/", steps.CollectAgain.as_view(), name="collect_again"),
    path("reports/<report_year:year>/ask-to-confirm/", steps.AskToConfirm.as_view(), name="ask_to_confirm"),
    path("reports/<report_year:year>/edit-again/", steps.EditAgain.as_view(), name="edit_again"),
    path("reports/<report_year:year>/approve/<int:number>/", steps.Approve.as_view(), name="approve"),
    path("reports/<report_year:year>/publish/<int:number>/", steps.Publish.as_view(), name="publish"),
    path("reports/<report_year:year>/correct/<int:number>/", steps.Correct.as_view(), name="correct"),
    path("reports/<report_year:year>/recall/", steps.Recall.as_view(), name="recall"),
    path("reports/<report_year:year>/send-now/", steps.SendNow.as_view(), name="send_now"),
    path("reports/<report_year:year>/withdraw/", steps.Withdraw.as_view(), name="withdraw"),
    # copies
    path("check/", copies.check, name="check"),
    path("check/<str:code>/", copies.check_code, name="check_code"),
    path("reports/<report_year:year>/cite/", copies.cite, name="cite"),
    path("reports/<report_year:year>/cite.<citation_form:form>", copies.citation_file, name="citation"),
    path(
        "reports/<report_year:year>/edition-<int:number>-<language:language>-<paper:paper>.pdf",
        files.copy_pdf,
        name="copy_pdf",
    ),
    path("renderings/<int:pk>/", workshop.rendering, name="rendering"),
    path("highlights/add/", highlights.AddHighlight.as_view(), name="add_highlight"),
    path("highlights/<int:pk>/", highlights.highlight, name="highlight"),
    path("highlights/<int:pk>/edit/", highlights.EditHighlight.as_view(), name="edit_highlight"),
    path("highlights/<int:pk>/remove/", highlights.RemoveHighlight.as_view(), name="remove_highlight"),
    path("photographs/<sha256:sha256>-<int:width>.jpg", files.photograph, name="photograph"),
    path("work-plan/", public.work_plan, name="work_plan"),
    path("work-plan/add/", work_plan.AddWorkItem.as_view(), name="add_work_item"),
    path("work-plan/<code:code>/", public.work_item, name="work_item"),
    path("work-plan/<code:code>/edit/", work_plan.EditWorkItem.as_view(), name="edit_work_item"),
    path("work-plan/<code:code>/progress/add/", work_plan.AddProgress.as_view(), name="add_progress"),
    path("progress/<int:pk>/edit/", work_plan.EditProgress.as_view(), name="edit_progress"),
    path("work-plan/<code:code>/drop/", work_plan.DropWorkItem.as_view(), name="drop_work_item"),
    path("work-plan/<code:code>/take-up/", work_plan.TakeUpWorkItem.as_view(), name="take_up_work_item"),
    path("reports/<report_year:year>/roll-forward/", roll_forward.roll_forward, name="roll_forward"),
    # goals
    path("goals/", goals.goals, name="goals"),
    path("goals/<int:pk>/outcome/", goals.DecideGoal.as_view(), name="decide_goal"),
    path("goals/<int:pk>/carry/", goals.CarryGoal.as_view(), name="carry_goal"),
    path("goals/add/", goals.AddGoal.as_view(), name="add_goal"),
    path("goals/<int:pk>/edit/", goals.EditGoal.as_view(), name="edit_goal"),
    path("goals/<int:pk>/remove/", goals.RemoveGoal.as_view(), name="remove_goal"),
    # meetings
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/add/", meetings.AddMeeting.as_view(), name="add_meeting"),
    path("meetings/<slug:slug>/edit/", meetings.EditMeeting.as_view(), name="edit_meeting"),
    path("meetings/<slug:slug>/remove/", meetings.RemoveMeeting.as_view(), name="remove_meeting"),
    # documents
    path("documents/", public.documents, name="documents"),
    path("documents/add/", documents.AddDocument.as_view(), name="add_document"),
    path("documents/<slug:slug>/edit/", documents.EditDocument.as_view(), name="edit_document"),
    path("documents/<slug:slug>/remove/", documents.RemoveDocument.as_view(), name="remove_document"),
    # Contributions
    path("reports/<report_year:year>/collection/", contributions.collection, name="collection"),
    path("reports/<report_year:year>/collection/ask/", asking.AskAgency.as_view(), name="ask_agency"),
    path("reports/<report_year:year>/remind/", reminders.Remind.as_view(), name="remind"),
    path(
        "reports/<report_year:year>/agencies/<slug:slug>/",
        include(
            [
                path("", contributions.contribution, name="contribution"),
                path("highlights/add/", highlights.WriteHighlight.as_view(), name="write_highlight"),
                path("changes/", contributions.contribution_changes, name="contribution_changes"),
                path("submit/", contributions.SubmitContribution.as_view(), name="submit_contribution"),
                path(
                    "take-back/", contributions.TakeBackContribution.as_view(), name="take_back_contribution"
                ),
                path("confirm/", contributions.ConfirmContribution.as_view(), name="confirm_contribution"),
                path("leave-out/", asking.LeaveOut.as_view(), name="leave_out"),
                path("extend/", contributions.ExtendContribution.as_view(), name="extend_contribution"),
            ]
        ),
    ),
    # Previews
    path("previews/<int:pk>/", previews.preview, name="preview"),
    path("previews/<int:pk>/<int:number>.png", previews.preview_page, name="preview_page"),
    # figures
    path("reports/<report_year:year>/figures/", figures.figures, name="figures"),
    path("reports/<report_year:year>/figures/<slug:name>/", figures.figure, name="figure"),
    path("reports/<report_year:year>/figures/<slug:name>.csv", figures.figure_csv, name="figure_csv"),
    path("reports/<report_year:year>/figures/<slug:name>.json", figures.figure_json, name="figure_json"),
    # snapshots
    path("reports/snapshot.schema.json", data.schema, name="schema"),
    path("reports/<report_year:year>/edition-<int:number>.json", data.edition_json, name="edition_json"),
    path("reports/<report_year:year>/compare/", compare.compare, name="compare"),
    # sections
    path("reports/<report_year:year>/sections/", sections.sections, name="sections"),
    path("reports/<report_year:year>/sections/add/", sections.AddSection.as_view(), name="add_section"),
    path("reports/<report_year:year>/sections/<slug:slug>/", sections.section, name="section"),
    path(
        "reports/<report_year:year>/sections/<slug:slug>/edit/",
        sections.EditSection.as_view(),
        name="edit_section",
    ),
    path(
        "reports/<report_year:year>/sections/<slug:slug>/remove/",
        sections.RemoveSection.as_view(),
        name="remove_section",
    ),
    path("reports/<report_year:year>/sections/<slug:slug>/review/", sections.review, name="review_section"),
]
