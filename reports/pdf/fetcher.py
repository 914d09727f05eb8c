"""What the layout may read: the report's own photographs and fonts, by a private scheme. Nothing else.

WeasyPrint by itself fetches http, https, file and data addresses; whoever writes a highlight could so
read the server's files into the PDF. Anything unknown ends the rendering.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from django.core.files.storage import default_storage
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from reports.pdf import fonts
from reports.pdf.errors import CannotRender, forbidden, missing_photograph

SCHEME = "report:"


class Refused(FatalURLFetchingError):
    """Stops the rendering: WeasyPrint passes on no other error of a fetcher."""

    def __init__(self, reason: CannotRender) -> None:
        super().__init__(str(reason))
        self.reason = reason


class ReportFetcher(URLFetcher):
    """Reads `report:font/<name>` and `report:photograph/<sha256>`, those given by name only."""

    def __init__(self, photographs: Iterable[str] = ()) -> None:
        super().__init__(allowed_protocols=[])
        self.photographs = frozenset(photographs)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        name = url.rpartition("/")[2]
        if url == f"{SCHEME}font/{name}" and name in fonts.NAMES:
            return URLFetcherResponse(url, fonts.path(name).read_bytes(), {"Content-Type": "font/ttf"})
        if url == f"{SCHEME}photograph/{name}" and name in self.photographs:
            return URLFetcherResponse(url, _photograph(name), {"Content-Type": "image/jpeg"})
        raise Refused(forbidden(url))


def _photograph(sha256: str) -> bytes:
    try:
        data = Path(default_storage.path(f"photographs/{sha256}.jpg")).read_bytes()
    except OSError as error:
        raise Refused(missing_photograph(sha256)) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Refused(missing_photograph(sha256))
    return data
