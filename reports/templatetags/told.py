"""What reports say of records of other apps, for those records' pages."""

from typing import Any

from django import template

from agencies.models import Activity
from reports.queries.published import highlights_of as published

register = template.Library()


@register.inclusion_tag("reports/highlights-of.html")
def highlights_of(activity: Activity) -> dict[str, Any]:
    """The highlights of published reports that tell of an activity, the newest first."""
    return {"highlights": published(activity.slug)}
