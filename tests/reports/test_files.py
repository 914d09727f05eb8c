"""The PDF as readers and their browsers get it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from members.models import Member
from members.services.accounts import deactivate
from reports.models import Edition, Publication

PDF = "/reports/2025/report.pdf"


@pytest.fixture
def data(published: Publication) -> bytes:
    with default_storage.open(str(published.edition.main.file)) as file:
        return file.read()


def body(answer: Any) -> bytes:
    return b"".join(answer)


def test_download_gives_the_edition_s_bytes(client: Client, data: bytes) -> None:
    assert body(client.get(PDF)) == data


def test_download_is_named_and_typed(client: Client, published: Publication) -> None:
    headers = client.get(PDF).headers
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"] == 'attachment; filename="ISECG-annual-report-2025-edition-1.pdf"'
    assert headers["ETag"] == f'"{published.edition.main.sha256}"'
    assert headers["Last-Modified"].endswith("GMT")


def test_download_of_what_the_reader_has(client: Client, published: Publication) -> None:
    answer = client.get(PDF, headers={"If-None-Match": f'"{published.edition.main.sha256}"'})
    assert (answer.status_code, answer.content) == (304, b"")


def test_download_with_an_older_copy(client: Client, data: bytes) -> None:
    assert body(client.get(PDF, headers={"If-None-Match": '"of another edition"'})) == data


def test_head_has_the_size_and_no_bytes(client: Client, data: bytes) -> None:
    answer = client.head(PDF)
    assert int(answer.headers["Content-Length"]) == len(data)


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [
        ("bytes=0-9", 0, 10),
        ("bytes=100-", 100, None),
        ("bytes=-20", -20, None),
        ("bytes=5-999999999", 5, None),
    ],
)
def test_part_of_the_file(client: Client, data: bytes, asked: str, start: int, stop: int | None) -> None:
    answer = client.get(PDF, headers={"Range": asked})
    assert (answer.status_code, body(answer)) == (206, data[start:stop])
    assert answer.headers["Content-Range"].endswith(f"/{len(data)}")


@pytest.mark.parametrize(
    "asked", ["bytes=", "bytes=-", "bytes=9-1", "lines=1-2", "bytes=0-1,4-5", "bytes=9999999-"]
)
def test_a_part_that_makes_no_sense_is_the_whole(client: Client, data: bytes, asked: str) -> None:
    answer = client.get(PDF, headers={"Range": asked})
    assert (answer.status_code, body(answer)) == (200, data)


def test_part_of_another_edition_is_the_whole(client: Client, data: bytes) -> None:
    answer = client.get(PDF, headers={"Range": "bytes=0-9", "If-Range": '"of another edition"'})
    assert body(answer) == data


def test_behind_nginx_only_the_name_is_handed_on(
    client: Client, published: Publication, settings: Any
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    answer = client.get(PDF)
    assert answer.headers["X-Accel-Redirect"] == f"/handed-out/{published.edition.main.file.name}"
    assert answer.content == b""


def test_behind_nginx_the_answer_to_who_may_is_the_same(client: Client, edition: Any, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    answer = client.get("/reports/2025/edition-1.pdf")
    assert answer.status_code == 404
    assert "X-Accel-Redirect" not in answer.headers


def test_a_file_that_is_lost_is_no_page(client: Client, published: Publication) -> None:
    default_storage.delete(str(published.edition.main.file))
    assert client.get(PDF).status_code == 404


def test_the_cover_is_a_picture(client: Client, published: Publication) -> None:
    answer = client.get("/reports/2025/edition-1/cover/")
    assert answer.headers["Content-Type"] == "image/webp"
    assert body(answer)[8:12] == b"WEBP"


DRAFT = "/reports/2025/edition-1.pdf"


def test_a_draft_is_refused_at_the_next_request_once_the_role_has_ended(
    edition: Edition, editor: Member, sign_in: Callable[[Member], Client]
) -> None:
    browser = sign_in(editor)
    assert body(browser.get(DRAFT)).startswith(b"%PDF")
    editor.mandates.update(end=timezone.now().date())
    assert browser.get(DRAFT).status_code == browser.head(DRAFT).status_code == 404


def test_a_draft_is_refused_at_the_next_request_once_the_account_is_closed(
    edition: Edition, editor: Member, administrator: Member, sign_in: Callable[[Member], Client]
) -> None:
    browser = sign_in(editor)
    assert body(browser.get(DRAFT)).startswith(b"%PDF")
    deactivate(editor, by=administrator, version=editor.version, now=timezone.now(), why="Left")
    answer = browser.get(DRAFT, headers={"If-None-Match": f'"{edition.main.sha256}"'})
    assert (answer.status_code, b"%PDF" in answer.content) == (404, False)
