"""Numbers of a report as links to their working."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def figure(context: template.Context, name: str) -> SafeString:
    """The number `name` as a link to its working, from the context's `figures` (`reports.figures.shown`)."""
    shown: Any = context["figures"][name]
    return format_html('<a class="figure-number" href="{}">{}</a>', shown.address, shown.value)
