"""Rendering: one for one content, what fails leaves the last good edition, nothing is stored twice."""

import datetime as dt
import hashlib
import io
import subprocess
import sys
import threading
from itertools import groupby
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from isecg import ROOT, jobs
from isecg.audit.models import Event
from isecg.pdf import check
from isecg.pdf.errors import CannotRender
from isecg.pdf.key import drawing
from members.models import Member
from reports import rendering
from reports.models import AnnualReport, Edition, Highlight, Paper, Photograph, Rendering
from reports.pdf.key import DRAWING, content_key
from reports.services.editions import render
from tests.reports.world import make_report, stored

LABEL = "reports.rendering"


@pytest.fixture
def report(db: None) -> AnnualReport:
    return make_report(2, items=2, photographs=False)


@pytest.fixture
def picture(report: AnnualReport) -> Photograph:
    """A photograph that the report shows."""
    row = stored()
    Highlight.objects.filter(agency__slug="aeb").update(photograph=row, credit="c", alt_text="a")
    return row


def work(wanted: Rendering) -> Rendering:
    """What a worker does with the row."""
    jobs.run(LABEL, wanted.pk)
    wanted.refresh_from_db()
    return wanted


def change(words: str) -> None:
    Highlight.objects.filter(agency__slug="aeb").update(text=words)


