"""Pages for what went wrong: a sentence, and a way out. Never a traceback."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from isecg.access import WrongMoment


def _page(request: HttpRequest, status: int, title: str, reason: str, **more: object) -> HttpResponse:
    context = {"status": status, "title": title, "reason": reason, **more}
    return render(request, "error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the form or the address cannot be understood."""
    return _page(request, 400, _("This request cannot be understood"), _("Please go back and try again."))


def denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the reason comes from the permission that said no."""
    reason = str(exception) or _("This page is for other people.")
    return _page(request, 403, _("You may not do this"), reason)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: the same page for what does not exist and for what the reader may not know of."""
    return _page(
        request, 404, _("Page not found"), _("The address may be mistyped, or what was here has gone.")
    )


def not_by_link(request: HttpRequest, allowed: str) -> HttpResponse:
    """405: the address only takes a form, and somebody opened it, as by a bookmark or after signing in."""
    reason = _("Nothing has happened. This address belongs to a button: go to its page and press it there.")
    response = _page(request, 405, _("This is not a page"), reason)
    response.headers["Allow"] = allowed
    return response


def wrong_moment(request: HttpRequest, error: WrongMoment) -> HttpResponse:
    """409: right person, wrong time."""
    return _page(request, 409, _("Not at this moment"), str(error.reason), way_out=error.way_out)


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault; or 503 while the database is away or too busy. Neither page needs what may be away."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return _away()
    return render(None, "500.html", {"status": 500}, status=500)


def _away() -> HttpResponse:
    response = render(None, "500.html", {"status": 503}, status=503)
    response.headers["Retry-After"] = "10"
    response.headers["Cache-Control"] = "no-store"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's token is missing or too old; nothing was saved."""
    return _page(
        request,
        403,
        _("This form is too old"),
        _("Nothing was saved. Go back, reload the page and send the form again; your text is still in it."),
    )
