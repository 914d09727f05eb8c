from django.urls import path, register_converter

from recommendations.models import NUMBER
from recommendations.views import public


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
    path("", public.listing, name="list"),
    path("<number:number>/", public.detail, name="detail"),
]
