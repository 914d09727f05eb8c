"""The report in the browser holds what the PDF holds: the same paragraphs, in order, under the same ids."""

import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

import pikepdf
import pytest
from django.db import transaction
from django.test import override_settings

from isecg.canonical import Content
from isecg.pdf import reading as aloud
from isecg.pdf.check import plain
from reports import reading, snapshot
from reports.pdf import document
from reports.pdf.engine import engine
from reports.pdf.fetcher import ReportFetcher
from reports.pdf.printed import Printed, Variant
from tests.reports.world import make_report

pytestmark = pytest.mark.django_db
BLOCKS = {"h1", "h2", "h3", "h4", "h5", "p", "li", "td", "th", "figcaption"}
UNSEEN = {"only-heard", "deep-link", "chart__narrow"}
VOID = {"img", "br", "hr", "meta"}


class Paragraphs(HTMLParser):
    """The words of a page, block by block; footnotes apart, drawings and what is only heard left out."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []
        self.notes: list[str] = []
        self.ids: list[str] = []
        self.open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [found["id"] or ""] if "id" in found and not self._in("svg") else []
        if tag in VOID:
            return
        if tag in BLOCKS:
            self.told.append("")
        if "footnote" in (found.get("class") or ""):
            self.notes.append("")
        self.open.append((tag, found.get("class") or ""))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass
        if tag in BLOCKS:
            self.told.append("")

    def handle_data(self, data: str) -> None:
        if self._in("svg") or any(self._has(name) for name in UNSEEN) or not self.open:
            return
        into = self.notes if self._has("footnote") else self.told
        if into:
            into[-1] += data

    def _in(self, tag: str) -> bool:
        return any(each == tag for each, _classes in self.open)

    def _has(self, name: str) -> bool:
        return any(name in classes.split() for _tag, classes in self.open)


def read(html: str) -> Paragraphs:
    page = Paragraphs()
    page.feed(html)
    return page


def words(texts: list[str]) -> list[str]:
    return [found for text in texts if (found := plain(text))]


@dataclass
class Both:
    """A copy as PDF, its chapters behind the contents, and as a page."""

    printed: Printed
    pdf: bytes
    page: str

    @property
    def aloud(self) -> Iterator[str]:
        with pikepdf.open(io.BytesIO(self.pdf)) as pdf:
            yield from words(aloud.paragraphs(pdf))


def both(content: Content, language: str) -> Both:
    taken_at = dt.datetime(2026, 1, 9, tzinfo=dt.UTC)
    printed = Printed(content, "0" * 64, taken_at, 1, "2025-1-ABCDEFGH", Variant(language, "a4"))
    pages = engine().lay_out(document.html(printed), ReportFetcher(document.photographs(printed)))
    return Both(printed, engine().write(pages, b"0" * 16), reading.in_browser(printed).article)


@pytest.fixture(scope="module")
def copies(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Both]:
    """A small report in two languages, each as PDF and as page."""
    folder = tmp_path_factory.mktemp("twin")
    with override_settings(DATA_DIR=folder, MEDIA_ROOT=folder / "media"):
        with django_db_blocker.unblock(), transaction.atomic():
            content = snapshot.take(make_report(3, items=3), None).content
            transaction.set_rollback(True)
        return {language: both(content, language) for language in ("en", "de")}


@pytest.fixture
def english(copies: dict[str, Both]) -> Both:
    return copies["en"]


@pytest.fixture
def german(copies: dict[str, Both]) -> Both:
    return copies["de"]


@pytest.mark.parametrize("language", ["en", "de"])
def test_pdf_and_page_hold_the_same_words(language: str, copies: dict[str, Both]) -> None:
    page = read(copies[language].page)
    heard = "".join(copies[language].aloud)
    missing = [text for text in words(page.told) + words(page.notes) if text not in heard]
    assert len(words(page.told)) > 80
    assert missing == []


def test_pdf_and_page_hold_them_in_the_same_order(english: Both) -> None:
    page, heard = words(read(english.page).told), list(english.aloud)
    once = {text for text in page if page.count(text) == heard.count(text) == 1}
    assert len(once) > 40
    assert [text for text in page if text in once] == [text for text in heard if text in once]


def test_pdf_and_page_have_the_same_ids(english: Both) -> None:
    printed = read(document.html(english.printed)).ids
    page = read(english.page).ids
    assert len(page) == len(set(page))
    assert [name for name in printed if name != "contents"] == page


def test_every_link_within_the_page_leads_somewhere(english: Both) -> None:
    page = read(english.page)
    links = set(re.findall(r'href="#([^"]+)"', english.page))
    assert links
    assert links <= set(page.ids)


def test_each_chapter_and_highlight_has_a_link_to_itself(english: Both) -> None:
    linked = set(re.findall(r'class="deep-link" href="#([^"]+)"', english.page))
    highlights = {row["id"] for row in english.printed.content["highlights"]}
    assert highlights | {"foreword", "year", "highlights", "agency-aeb", "colophon"} <= linked


def test_what_people_wrote_says_its_language_in_another_ones_copy(english: Both, german: Both) -> None:
    assert '<div class="text lead" lang="en">' in german.page
    assert '<div class="text lead">' in english.page
    assert "Vorwort" in german.page


def test_tables_can_be_moved_sideways_by_keyboard(english: Both) -> None:
    frame = '<div class="table-frame" role="group" aria-label="Table" tabindex="0"><table'
    assert english.page.count("<table") == english.page.count(frame) > 2


def test_a_picture_on_the_page_comes_in_two_sizes_with_its_words(english: Both) -> None:
    sha256 = next(row["photograph"]["sha256"] for row in english.printed.content["highlights"])
    [image] = re.findall(rf"<img[^>]*{sha256}[^>]*>", english.page)
    assert f"{sha256}/480" in image or f"{sha256}-480" in image
    assert 'alt="A grey plain with craters under a dark sky, the Earth small above the horizon."' in image
