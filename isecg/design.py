"""The gallery of all components, for staff."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from isecg.access import Allowed, Denied, require, standing


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    require(Allowed() if standing(request.user).secretariat else Denied(_("The gallery is for the secretariat.")))
    return render(request, "design.html")
