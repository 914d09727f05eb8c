"""A chapter as it would be printed, shown to the one person who is writing it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from isecg.downloads import send
from reports.models import Preview

OVER = (Preview.State.READY, Preview.State.FAILED)


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The pictures of a preview, or that it is being drawn; the part alone for htmx."""
    return shown(request, _mine(request, pk))


def shown(request: HttpRequest, row: Preview) -> HttpResponse:
    """The answer to a press of "preview": the part alone for htmx, which asks again until it is drawn."""
    part = "#preview" if request.htmx else ""  # type: ignore[attr-defined]
    return render(request, f"reports/preview.html{part}", {"preview": told(row)})


def told(row: Preview) -> dict[str, Any]:
    """A preview in the words of its part: {row, over, pages: [(number, address)], poll}."""
    address = reverse("reports:preview", args=[row.pk])
    pages = [
        (number, reverse("reports:preview_page", args=[row.pk, number]))
        for number in range(1, len(row.pictures) + 1)
    ]
    return {"row": row, "over": row.state in OVER, "pages": pages, "poll": address}


@require_safe
def preview_page(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """The picture of one page."""
    names = _mine(request, pk).pictures
    if not 1 <= number <= len(names):
        raise Http404
    return send(request, names[number - 1], etag=names[number - 1][-68:-4])


def _mine(request: HttpRequest, pk: int) -> Preview:
    """Only who asked for it may see it: it can hold words that nobody has saved."""
    return get_object_or_404(Preview.objects.filter(wanted_by=request.user.pk), pk=pk)
