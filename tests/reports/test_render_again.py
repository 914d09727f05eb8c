"""An edition made again gives the same bytes, here and elsewhere; what differs is said with its reason."""

import hashlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from isecg import ROOT, jobs
from isecg.pdf.errors import CannotRender
from members.models import Member
from reports.models import AnnualReport, Edition
from reports.rendering import again, copies
from reports.rendering.again import _anew, _tell_nobody
from reports.services.editions import render
from tests.reports import stress
from tests.reports.world import make_report

PROCESS = """
import django, hashlib, json, sys
django.setup()
from reports.rendering.again import _anew, _tell_nobody
from reports.rendering import copies
from tests.reports import stress
told = json.load(open(sys.argv[1]))
pdf = copies.make(None, stress.printed(told), [], _tell_nobody, _anew)
print(hashlib.sha256(pdf).hexdigest())
"""


def run(*words: Any, **options: Any) -> str:
    out = io.StringIO()
    call_command("render_again", *words, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def as_made(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`as_made("x")`: copies are made again as they were, but for what is added at their end."""

    def make(more: str = "") -> None:
        left = {(each.language, each.paper): each for each in edition.copies.all()}

        def made(_rendering: Any, printed: Any, *_: Any) -> bytes:
            copy = left[printed.variant.language, printed.variant.paper]
            return Path(copy.file.path).read_bytes() + more.encode()

        monkeypatch.setattr(copies, "make", made)

    return make


def test_a_rendered_edition_is_made_again_from_its_snapshot_to_the_byte(db: None, editor: Member) -> None:
    report = make_report(2, items=2, photographs=False)
    rendering = render(report, by=editor)
    jobs.run("reports.rendering", rendering.pk)
    edition = Edition.objects.get(rendering=rendering)
    AnnualReport.objects.filter(pk=report.pk).update(foreword="Another word.")  # not in the snapshot
    told = run(report.year)
    assert told.count("the same\n") == edition.copies.count() > 0
    assert told.endswith(f"{edition}: the same bytes.\n")


def test_another_process_elsewhere_makes_the_same_report(tmp_path: Path) -> None:
    """Another seed of hashes, another time zone, another language of the machine, another working folder."""
    told = stress.content(4, paragraphs=1, items=2, pictures="none")
    file = tmp_path / "content.json"
    file.write_text(json.dumps(told))
    here = copies.make(None, stress.printed(told), [], _tell_nobody, _anew)  # type: ignore[arg-type]
    place = {"PYTHONHASHSEED": "7", "TZ": "Asia/Kathmandu", "LC_ALL": "de_DE.UTF-8", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-W", "ignore", "-c", PROCESS, str(file)]
    done = subprocess.run(
        command, cwd=tmp_path, env={**os.environ, **place}, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == hashlib.sha256(here).hexdigest(), done.stderr


def test_each_copy_is_named(edition: Edition, as_made: Callable[..., None]) -> None:
    as_made()
    told = run(edition.report.year, edition=edition.number)
    assert all(f"{copy}: {copy.sha256}, the same" in told for copy in edition.copies.all())


def test_other_bytes_on_a_machine_that_draws_otherwise(
    edition: Edition, as_made: Callable[..., None]
) -> None:
    as_made("x")
    with pytest.raises(CommandError, match="this machine draws otherwise") as refused:
        run(edition.report.year)
    assert refused.value.returncode == 1


def test_copies_that_the_next_edition_comes_in_are_no_other_drawing(
    edition: Edition, as_made: Callable[..., None]
) -> None:
    AnnualReport.objects.update(languages=["de", "en"], papers=["letter"])
    as_made("x")
    with pytest.raises(CommandError, match="this machine draws otherwise"):
        run(edition.report.year)


def test_other_bytes_since_the_drawing_has_changed(
    edition: Edition, as_made: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    as_made("x")
    monkeypatch.setattr(again, "content_key", lambda *_: "another")
    with pytest.raises(CommandError, match=r"What draws reports .* has changed since"):
        run(edition.report.year)


def test_a_damaged_file_is_found(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    file = Path(edition.main.file.path)
    good = {each.paper: Path(each.file.path).read_bytes() for each in edition.copies.all()}
    monkeypatch.setattr(copies, "make", lambda _rendering, printed, *_: good[printed.variant.paper])
    file.write_bytes(b"damage")
    with pytest.raises(CommandError, match=r"1 kept files are missing or damaged\.$"):
        run(edition.report.year)


def test_a_snapshot_that_was_changed_is_found(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(again, "digest", lambda _content: "0" * 64)
    with pytest.raises(CommandError, match="no longer matches its checksum"):
        run(edition.report.year)


def test_what_cannot_be_made_says_why(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> bytes:
        raise CannotRender("A photograph is missing.")

    monkeypatch.setattr(copies, "make", refuse)
    with pytest.raises(CommandError, match="A photograph is missing") as refused:
        run(edition.report.year)
    assert refused.value.returncode == 1


@pytest.mark.parametrize("words", [(2031,), (2025, "--edition", "9")])
def test_an_edition_that_does_not_exist(edition: Edition, words: tuple[Any, ...]) -> None:
    with pytest.raises(CommandError, match="There is no such edition"):
        run(*words)
