"""Files: PDFs, covers, photographs; each only for those who may see it, HEAD and Range alike."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from isecg.access import standing
from reports import pictures, queries
from reports.models import AnnualReport, Edition, Photograph

TYPES = {".pdf": "application/pdf", ".webp": "image/webp", ".jpg": "image/jpeg"}
CHUNK = 64 * 1024
RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})\Z")


@login_not_required
@require_safe
def report_pdf(request: HttpRequest, year: int) -> HttpResponseBase:
    """The current edition; 410 with day and reason where the report was withdrawn."""
    if gone := _withdrawn(request, year):
        return gone
    report = get_object_or_404(AnnualReport.objects.visible_to(request.user), year=year)
    publication = queries.current_publication(report)
    if publication is None:
        raise Http404
    return _pdf(request, publication.edition)


@login_not_required
@require_safe
def edition_pdf(request: HttpRequest, year: int, number: int) -> HttpResponseBase:
    """An edition by its number, also one that a later one has replaced; 410 after a withdrawal."""
    return _withdrawn(request, year) or _pdf(request, _edition(request, year, number))


def _withdrawn(request: HttpRequest, year: int) -> HttpResponse | None:
    """For a link that is kept somewhere: the page that says that the report was withdrawn, and why."""
    report = AnnualReport.objects.known_to(request.user).filter(year=year).first()
    if report is None or report.state != AnnualReport.State.WITHDRAWN or standing(request.user).secretariat:
        return None
    return render(request, "reports/withdrawn.html", {"report": report}, status=410)


@login_not_required
@require_safe
def cover(request: HttpRequest, year: int, number: int) -> HttpResponseBase:
    """The picture of an edition's cover."""
    edition = _edition(request, year, number)
    if not edition.cover:
        raise Http404
    return send(request, edition.cover, etag=f"{edition.sha256}-cover", at=edition.made_at)


@login_not_required
@require_safe
def photograph(request: HttpRequest, sha256: str, width: int) -> HttpResponseBase:
    """A photograph at one of the widths for pages: in a published edition, or one's own."""
    row = get_object_or_404(Photograph, sha256=sha256)
    mine = queries.photographs_for(request.user).filter(pk=row.pk).exists()
    if width not in pictures.WEB_WIDTHS or not (mine or queries.is_printed(sha256, request.user)):
        raise Http404
    return send(request, pictures.web_name(sha256, width), etag=f"{sha256}-{width}")


def _edition(request: HttpRequest, year: int, number: int) -> Edition:
    visible = Edition.objects.visible_to(request.user).select_related("report")
    return get_object_or_404(visible, report__year=year, number=number)


def _pdf(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    name = f"ISECG-annual-report-{edition.report.year}-edition-{edition.number}.pdf"
    return send(request, edition.file, etag=edition.sha256, at=edition.made_at, attachment=name)


def send(
    request: HttpRequest,
    file: FieldFile | str,
    *,
    etag: str,
    at: dt.datetime | None = None,
    attachment: str = "",
) -> HttpResponseBase:
    """Hand a stored file out, whole or in part, or say that the reader's copy is still good.

    Behind nginx only its name is handed on and nginx sends the bytes. A file that is gone is 404.
    """
    name = str(file)
    headers = {"ETag": f'"{etag}"', "Cache-Control": "no-cache", "Accept-Ranges": "bytes"}
    if at is not None:
        headers["Last-Modified"] = http_date(at.timestamp())
    unchanged = get_conditional_response(
        request, etag=headers["ETag"], last_modified=int(at.timestamp()) if at else None
    )
    if unchanged is not None:
        response: Any = unchanged
    elif settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        response = HttpResponse(headers={"X-Accel-Redirect": f"/handed-out/{name}"})
    else:
        whole = request.headers.get("If-Range", headers["ETag"]) != headers["ETag"]
        response = _from_disk(name, "" if whole else request.headers.get("Range", ""))
    response["Content-Type"] = TYPES[Path(name).suffix]
    if attachment:
        response["Content-Disposition"] = f'attachment; filename="{attachment}"'
    for header, value in headers.items():
        response[header] = value
    return response


def _from_disk(name: str, asked: str) -> HttpResponseBase:
    try:
        size = default_storage.size(name)
    except FileNotFoundError as error:
        raise Http404 from error
    part = _part(asked, size)
    status = 200 if part is None else 206
    response = StreamingHttpResponse(_chunks(name, part or range(size)), status=status)
    if part is not None:
        response["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    response["Content-Length"] = str(len(part or range(size)))
    return response


def _chunks(name: str, part: range) -> Iterator[bytes]:
    """The file is opened when the first bytes are wanted: never for HEAD."""
    with default_storage.open(name) as file:
        file.seek(part.start)
        left = len(part)
        while left and (data := file.read(min(left, CHUNK))):
            left -= len(data)
            yield data


def _part(asked: str, size: int) -> range | None:
    """The one part asked for; None when nothing, several or nonsense is asked for: then all is sent."""
    match = RANGE.match(asked)
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    start = int(first) if first else max(0, size - int(last))
    stop = min(size, int(last) + 1) if first and last else size
    return range(start, stop) if start < stop else None
