"""The event log, for the secretariat. There is no way to change it."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from isecg.access import require, secretariat_only
from isecg.audit import queries
from isecg.audit.forms import LogForm

PER_PAGE = 50


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Who did what, the newest first, filtered by person, verb, record and day."""
    require(secretariat_only(request.user))
    form = LogForm(request.GET)
    chosen = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    page = Paginator(queries.events(**chosen), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "chosen": chosen,
        "query": f"&{urlencode(chosen)}" if chosen else "",
    }
    return render(request, "log/list.html", context, status=400 if form.errors else 200)
