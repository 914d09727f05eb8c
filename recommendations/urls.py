import datetime as dt

from django.urls import path, register_converter

from isecg import citation
from recommendations.models import NUMBER
from recommendations.views import (
    citing,
    comments,
    consultation,
    dispositions,
    matrix,
    prints,
    promises,
    public,
    responses,
    revisions,
    sheets,
    silence,
    steps,
    submissions,
    table,
    tables,
    texts,
    verdicts,
)


class Number:
    """The reserved number: year and sequence, "2026-03"."""

    regex = NUMBER

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Day:
    """A day as ISO writes it; one that no calendar has is no address."""

    regex = "[12][0-9]{3}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> dt.date:
        return dt.date.fromisoformat(value)

    def to_url(self, value: dt.date | str) -> str:
        return str(value)


register_converter(Number, "number")
register_converter(Day, "day")
register_converter(citation.Ending, "cited_as")

app_name = "recommendations"
urlpatterns = [
    # public
    path("", public.listed, name="list"),
    path("<number:number>/", public.detail, name="detail"),
    path("<number:number>/on/<day:day>/", public.on, name="on"),
    path("<number:number>/cite/", citing.cite, name="cite"),
    path("<number:number>/cite.<cited_as:form>", citing.citation_file, name="citation"),
    # texts
    path("draft/", texts.Draft.as_view(), name="draft"),
    path("<number:number>/edit/", texts.Edit.as_view(), name="edit"),
    path("<number:number>/write/", texts.Write.as_view(), name="write"),
    path("<number:number>/revise/", texts.Revise.as_view(), name="revise"),
    path("<number:number>/rev/<int:revision>/", revisions.revision, name="revision"),
    path("<number:number>/rev/<int:revision>/concordance/", revisions.concordance, name="concordance"),
    path("<number:number>/redline/", revisions.redline, name="redline"),
    path("<number:number>/history/", revisions.history_of, name="history"),
    # responses
    path("matrix/", matrix.matrix, name="matrix"),
    path("matrix/responses.csv", matrix.matrix_csv, name="matrix_csv"),
    path("<number:number>/responses/", responses.responses, name="responses"),
    path("<number:number>/respond/", responses.Respond.as_view(), name="respond"),
    *(
        path(f"<number:number>/responses/<int:pk>/{word}/", page.as_view(), name=f"{word}_response")
        for word, page in responses.STEPS.items()
    ),
    # steps
    path("<number:number>/silence/", silence.silence, name="silence"),
    path("<number:number>/told/", silence.told, name="told"),
    *(
        path(f"<number:number>/{page.verb.replace('_', '-')}/", page.as_view(), name=page.verb)
        for page in steps.PAGES
    ),
    # comments
    path("<number:number>/consultation/", consultation.consultation, name="consultation"),
    path("<number:number>/consultation.pdf", consultation.consultation_pdf, name="consultation_pdf"),
    path("<number:number>/comments/add/", comments.AddComment.as_view(), name="add_comment"),
    path("<number:number>/comments/<int:pk>/edit/", comments.EditComment.as_view(), name="edit_comment"),
    path(
        "<number:number>/comments/<int:pk>/remove/", comments.RemoveComment.as_view(), name="remove_comment"
    ),
    path("<number:number>/comments/<int:pk>/withdraw/", comments.withdraw_comment, name="withdraw_comment"),
    path("<number:number>/comments/<int:pk>/place/", comments.PlaceComment.as_view(), name="place_comment"),
    path("<number:number>/submit/", submissions.Submit.as_view(), name="submit"),
    # dispositions
    path("<number:number>/comments/", table.comments, name="comments"),
    path("<number:number>/comments/dispose/", dispositions.Dispose.as_view(), name="dispose"),
    path("<number:number>/comments/release/", verdicts.ReleaseVerdicts.as_view(), name="release_verdicts"),
    path("<number:number>/comments/publish/", verdicts.PublishComments.as_view(), name="publish_comments"),
    path("<number:number>/comments/<int:pk>/", table.comment, name="comment"),
    *(
        path(f"<number:number>/comments/<int:pk>/{word}/", page.as_view(), name=name)
        for word, name, page in verdicts.OF_A_COMMENT
    ),
    # promises
    path("<number:number>/promises/", promises.promises, name="promises"),
    path("<number:number>/promises/explain/", promises.explain, name="explain"),
    path("<number:number>/you-said/", promises.you_said, name="you_said"),
    # prints
    path("<number:number>/recommendation.pdf", prints.pdf, name="pdf"),
    path("<number:number>/recommendation.json", prints.json, name="json"),
    path("<number:number>/rev/<int:revision>/recommendation.pdf", prints.revision_pdf, name="revision_pdf"),
    path("<number:number>/redline.pdf", prints.redline_pdf, name="redline_pdf"),
    path("<number:number>/prints/<int:pk>/", prints.print_page, name="print"),
    path("<number:number>/prints/<int:pk>/again/", prints.print_again, name="print_again"),
    path("<number:number>/prints/<int:pk>/file.pdf", prints.print_file, name="print_file"),
    # tables
    path("<number:number>/comments.xlsx", tables.comments_xlsx, name="comments_xlsx"),
    path("<number:number>/comments.docx", tables.comments_docx, name="comments_docx"),
    path("<number:number>/comments.pdf", tables.comments_pdf, name="comments_pdf"),
    # sheets
    path("<number:number>/sheet.xlsx", sheets.sheet, name="sheet"),
    path("<number:number>/sheet/", sheets.UploadSheet.as_view(), name="upload_sheet"),
    path("<number:number>/sheet/<int:pk>/", sheets.upload, name="upload"),
]
