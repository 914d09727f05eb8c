"""What templates need beyond Django's own: components, days, Markdown."""

import datetime as dt
from typing import Any

from django import template
from django.utils.safestring import SafeString

from isecg import markdown
from isecg.dated import say

register = template.Library()


@register.filter
def day(value: dt.date | None, precision: str = "day") -> str:
    """A day in the reader's language, as exactly as it is known."""
    return say(value, precision) if value else ""


@register.filter(name="markdown")
def as_markdown(text: str) -> SafeString:
    """Markdown as safe HTML."""
    return markdown.render(text)


@register.filter
def percent(part: float, whole: float) -> int:
    """`part` of `whole` in whole percent; nothing of nothing is 0."""
    return round(100 * part / whole) if whole else 0


@register.filter
def get(mapping: dict[Any, Any], key: Any) -> Any:
    """An entry of a dictionary."""
    return mapping.get(key)
