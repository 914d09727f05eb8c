from django.urls import register_converter

from recommendations.models import NUMBER


class Number:
    """The reserved number: year and sequence, "2026-03"."""

    regex = NUMBER

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Number, "number")

app_name = "recommendations"
urlpatterns: list = []
