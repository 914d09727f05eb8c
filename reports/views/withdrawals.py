"""Links to a report that was withdrawn: pages, files and figures that are printed somewhere say so."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from isecg.access import standing
from reports.models import AnnualReport

View = Callable[..., HttpResponseBase]


def withdrawn(request: HttpRequest, year: int) -> HttpResponseBase | None:
    """410, with day and reason, where the report was withdrawn; None otherwise, and for the secretariat."""
    report = AnnualReport.objects.known_to(request.user).filter(year=year).first()
    if report is None or not report.is_withdrawn or standing(request.user).secretariat:
        return None
    return render(request, "reports/withdrawn.html", {"report": report}, status=410)


def unless_withdrawn(view: View) -> View:
    """A page of a report's year; where it is not found because it was withdrawn, the answer says so."""

    @wraps(view)
    def shown(request: HttpRequest, year: int, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, year, *args, **kwargs)
        except Http404:
            if gone := withdrawn(request, year):
                return gone
            raise

    return shown
