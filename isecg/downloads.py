"""Handing stored files out: whole, in part, or "your copy is still good"; HEAD and Range alike.

Who may have a file is the view's question, asked at each request, before it calls `send`.
"""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

TYPES = {".pdf": "application/pdf", ".webp": "image/webp", ".jpg": "image/jpeg", ".png": "image/png"}
CHUNK = 64 * 1024
RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})\Z")


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
