"""What templates need beyond Django's own: components, icons, days, Markdown."""

import base64
import datetime as dt
import functools
import hashlib
from pathlib import Path
from typing import Any

from babel import Locale
from django import template
from django.contrib.staticfiles import finders
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from lucide.templatetags.lucide import lucide

from isecg import deadlines, markdown
from isecg.dated import say

register = template.Library()


@register.simple_block_tag(takes_context=True)
def component(context: template.Context, content: str, name: str, **arguments: Any) -> SafeString:
    """`templates/components/<name>.html` around what stands between the tags, which it gets as `content`."""
    inside = mark_safe(content.strip())  # noqa: S308  (a template has just rendered it)
    words = {**arguments, "content": inside, "csrf_token": context.get("csrf_token")}
    return template.Engine.get_default().get_template(f"components/{name}.html").render(context.new(words))


@register.simple_tag
def icon(name: str) -> str:
    """A Lucide icon in the size and colour of the words beside it; hidden from those who listen."""
    return lucide(name, size=20, **{"class": "icon", "aria-hidden": "true", "focusable": "false"})


@register.simple_tag
@functools.cache
def integrity(path: str) -> str:
    """What a static script must hash to, or the browser does not run it."""
    found = finders.find(path)
    if found is None:
        raise FileNotFoundError(path)
    return "sha384-" + base64.b64encode(hashlib.sha384(Path(found).read_bytes()).digest()).decode()


@register.filter
def day(value: dt.date | None, precision: str = "day") -> str:
    """A day in the reader's language, as exactly as it is known."""
    return say(value, precision) if value else ""


@register.inclusion_tag("components/deadline.html")
def deadline(value: dt.datetime) -> dict[str, Any]:
    """A deadline as every page shows it: the day named, UTC, the reader's own time, how long is left."""
    return {"shown": deadlines.shown(value, timezone.now())}


@register.inclusion_tag("components/instant.html")
def instant(value: dt.datetime) -> dict[str, Any]:
    """An instant that is no deadline: in UTC, and in the reader's own time."""
    return {"instant": value, "utc": deadlines.utc(value.replace(second=0))}


@register.filter
def until(value: dt.datetime) -> str:
    """A deadline in the words of mails and PDFs, after "until"."""
    return deadlines.say(value)


@register.filter
def country(code: str) -> str:
    """A country's name in the reader's language; an agency without one is an international organisation."""
    names = Locale.parse(get_language() or "en", sep="-").territories
    return names.get(code, code) or _("International organisation")


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
