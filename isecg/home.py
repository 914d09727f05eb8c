"""The first page, for everybody, and the desk, for those who are signed in. Part of the roof: nobody
imports it but the addresses."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """What the group is, who chairs now, the latest report, what is open."""
    return render(request, "home.html")


def desk(request: HttpRequest) -> HttpResponse:
    """What needs me, by deadline, each row with its one next action."""
    return render(request, "desk.html")
