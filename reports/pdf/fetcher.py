"""What the report's layout may read beside the fonts: its own photographs."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from django.core.files.storage import default_storage
from weasyprint.urls import URLFetcherResponse

from isecg.pdf.fetcher import SCHEME, Fetcher, Refused
from reports.pdf.errors import missing_photograph


class ReportFetcher(Fetcher):
    """Reads `portal:photograph/<sha256>`, those given by name only, and the fonts."""

    def __init__(self, photographs: Iterable[str] = ()) -> None:
        super().__init__()
        self.photographs = frozenset(photographs)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        name = url.rpartition("/")[2]
        if url == f"{SCHEME}photograph/{name}" and name in self.photographs:
            return URLFetcherResponse(url, _photograph(name), {"Content-Type": "image/jpeg"})
        return super().fetch(url, headers)


def _photograph(sha256: str) -> bytes:
    try:
        data = Path(default_storage.path(f"photographs/{sha256}.jpg")).read_bytes()
    except OSError as error:
        raise Refused(missing_photograph(sha256)) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Refused(missing_photograph(sha256))
    return data
