"""What the head of every page of a recommendation needs: {% load recommendations %}."""

from typing import Any

from django import template
from django.utils import timezone

from recommendations.models import STATEMENT, Recommendation
from recommendations.queries import public

register = template.Library()


def _reader(context: template.Context) -> Any:
    return getattr(getattr(context, "request", None), "user", None)


@register.simple_tag(takes_context=True)
def status_of(context: template.Context, recommendation: Recommendation) -> public.Status:
    """How the recommendation stands now, as far as this reader may know."""
    return public.status(recommendation, _reader(context), timezone.now())


@register.simple_tag(takes_context=True)
def end_of(context: template.Context, recommendation: Recommendation) -> public.End | None:
    """Why and since when it no longer counts, and what stands in its place."""
    return public.end(recommendation, _reader(context), timezone.now())


@register.simple_tag(takes_context=True)
def tabs_of(context: template.Context, recommendation: Recommendation, tab: str = "") -> list[dict[str, Any]]:
    """The pages of a recommendation this reader may open; `tab` is the URL name of the one shown."""
    return public.tabs(recommendation, _reader(context), timezone.now(), tab)


@register.simple_tag
def statement() -> Any:
    """The sentence that stands on every page and PDF of a recommendation."""
    return STATEMENT
