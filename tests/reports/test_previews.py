"""A chapter as it would be printed, for the one person who writes it, and gone soon after."""

import datetime as dt
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from agencies.models import Agency
from isecg import jobs
from isecg.audit.models import Event
from isecg.canonical import Content
from isecg.files import put
from members.models import Member
from reports.models import AnnualReport, Highlight, Preview
from reports.services.cleaning import clean_fragments, clean_previews
from reports.services.previews import preview
from reports.snapshot import highlights_of
from reports.snapshot.part import part_of


@pytest.fixture
def content(report: AnnualReport, dlr: Agency, highlight: Highlight) -> Content:
    return part_of(report, dlr, highlights_of(report, dlr))


@pytest.fixture
def wanted(report: AnnualReport, dlr: Agency, content: Content, editor: Member) -> Preview:
    return preview(report, dlr, content, by=editor)


@pytest.fixture
def drawn(wanted: Preview) -> Preview:
    jobs.run("reports.preview", wanted.pk)
    wanted.refresh_from_db()
    return wanted


def test_preview_is_pictures_of_the_agencys_pages(drawn: Preview) -> None:
    assert (drawn.state, drawn.failure) == ("ready", "")
    pictures = [Path(default_storage.path(name)).read_bytes() for name in drawn.pictures]
    assert len(pictures) == 1
    assert pictures[0].startswith(b"\x89PNG")


def test_preview_of_the_same_words_is_drawn_once(wanted: Preview, content: Content, editor: Member) -> None:
    assert preview(wanted.report, wanted.agency, content, by=editor).pk == wanted.pk


def test_preview_writes_nothing_into_the_event_log(wanted: Preview) -> None:
    assert not Event.objects.filter(record_type="reports.preview").exists()


def test_preview_is_for_those_who_write_for_the_agency(
    report: AnnualReport, dlr: Agency, content: Content, head_b: Member
) -> None:
    with pytest.raises(PermissionDenied, match="Only those who write for the agency"):
        preview(report, dlr, content, by=head_b)


def test_preview_without_words_fails_with_a_sentence(
    report: AnnualReport, dlr: Agency, editor: Member
) -> None:
    empty = preview(report, dlr, part_of(report, dlr, []), by=editor)
    jobs.run("reports.preview", empty.pk)
    empty.refresh_from_db()
    assert (empty.state, empty.failure) == (
        "failed",
        "There is nothing to show yet: the part has no words.",
    )


def test_preview_page_asks_again_until_it_is_drawn(wanted: Preview, editor: Member, sign_in: Any) -> None:
    client: Client = sign_in(editor)
    address = f"/previews/{wanted.pk}/"
    waiting = client.get(address, headers={"HX-Request": "true"}).text
    assert f'hx-get="{address}"' in waiting
    assert "<html" not in waiting
    jobs.run("reports.preview", wanted.pk)
    shown = client.get(address, headers={"HX-Request": "true"}).text
    assert "hx-get" not in shown
    assert 'alt="Page 1 of 1 as it would be printed, with the words of the form."' in shown
    picture = client.get(f"/previews/{wanted.pk}/1.png")
    assert picture["Content-Type"] == "image/png"
    assert b"".join(picture).startswith(b"\x89PNG")


@pytest.mark.parametrize("page", ["", "1.png"])
def test_preview_is_seen_by_nobody_else(
    drawn: Preview, administrator: Member, sign_in: Any, page: str
) -> None:
    assert sign_in(administrator).get(f"/previews/{drawn.pk}/{page}").status_code == 404


@pytest.mark.parametrize("page", ["0.png", "2.png", "99999999999999999999.png"])
def test_a_page_that_is_not_there_is_not_found(
    drawn: Preview, editor: Member, sign_in: Any, page: str
) -> None:
    assert sign_in(editor).get(f"/previews/{drawn.pk}/{page}").status_code == 404


def aged(path: Path, hours: float) -> Path:
    long_ago = timezone.now().timestamp() - hours * 3600
    os.utime(path, (long_ago, long_ago))
    return path


def test_clean_removes_previews_of_yesterday_with_their_pictures(drawn: Preview) -> None:
    picture = aged(Path(default_storage.path(drawn.pictures[0])), 30)
    assert clean_previews(timezone.now()) == 0  # it is still shown
    Preview.objects.update(wanted_at=timezone.now() - dt.timedelta(hours=25))
    assert clean_previews(timezone.now()) == 1
    assert not Preview.objects.exists()
    assert not picture.exists()


def test_clean_keeps_the_parts_that_were_asked_for_last(db: None) -> None:
    parts = [aged(Path(default_storage.path(put(f"fragments/{age}", b"x" * 100))), age) for age in (9, 5, 3)]
    offer = aged(Path(default_storage.path(put("fragments/1-x.orders", b"[]"))), 2)
    assert clean_fragments(timezone.now(), most=250) == 2
    assert [path.exists() for path in parts] == [False, True, True]
    assert not offer.exists()


def test_clean_leaves_what_was_just_asked_for(db: None) -> None:
    put("fragments/new", b"x" * 100)
    assert clean_fragments(timezone.now(), most=10) == 0
