"""What every answer has in common."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django_htmx.http import HttpResponseClientRedirect

from isecg.access import WrongMoment
from isecg.errors import not_by_link, wrong_moment

CLOSED = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
Answer = Callable[[HttpRequest], HttpResponse]


class PermissionsPolicy:
    """Closes what the portal never asks a browser for, and what other sites might embed."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        response.headers.setdefault("Permissions-Policy", CLOSED)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class PrivatePages:
    """What a signed-in person sees is stored nowhere."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        if response.status_code < 500 and request.user.is_authenticated:  # else the database may be away
            response.headers["Cache-Control"] = "no-store"
        return response


class Refusals:
    """A wrong moment is a page with a way out, wherever it was noticed; so is a button's address opened."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        if response.status_code == 405 and request.method == "GET" and not response.content:
            return not_by_link(request, response.headers.get("Allow", ""))
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return wrong_moment(request, error) if isinstance(error, WrongMoment) else None


class SignInOnAPage:
    """Who has to sign in does that on a whole page, not inside the part of one that htmx asked for; and
    comes back to the page, not to its part."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        htmx = request.htmx  # type: ignore[attr-defined]
        if htmx and urlsplit(response.headers.get("Location", "")).path == resolve_url(settings.LOGIN_URL):
            back = htmx.current_url_abs_path or resolve_url(settings.LOGIN_REDIRECT_URL)
            return HttpResponseClientRedirect(redirect_to_login(back).url)
        return response
