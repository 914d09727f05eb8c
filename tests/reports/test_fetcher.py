"""What a layout may read: its own photographs and fonts. Everything else ends it."""

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from weasyprint import HTML

from isecg.pdf.errors import CannotRender
from reports.pdf.engine import engine
from reports.pdf.fetcher import ReportFetcher
from tests.reports.world import stored

MARKER = "marker-that-must-not-leave"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.txt"
    path.write_text(MARKER)
    return path


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """An address inside the network, and who asked it for what."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_words: object) -> None:
            pass

    web = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=web.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{web.server_port}", asked
    web.shutdown()
    web.server_close()


WAYS = {
    "picture": '<img alt="x" src="{}">',
    "attachment": '<link rel="attachment" href="{}">',
    "style sheet": '<link rel="stylesheet" href="{}">',
    "import": "<style>@import url({});</style>",
    "font": "<style>@font-face {{ font-family: x; src: url({}) }} p {{ font-family: x }}</style><p>x</p>",
    "background": '<p style="background: url({})">x</p>',
    "list mark": '<ul style="list-style-image: url({})"><li>x</li></ul>',
    "object": '<object data="{}">x</object>',
    "embed": '<embed src="{}">',
}


def write(html: str) -> bytes:
    document = engine().lay_out(f'<html lang="en"><title>t</title>{html}</html>')
    return engine().write(document, b"0" * 16)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_file_of_the_server_ends_the_layout(way: str, secret: Path) -> None:
    with pytest.raises(CannotRender, match="never fetched"):
        write(way.format(secret.as_uri()))


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_an_address_in_the_network_is_never_asked(way: str, server: tuple[str, list[str]]) -> None:
    address, asked = server
    with pytest.raises(CannotRender, match="never fetched"):
        write(way.format(f"{address}/inside"))
    assert asked == []


@pytest.mark.parametrize(
    "address",
    [
        "data:image/svg+xml,<svg/>",
        "ftp://127.0.0.1/x",
        "relative.png",
        "portal:photograph/" + "0" * 64,
        "portal:photograph/../../secret_key",
        "portal:font/../../../../etc/passwd",
        "portal:font/SourceSansPro-Black",
        "portal:other/thing",
        "PORTAL:font/SourceSansPro-Regular",
        "//127.0.0.1/x.png",
    ],
)
def test_an_unknown_address_ends_the_layout(address: str) -> None:
    with pytest.raises(CannotRender):
        write(f'<img alt="x" src="{address}">')


def test_without_the_fetcher_the_file_would_leave(secret: Path) -> None:
    # The control: what these tests guard against is real.
    html = f'<html lang="en"><title>t</title><link rel="attachment" href="{secret.as_uri()}"></html>'
    assert MARKER.encode() in HTML(string=html).write_pdf(uncompressed_pdf=True)


def test_a_picture_inside_a_drawing_ends_the_layout(server: tuple[str, list[str]]) -> None:
    # WeasyPrint catches what the fetcher says here and would leave the drawing out in silence.
    address, asked = server
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><image href="{}"/></svg>'
    with pytest.raises(CannotRender, match="could not be drawn"):
        write(drawing.format(f"{address}/inside"))
    assert asked == []


def test_a_link_is_not_fetched(server: tuple[str, list[str]]) -> None:
    address, asked = server
    assert write(f'<p><a href="{address}/page">x</a></p>').startswith(b"%PDF")
    assert asked == []


@pytest.mark.django_db
def test_the_reports_own_photograph_is_read() -> None:
    row = stored()
    with ReportFetcher([row.sha256]).fetch(f"portal:photograph/{row.sha256}")._file_obj as file:
        assert file.read(3) == b"\xff\xd8\xff"


@pytest.mark.django_db
def test_a_photograph_of_another_report_is_not_read() -> None:
    row = stored()
    with pytest.raises(CannotRender):
        write(f'<img alt="x" src="portal:photograph/{row.sha256}">')


@pytest.mark.django_db
@pytest.mark.parametrize("spoil", [lambda path: path.unlink(), lambda path: path.write_bytes(b"other")])
def test_a_photograph_that_is_gone_or_changed_is_named(spoil: object) -> None:
    row = stored()
    spoil(Path(row.file.path))  # type: ignore[operator]
    html = f'<html lang="en"><img alt="x" src="portal:photograph/{row.sha256}">'
    with pytest.raises(CannotRender, match=f"photograph is missing or has changed \\({row.sha256[:12]}\\)"):
        engine().lay_out(html, ReportFetcher([row.sha256]))
