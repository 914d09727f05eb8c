"""A copy joined of parts is the copy laid out as a whole; parts are kept, shared, and outlive helpers."""

import io
import json
import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from isecg import jobs
from isecg.pdf import fragments, join
from isecg.pdf.errors import CannotRender
from isecg.pdf.fragments import Fragment
from isecg.pdf.writing import written
from members.models import Member
from reports.attachments import attachments
from reports.models import AnnualReport, Highlight, Rendering
from reports.pdf.printed import Printed, Variant
from reports.rendering import copies, work
from reports.services.editions import render
from tests.reports.compare import differences
from tests.reports.world import make_report

A4, LETTER = Variant("en", "a4"), Variant("de", "letter")


@pytest.fixture
def report(db: None) -> AnnualReport:
    return make_report(3, items=3, photographs=False)


@pytest.fixture
def rendering(report: AnnualReport, editor: Member) -> Rendering:
    """A rendering that this process is at."""
    return claimed(report, editor)


def claimed(report: AnnualReport, editor: Member) -> Rendering:
    row: Rendering | None = Rendering.objects.claim(render(report, by=editor).pk, timezone.now())
    assert row is not None
    return row


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of parts in the order in which they are laid out."""
    names: list[str] = []
    before = fragments.make

    def make(*what: Any, key: str) -> Fragment:
        names.append(key)
        return before(*what, key=key)

    monkeypatch.setattr(fragments, "make", make)
    return names


def told(_phase: Any, _share: float) -> None:
    """Nobody listens."""


def copy(rendering: Rendering, variant: Variant = A4) -> bytes:
    return copies.make(rendering, Printed.of(rendering, variant), along(rendering), told)


def along(rendering: Rendering) -> Any:
    return attachments(rendering.snapshot.content, rendering.snapshot.sha256)


@pytest.mark.parametrize("variant", [A4, LETTER])
def test_joined_parts_are_the_document_laid_out_as_a_whole(rendering: Rendering, variant: Variant) -> None:
    whole = copies.whole(Printed.of(rendering, variant), along(rendering))
    assert differences(whole, copy(rendering, variant)) == []


def test_the_same_copy_is_the_same_bytes_and_nothing_is_laid_out_again(
    rendering: Rendering, made: list[str]
) -> None:
    first = copy(rendering)
    laid_out = len(made)
    assert copy(rendering) == first
    assert laid_out > 5
    assert len(made) == laid_out


def test_half_a_part_that_a_crash_left_is_made_again(rendering: Rendering, made: list[str]) -> None:
    first = copy(rendering)
    kept = max(Path(default_storage.path(work.FOLDER)).iterdir(), key=lambda path: path.stat().st_size)
    kept.write_bytes(kept.read_bytes()[:1000])
    made.clear()
    assert copy(rendering) == first
    assert len(made) == 1


@pytest.fixture
def after_edit(
    rendering: Rendering, report: AnnualReport, editor: Member, made: list[str]
) -> Callable[[str], list[str]]:
    """`after_edit("words")`: the parts laid out for a copy when a highlight of AEM says that instead."""

    def make(words: str) -> list[str]:
        copy(rendering)
        made.clear()
        Highlight.objects.filter(agency__slug="aem").update(text=words)
        again = claimed(report, editor)
        again.number = rendering.number  # which is printed, too
        copy(again)
        return made

    return make


def test_an_edit_lays_out_the_part_that_it_is_in(after_edit: Callable[[str], list[str]]) -> None:
    text = Highlight.objects.get(agency__slug="aem").text
    other = text[:-2] + ("x" if text[-2] != "x" else "y") + text[-1]
    assert sorted(after_edit(other)) == ["colophon", "highlights"]  # AEM stands behind the opening page


def test_an_edit_that_moves_pages_lays_out_nothing_else(after_edit: Callable[[str], list[str]]) -> None:
    assert sorted(after_edit("Something else happened.")) == ["colophon", "highlights"]


def test_parts_that_do_not_fit_are_no_failure(
    rendering: Rendering, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_what: Any) -> None:
        raise join.CannotJoin("#foreword is there twice")

    monkeypatch.setattr(copies, "laid_out", broken)
    with caplog.at_level(logging.WARNING):
        pdf = copy(rendering)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.pages) > 5
    assert "laid out as a whole, since #foreword is there twice" in caplog.text


def test_a_number_of_a_page_stands_in_the_text_and_its_tag(rendering: Rendering) -> None:
    """From the right or from the left, of any number of digits, in the fonts of the words around."""
    body = (
        '<p>See page <a class="page-open" href="#far">0</a>, or <a class="page-open" href="#one">0</a>.</p>'
    )
    first, long = order("one", body), order("far", "x")
    made = [first, *(order(f"n{number}", "x") for number in range(9)), long]
    with join.joined([each.made() for each in made], pikepdf.Dictionary()) as pdf:
        words = pypdf.PdfReader(io.BytesIO(written(pdf))).pages[0].extract_text()
    assert "See page 11, or 1." in " ".join(words.split())


def test_a_link_to_nowhere_cannot_be_joined(rendering: Rendering) -> None:
    lost = order("one", '<a href="#nowhere">x</a>').made()
    with (
        pytest.raises(join.CannotJoin, match="nothing is called #nowhere"),
        join.joined([lost], pikepdf.Dictionary()),
    ):
        pass


def order(name: str, body: str) -> work.Order:
    html = f'<html lang="en"><head><title>x</title></head><body><p id="{name}">{body}</p></body></html>'
    return work.Order(name, "a4", html, [])


def test_what_another_worker_holds_is_waited_for_and_taken_when_it_dies(
    transactional_db: None, report: AnnualReport, editor: Member, made: list[str]
) -> None:
    rendering = claimed(report, editor)
    orders = [order("held", "one"), order("free", "two")]
    held, dies = threading.Event(), threading.Event()

    def other() -> None:
        with work._claimed(orders[0].key) as mine:
            assert mine
            held.set()
            dies.wait(120)
        connection.close()

    worker = threading.Thread(target=other)
    worker.start()
    held.wait(120)
    shares: list[float] = []

    def tell(share: float) -> None:
        shares.append(share)
        if share == 0.5:  # all that is left is with the other one
            dies.set()

    work.lay_out(rendering, orders, tell)
    worker.join()
    assert made == ["free", "held"]
    assert shares[0] == 0
    assert shares[-1] == 0.5


def test_a_helper_takes_what_is_written_down_and_leaves_the_rest_alone(
    rendering: Rendering, made: list[str]
) -> None:
    orders = [order("one", "1"), order("two", "22")]
    with work._offered(rendering, orders):
        jobs.run("reports.rendering", rendering.pk)  # a message for a job that somebody is at
        written = json.loads(Path(default_storage.path(work._offer(rendering))).read_text())
    assert [each["name"] for each in written] == ["one", "two"]
    assert made == ["one", "two"]
    assert all(each.is_there() for each in orders)
    jobs.run("reports.rendering", rendering.pk)  # too late: nothing is offered any more
    assert made == ["one", "two"]


def test_what_fails_with_a_helper_is_for_the_rendering_to_say(
    rendering: Rendering, caplog: pytest.LogCaptureFixture
) -> None:
    orders = [order("one", "1"), order("bad", '<img src="https://example.org/x.png" alt="x">')]
    with work._offered(rendering, orders), caplog.at_level(logging.WARNING):
        jobs.run("reports.rendering", rendering.pk)
    assert "could not help with reports.rendering" in caplog.text
    with pytest.raises(CannotRender, match="from outside the portal"):
        work.lay_out(rendering, orders, lambda _share: None)
