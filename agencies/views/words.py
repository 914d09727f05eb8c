"""What the editing pages of this app share: their words, and where they lead back to."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic.base import TemplateResponseMixin

from agencies.models import Agency
from isecg.access import Sentence


class AboutAgency(TemplateResponseMixin):
    """A page about the agency that the address names. `title` has %(agency)s in it."""

    template_name = "agencies/edit.html"
    title: Sentence
    lead: Sentence = ""
    button: Sentence = ""
    request: HttpRequest
    kwargs: dict[str, Any]

    def agency(self) -> Agency:
        """The agency, or 404."""
        return get_object_or_404(Agency, slug=self.kwargs["slug"])

    def get_success_url(self) -> str:
        return reverse("agencies:detail", args=[self.kwargs["slug"]])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        agency = self.agency()
        title = str(self.title) % {"agency": agency}
        words = {"title": title, "lead": self.lead, "save": self.button, "agency": agency}
        return super().get_context_data(back=agency.get_absolute_url(), **words, **kwargs)  # type: ignore[misc]


class AboutChair(TemplateResponseMixin):
    """A page about the chair; as `AboutAgency`."""

    template_name = "agencies/edit.html"
    title: Sentence
    lead: Sentence = ""
    button: Sentence = ""

    def get_success_url(self) -> str:
        return reverse("agencies:chair")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"title": self.title, "lead": self.lead, "save": self.button}
        return super().get_context_data(back=self.get_success_url(), **words, **kwargs)  # type: ignore[misc]
