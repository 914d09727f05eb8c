"""The pages and files by which the public record is found."""

import datetime as dt
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

import reports.queries
from isecg.dated import Precision
from isecg.record import ics, news
from isecg.record.forms import SearchForm
from isecg.record.search import found
from reports.models import Meeting

ENTRIES = 50


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Words, and where they stand in what this reader may see."""
    form = SearchForm(request.GET if "q" in request.GET else None)
    words = form.cleaned_data["q"].strip() if form.is_valid() else ""
    kinds = found(words, request.user, timezone.now()) if words else []
    context = {"form": form, "words": words, "kinds": kinds, "count": sum(kind.count for kind in kinds)}
    return render(request, "record/search.html", context, status=422 if form.errors else 200)


class NewsFeed(Feed):
    """What was published, as Atom."""

    feed_type = Atom1Feed
    title = gettext_lazy("ISECG: what is new")
    subtitle = gettext_lazy("Recommendations, annual reports and documents, as they are published.")

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.language = get_language()
        return super().__call__(request, *args, **kwargs)

    def link(self) -> str:
        return reverse("home")

    def items(self) -> list[news.News]:
        return news.published(reports.queries.library(), timezone.now(), ENTRIES)

    def item_title(self, item: Any) -> str:
        return f"{item.kind}: {item.words}"

    def item_description(self, item: Any) -> str:
        return cast(str, item.when)

    def item_link(self, item: Any) -> str:
        return cast(str, item.address)

    def item_guid(self, item: Any) -> str:
        return f"{settings.SITE_URL}{item.address}?{item.day}"

    def item_updateddate(self, item: Any) -> dt.datetime:
        return dt.datetime.combine(item.day, dt.time(), dt.UTC)


@login_not_required
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """What is new, for programs that look for it by themselves."""
    return NewsFeed()(request)


@login_not_required
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Meetings whose days are known, and the days on which unfinished items of the work plan are due."""
    now = timezone.now()
    meetings = Meeting.objects.filter(day__isnull=False, day_precision=Precision.DAY)
    plan = [line for line in reports.queries.work_plan(now.date()) if line.unfinished]
    address = reverse("reports:meetings")
    return ics.answer(
        [
            *(
                ics.Event(row.day, row.title, f"{address}#{row.slug}", row.last_day, row.place)
                for row in meetings
                if row.day
            ),
            *(ics.Event(line.due, _due(line), line.item.get_absolute_url()) for line in plan),
        ],
        _("ISECG: meetings and work plan"),
        now,
    )


def _due(line: reports.queries.Line) -> str:
    return _("Due: %(item)s") % {"item": line.item}


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: all that is public, and nothing of a demonstration."""
    closed = ["/"] if settings.DEMO else ["/accounts/", "/desk/", "/search/"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines.append(f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
