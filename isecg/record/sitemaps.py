"""The map of the site for search engines: every public page, in every language."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as written
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

import reports.queries
from agencies.models import Activity, Agency
from recommendations.models import Recommendation
from reports.models import WorkItem

PAGES = [
    "home",
    "agencies:list",
    "agencies:chair",
    "agencies:activities",
    "recommendations:list",
    "recommendations:matrix",
    "reports:list",
    "reports:work_plan",
    "reports:goals",
    "reports:meetings",
    "reports:documents",
    "reports:check",
]


class Map(Sitemap):
    """Each page names itself in the other languages."""

    i18n = alternates = True


class Pages(Map):
    def items(self) -> list[str]:
        return PAGES

    def location(self, item: Any) -> str:
        return reverse(item)


class Recommendations(Map):
    def items(self) -> Iterable[Recommendation]:
        return Recommendation.objects.public(timezone.now()).order_by("number")

    def lastmod(self, item: Any) -> dt.datetime | None:
        found: dt.datetime | None = item.ended_at or item.issued_at
        return found


class Reports(Map):
    def items(self) -> list[reports.queries.Shelf]:
        return reports.queries.library()

    def location(self, item: Any) -> str:
        return str(item.report.get_absolute_url())

    def lastmod(self, item: Any) -> dt.datetime:
        found: dt.datetime = item.publication.at
        return found


class Agencies(Map):
    def items(self) -> Iterable[Agency]:
        return Agency.objects.order_by("slug")


class Activities(Map):
    def items(self) -> Iterable[Activity]:
        return Activity.objects.order_by("slug")


class WorkPlan(Map):
    def items(self) -> Iterable[WorkItem]:
        return WorkItem.objects.order_by("code")


MAPS: dict[str, Any] = {each.__name__: each for each in Map.__subclasses__()}


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    return written(request, MAPS)
