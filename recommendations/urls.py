import datetime as dt

from django.urls import path, register_converter

from recommendations.models import NUMBER
from recommendations.views import comments, consultation, matrix, public, responses, silence, steps, submissions


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

app_name = "recommendations"
urlpatterns = [
    # public
    path("", public.listed, name="list"),
    path("<number:number>/", public.detail, name="detail"),
    path("<number:number>/on/<day:day>/", public.on, name="on"),
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
    path("<number:number>/comments/add/", comments.AddComment.as_view(), name="add_comment"),
    path("<number:number>/comments/<int:pk>/edit/", comments.EditComment.as_view(), name="edit_comment"),
    path(
        "<number:number>/comments/<int:pk>/remove/", comments.RemoveComment.as_view(), name="remove_comment"
    ),
    path("<number:number>/comments/<int:pk>/withdraw/", comments.withdraw_comment, name="withdraw_comment"),
    path("<number:number>/comments/<int:pk>/place/", comments.PlaceComment.as_view(), name="place_comment"),
    path("<number:number>/submit/", submissions.Submit.as_view(), name="submit"),
]
