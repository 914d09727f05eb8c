"""Addresses. English at the root, German below /de/: a public page is the same for everybody and carries
no cookie for its language."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from isecg import demo, design, health, home
from isecg.record import sitemaps
from isecg.record import views as record

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", record.robots, name="robots"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    *i18n_patterns(
        path("", home.home, name="home"),
        path("search/", record.search, name="search"),
        path("feed.atom", record.feed, name="feed"),
        path("calendar.ics", record.calendar, name="calendar"),
        path("desk/", home.desk, name="desk"),
        path("desk/calendar.ics", home.desk_calendar, name="desk_calendar"),
        path("design/", design.gallery, name="design"),
        path("accounts/", include("members.account_urls")),
        path("", include("members.urls")),
        path("", include("agencies.urls")),
        path("recommendations/", include("recommendations.urls")),
        path("", include("reports.urls")),
        path("mail/", include("isecg.mail.urls")),
        path("log/", include("isecg.audit.urls")),
        *([path("demo/", include(demo.urlpatterns))] if settings.DEMO else []),
        prefix_default_language=False,
    ),
]
handler400 = "isecg.errors.bad_request"
handler403 = "isecg.errors.denied"
handler404 = "isecg.errors.not_found"
handler500 = "isecg.errors.broken"
