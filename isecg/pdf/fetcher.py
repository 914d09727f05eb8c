"""What a layout may read: the portal's own fonts by a private scheme, and what a subclass adds.

WeasyPrint by itself fetches http, https, file and data addresses; whoever writes a text could so read the
server's files into the PDF. Anything unknown ends the layout.
"""

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from isecg.pdf import fonts
from isecg.pdf.errors import CannotRender, forbidden

SCHEME = "portal:"
LEAVING = f"{SCHEME}elsewhere/"  # before the id of something in another part; nothing is fetched there


class Refused(FatalURLFetchingError):
    """Stops the layout: WeasyPrint passes on no other error of a fetcher."""

    def __init__(self, reason: CannotRender) -> None:
        super().__init__(str(reason))
        self.reason = reason


class Fetcher(URLFetcher):
    """Reads `portal:font/<name>`."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=[])

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        name = url.rpartition("/")[2]
        if url == f"{SCHEME}font/{name}" and name in {*fonts.NAMES, *fonts.FILES}:
            return URLFetcherResponse(url, fonts.data(name), {"Content-Type": "font/ttf"})
        raise Refused(forbidden(url))