def test_render_then_work_gives_an_edition(report: AnnualReport, editor: Member) -> None:
    done = work(render(report, by=editor))
    edition = done.edition
    data = Path(edition.main.file.path).read_bytes()
    assert (done.state, done.percent, done.failure) == ("ready", 100, "")
    assert edition.number == 1
    assert edition.main.file.name == f"editions/{edition.main.sha256}.pdf"
    assert hashlib.sha256(data).hexdigest() == edition.main.sha256
    assert edition.main.size == len(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert edition.main.pages == len(pdf.pages)
    assert Path(edition.cover.path).read_bytes()[8:12] == b"WEBP"


def test_render_is_for_the_secretariat(report: AnnualReport, head_a: Member) -> None:
    with pytest.raises(PermissionDenied, match="Only the secretariat"):
        render(report, by=head_a)
    assert not Rendering.objects.exists()


def test_render_is_audited_once_for_two_clicks(report: AnnualReport, editor: Member) -> None:
    first, second = render(report, by=editor), render(report, by=editor)
    assert first.pk == second.pk
    assert [event.actor for event in Event.objects.filter(verb="render")] == [str(editor)]


def test_render_of_what_is_ready_is_not_rendered_again(report: AnnualReport, editor: Member) -> None:
    done = work(render(report, by=editor))
    assert render(report, by=editor).pk == done.pk
    assert Edition.objects.count() == 1


def test_render_after_an_edit_is_another_and_gets_the_next_number(
    report: AnnualReport, editor: Member
) -> None:
    first = work(render(report, by=editor))
    change("Something else happened.")
    second = work(render(report, by=editor))
    assert [first.edition.number, second.edition.number] == [1, 2]
    assert first.edition.main.sha256 != second.edition.main.sha256


def test_render_after_an_edit_was_taken_back_is_the_first_again(report: AnnualReport, editor: Member) -> None:
    before = Highlight.objects.get(agency__slug="aeb").text
    first = render(report, by=editor)
    change("Something else happened.")
    render(report, by=editor)
    change(before)
    assert render(report, by=editor).pk == first.pk


def test_what_failed_may_be_wanted_again(report: AnnualReport, editor: Member) -> None:
    failed = render(report, by=editor)
    Rendering.objects.filter(pk=failed.pk).update(state="failed")
    again = render(report, by=editor)
    assert again.pk != failed.pk
    assert work(again).state == "ready"


@pytest.mark.django_db(transaction=True)
def test_fifty_clicks_at_once_make_one_rendering(report: AnnualReport, editor: Member) -> None:
    found = click_at_once(50, report, editor)
    assert len(found) == 50
    assert len(set(found)) == Rendering.objects.count() == 1
    assert Event.objects.filter(verb="render").count() == 1


@pytest.mark.django_db(transaction=True)
def test_clicks_at_once_on_what_failed_make_one_more_rendering(report: AnnualReport, editor: Member) -> None:
    failed = render(report, by=editor)
    Rendering.objects.filter(pk=failed.pk).update(state=Rendering.FAILED)
    found = click_at_once(10, report, editor)
    assert len(found) == 10
    assert set(found) == {Rendering.objects.exclude(pk=failed.pk).get().pk}


def click_at_once(times: int, report: AnnualReport, editor: Member) -> list[int]:
    """The renderings that these clicks were answered with."""
    start, found, troubles = threading.Barrier(times), [], []

    def click() -> None:
        try:
            connection.ensure_connection()
            start.wait(120)
            found.append(render(report, by=editor).pk)
        except Exception as error:
            troubles.append(error)
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _ in range(times)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert troubles == []
    return found


def test_a_worker_that_lost_its_claim_stores_nothing(
    report: AnnualReport, editor: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = render(report, by=editor)

    def late(*_what: Any, **_more: Any) -> check.Finished:
        Rendering.objects.filter(pk=wanted.pk).update(claim_token=None)  # the sweep gave it to somebody else
        return check.Finished(1, b"RIFF")

    monkeypatch.setattr(rendering, "look_at", late)
    work(wanted)
    assert not Edition.objects.exists()
    assert not Event.objects.filter(verb="finish").exists()


def test_a_missing_photograph_fails_and_the_last_edition_stays(
    report: AnnualReport, picture: Photograph, editor: Member
) -> None:
    good = work(render(report, by=editor)).edition
    Path(picture.file.path).unlink()
    change("Something else happened.")
    failed = work(render(report, by=editor))
    assert failed.state == "failed"
    assert "The file of a photograph is missing or has changed" in failed.failure
    assert [edition.pk for edition in Edition.objects.all()] == [good.pk]
    assert Path(good.main.file.path).stat().st_size == good.main.size


def test_a_spoilt_snapshot_fails_and_others_go_on(report: AnnualReport, editor: Member) -> None:
    poisoned = render(report, by=editor)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE reports_snapshot DISABLE TRIGGER USER")
        cursor.execute("""UPDATE reports_snapshot SET content = jsonb_set(content, '{statement}', '"x"')""")
        cursor.execute("ALTER TABLE reports_snapshot ENABLE TRIGGER USER")
    change("Something else happened.")
    healthy = render(report, by=editor)
    assert "no longer matches its checksum" in work(poisoned).failure
    assert work(healthy).state == "ready"


def three_attempts(wanted: Rendering) -> list[tuple[str, str]]:
    told = []
    for _ in range(3):
        Rendering.objects.filter(pk=wanted.pk).update(not_before=timezone.now() - dt.timedelta(seconds=1))
        work(wanted)
        told.append((wanted.state, wanted.failure))
    return told


def test_a_full_disk_is_tried_again_and_then_fails(
    report: AnnualReport, editor: Member, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    def full(half: Path, data: bytes, _lasting: bool) -> None:
        half.write_bytes(data[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("isecg.files._write", full)
    wanted = render(report, by=editor)
    sentence = "There is no room left on the disk of the portal; nothing was stored."
    assert three_attempts(wanted) == [("queued", sentence), ("queued", sentence), ("failed", sentence)]
    assert not [path for path in Path(settings.DATA_DIR).rglob("*") if path.is_file()]
    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (MemoryError(), "It needed more memory than a worker may use."),
        (
            RecursionError(),
            "Something unexpected happened (RecursionError); the log of the worker says what.",
        ),
    ],
)
def test_an_error_of_the_layout_ends_in_a_sentence(
    report: AnnualReport, editor: Member, monkeypatch: pytest.MonkeyPatch, error: Exception, sentence: str
) -> None:
    class Broken:
        def lay_out(self, *_what: Any) -> None:
            raise error

    monkeypatch.setattr("reports.rendering.work.engine", lambda _paper: Broken())
    assert three_attempts(render(report, by=editor))[-1] == ("failed", sentence)


def test_the_row_tells_how_far_the_work_is(
    report: AnnualReport, editor: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, int]] = []
    note = Rendering.note

    def remember(row: Rendering, **fields: Any) -> None:
        told.append((fields.get("phase", ""), fields["percent"]))
        note(row, **fields)

    monkeypatch.setattr(Rendering, "note", remember)
    work(render(report, by=editor))
    assert [phase for phase, _run in groupby(phase for phase, _percent in told)] == [
        "reading",
        "drawing",
        "laying_out",
        "writing",
        "checking",
        "",
    ]
    assert [percent for _phase, percent in told] == sorted(percent for _phase, percent in told)


def test_the_content_key_follows_the_drawing(
    report: AnnualReport, editor: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = render(report, by=editor).snapshot
    before = content_key(taken)
    assert content_key(taken) == before
    monkeypatch.setattr("reports.pdf.key.drawing", lambda *_own: b"another template")
    assert content_key(taken) != before
    assert len(drawing(*DRAWING)) == 32


def test_other_copies_are_another_rendering(report: AnnualReport, editor: Member, settings: Any) -> None:
    """The snapshot is the same one; languages, papers and the portal's address are no part of it."""
    taken = render(report, by=editor).snapshot
    keys = {content_key(taken)}
    for languages, papers in ((["de"], ["a4"]), (["en", "de"], ["a4"]), (["en"], ["letter"])):
        taken.report.languages, taken.report.papers = languages, papers
        keys.add(content_key(taken))
    settings.SITE_URL = "https://another.example.org"
    keys.add(content_key(taken))
    assert len(keys) == 5


def pdf(**root: Any) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        for name, value in root.items():
            document.Root[f"/{name}"] = value
        document.save(out)
    return out.getvalue()


def linked(action: dict[str, Any], kind: str = "/Link") -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        note = pikepdf.Dictionary(Subtype=pikepdf.Name(kind), Rect=[0, 0, 9, 9], A=pikepdf.Dictionary(action))
        document.pages[0].Annots = pikepdf.Array([note])
        document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"no PDF", "cannot be opened"),
        (pdf(), "lacks the statement"),
        (pdf(OpenAction=pikepdf.Dictionary(S=pikepdf.Name.JavaScript)), "active parts"),
        (pdf(AA=pikepdf.Dictionary()), "active parts"),
        (linked({"/S": pikepdf.Name.URI, "/URI": "file:///etc/passwd"}), "links to something other"),
        (linked({"/S": pikepdf.Name.Launch, "/F": "x"}), "links to something other"),
        (
            linked({"/S": pikepdf.Name.URI, "/URI": "https://example.org"}, "/FileAttachment"),
            "links to something",
        ),
        (linked({"/S": pikepdf.Name.URI, "/URI": "https://example.org"}), "lacks the statement"),
    ],
)
def test_a_file_is_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(CannotRender, match=sentence):
        check.look_at(data, "not legally binding")


STARTED = """
from celery.signals import worker_process_init
from isecg.celery import app
app.loader.import_default_modules()
from reports.pdf.engine import engine
worker_process_init.send(sender=None)
import resource
print(engine.cache_info().currsize, resource.getrlimit(resource.RLIMIT_AS)[0] > 0)
"""


def test_a_child_that_starts_has_fonts_and_style_sheet_ready_within_its_memory() -> None:
    done = subprocess.run(
        [sys.executable, "-c", STARTED], cwd=ROOT, capture_output=True, text=True, timeout=300, check=True
    )
    assert done.stdout.split() == [str(len(Paper.values)), "True"]
