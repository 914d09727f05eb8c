"""What every page has around it."""

import re
from typing import Any

import pytest

from isecg import ROOT

PUBLIC = ["/", "/agencies/", "/chair/", "/work-plan/", "/reports/", "/documents/"]
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}


@pytest.fixture
def page(client: Any, db: None) -> str:
    return client.get("/chair/").content.decode()


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_set_no_cookie_and_hold_no_token(client: Any, db: None, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in response.content.decode()


def test_first_link_skips_to_the_content(page: str) -> None:
    first = re.search(r"<a [^>]*>", page)
    assert first
    assert first[0] == '<a class="skip" href="#main">'
    assert '<main class="main" id="main" tabindex="-1">' in page


def test_page_says_its_language(client: Any, db: None) -> None:
    assert '<html lang="en" dir="ltr">' in client.get("/").content.decode()
    assert '<html lang="de" dir="ltr">' in client.get("/de/").content.decode()


def test_language_links_keep_page_and_question(client: Any, db: None) -> None:
    page = client.get("/work-plan/?page=2").content.decode()
    assert '<a href="/de/work-plan/?page=2" lang="de" hreflang="de" >Deutsch</a>' in page
    assert '<a href="/work-plan/?page=2" lang="en" hreflang="en" aria-current="true">English</a>' in page


def test_page_names_its_twins_in_other_languages(page: str, settings: Any) -> None:
    site = settings.SITE_URL
    assert f'<link rel="canonical" href="{site}/chair/">' in page
    assert f'<link rel="alternate" hreflang="de" href="{site}/de/chair/">' in page
    assert f'<link rel="alternate" hreflang="en" href="{site}/chair/">' in page


def test_navigation_marks_where_the_reader_is(page: str) -> None:
    assert '<a href="/chair/" aria-current="page">Chair</a>' in page
    assert page.count('aria-current="page"') == 1


def test_every_page_says_that_nothing_is_binding(page: str) -> None:
    assert "ISECG issues only legally non-binding recommendations." in page


def test_stranger_is_offered_to_sign_in_and_never_to_sign_up(client: Any, db: None) -> None:
    for path in ("/", "/accounts/login/", "/accounts/password/reset/"):
        page = client.get(path).content.decode()
        assert 'href="/accounts/login/"' in page
        assert "/accounts/signup/" not in page


def test_signed_in_reader_signs_out_by_a_form(sign_in: Any, head_a: Any) -> None:
    page = sign_in(head_a).get("/").content.decode()
    assert '<form class="inline" method="post" action="/accounts/logout/">' in page
    assert "Sign in" not in page


def test_demonstration_says_so_on_every_page(client: Any, db: None, settings: Any) -> None:
    settings.DEMO = True
    assert "This is a <strong>demonstration</strong>" in client.get("/chair/").content.decode()
    settings.DEMO = False
    assert "demonstration</strong>" not in client.get("/chair/").content.decode()


def test_only_the_secretariat_sees_people_in_the_navigation(sign_in: Any, editor: Any, head_a: Any) -> None:
    entry = '<a href="/people/" >People</a>'
    assert entry in sign_in(editor).get("/").content.decode()
    assert entry not in sign_in(head_a).get("/").content.decode()


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/there-is-no-such-page/"])
def test_content_policy_is_the_strict_one(client: Any, db: None, path: str) -> None:
    sent = client.get(path).headers["Content-Security-Policy"]
    policy = dict(part.strip().split(" ", 1) for part in sent.split(";") if " " in part.strip())
    assert policy == POLICY


def test_other_headers_close_the_rest(client: Any, db: None) -> None:
    headers = client.get("/").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_signed_in_pages_are_stored_nowhere(sign_in: Any, head_a: Any) -> None:
    assert sign_in(head_a).get("/").headers["Cache-Control"] == "no-store"


def test_no_page_is_kept_to_be_sent_to_somebody_else(settings: Any) -> None:
    sources = [
        path for app in ("isecg", "agencies", "members", "reports") for path in (ROOT / app).rglob("*.py")
    ]
    wrong = re.compile(r"cache_page|CacheMiddleware|cache\.middleware")
    assert [str(path) for path in sources if wrong.search(path.read_text())] == []
    assert [name for name in settings.MIDDLEWARE if "cache" in name.lower()] == []
