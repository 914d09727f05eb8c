from django.urls import path, register_converter

from recommendations.models import NUMBER
from recommendations.views import comments, consultation, matrix, public, responses, submissions


class Number:
    """The reserved number: year and sequence, "2026-03"."""

    regex = NUMBER

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Number, "number")

app_name = "recommendations"
urlpatterns = [
    # public
    path("", public.listed, name="list"),
    path("<number:number>/", public.detail, name="detail"),
    # responses
    path("matrix/", matrix.matrix, name="matrix"),
    path("matrix/responses.csv", matrix.matrix_csv, name="matrix_csv"),
    path("<number:number>/responses/", responses.responses, name="responses"),
    path("<number:number>/respond/", responses.Respond.as_view(), name="respond"),
    *(
        path(f"<number:number>/responses/<int:pk>/{word}/", page.as_view(), name=f"{word}_response")
        for word, page in responses.STEPS.items()
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
