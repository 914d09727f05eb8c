"""PDFs of texts and redlines: what they say, that they repeat to the byte, and who may have them when."""

import copy
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from django.conf import settings as conf
from django.http import HttpResponse
from django.test import Client

from agencies.models import Agency
from isecg import ROOT, jobs
from isecg.pdf.check import plain
from members.models import Mandate, Member
from recommendations.models import Print, Recommendation, Stand
from recommendations.pdf import document
from recommendations.pdf.key import content_key
from recommendations.queries import prints as queries
from recommendations.rendering import drawn
from recommendations.services import issues, silence
from recommendations.services.prints import want, want_again
from recommendations.tables.cells import COLUMNS
from tests.recommendations import world

PRINTS: Any = Print.objects  # typed as jobs in general
STATEMENT = "This recommendation is legally non-binding."
Browser = Callable[[Member | None], Client]


def work(wanted: Print) -> Print:
    """What a worker does with the row."""
    jobs.run("recommendations.print", wanted.pk)
    wanted.refresh_from_db()
    assert wanted.state == "ready", wanted.failure
    return wanted


def pages(wanted: Print) -> list[str]:
    reader = pypdf.PdfReader(io.BytesIO(Path(wanted.file.path).read_bytes()))
    return [page.extract_text() for page in reader.pages]


def words(wanted: Print) -> str:
    return plain("".join(pages(wanted)))


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


@pytest.fixture
def told(editor: Member, asked: list[Agency], chair: Member, head_a: Member, dlr: Agency) -> Recommendation:
    """Issued, with a statement for the record."""
    procedure = world.under_silence(editor, asked, now=world.START - 10 * world.DAY)
    stated: dict[str, Any] = {"stand": Stand.ASIDE, "statement": "DLR keeps its own archive.", "agency": dlr}
    rec = procedure.recommendation
    silence.state_position(rec, by=head_a, now=world.START - world.DAY, **stated)
    silence.conclude(world.again(rec), by=editor, now=world.START)
    issues.approve(world.again(rec), by=chair, now=world.START, hold=world.AT_ONCE)
    return world.again(rec)


def public(rec: Recommendation, language: str = "en") -> Print:
    content = queries.text_of(world.issue_of(rec), rec)
    return work(want(rec, Print.What.TEXT, content, reader=None, language=language))


@pytest.fixture
def draft_print(revised: Recommendation, editor: Member) -> Print:
    content = queries.draft_text(revised.revisions.get(), world.START)
    return work(want(revised, Print.What.TEXT, content, reader=editor, language="en"))


def test_an_issued_text_says_everything_of_its_day(told: Recommendation) -> None:
    said = words(public(told))
    issue = world.issue_of(told)
    for sentence in (
        f"Recommendation {told.number}",
        told.title,
        "Participating agencies name the scale of every time they exchange.",
        "Addressed to all participating agencies",
        "Chair: ASI, Agenzia Spaziale Italiana",
        "DLR Deutsches Zentrum für Luft- und Raumfahrt",
        "DLR keeps its own archive.",
        "stands aside",
        issue.sha256,
        issue.text_sha256,
        f"{conf.SITE_URL}/recommendations/{told.number}/",
    ):
        assert plain(sentence) in said


def test_the_statement_stands_on_every_page(told: Recommendation) -> None:
    content = copy.deepcopy(queries.text_of(world.issue_of(told), told))
    [one] = [row for row in content["said"]["paragraphs"] if row["number"] == "1"]
    content["said"]["paragraphs"] += [
        {**one, "key": f"x{number}", "number": str(number), "text": "Agencies go on. " * 40}
        for number in range(9, 40)
    ]
    done = work(want(told, Print.What.TEXT, content, reader=None, language="en"))
    assert done.pages == len(pages(done)) > 3
    assert all(plain(STATEMENT) in plain(page) for page in pages(done))


def test_a_text_without_the_statement_is_not_handed_out(
    told: Recommendation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document, "statement", lambda _language: "Another sentence that must be there")
    content = queries.text_of(world.issue_of(told), told)
    wanted = want(told, Print.What.TEXT, content, reader=None, language="en")
    jobs.run("recommendations.print", wanted.pk)
    wanted.refresh_from_db()
    assert (wanted.state, bool(wanted.file)) == ("failed", False)
    assert "lacks the statement" in wanted.failure


def test_paragraphs_have_the_ids_of_the_page(told: Recommendation) -> None:
    html = document.html("text", queries.text_of(world.issue_of(told), told), "en")
    keys = [row["key"] for row in world.issue_of(told).content["paragraphs"]]
    assert re.findall(r'id="(p\d+)"', html) == keys


def test_it_is_made_from_the_content_alone(told: Recommendation, django_assert_num_queries: Any) -> None:
    content = queries.text_of(world.issue_of(told), told)
    with django_assert_num_queries(0):
        html = document.html("text", content, "en")
    assert "Participating agencies share a list" in html


def test_the_same_content_gives_the_same_bytes(told: Recommendation) -> None:
    first = public(told)
    html = document.html("text", first.content, "en")
    assert Path(first.file.path).read_bytes() == drawn(html, first.content_key)


def test_a_draft_says_so_on_every_page(draft_print: Print) -> None:
    sentence = "Draft, revision 1: not agreed, not issued"
    assert all(plain(sentence) in plain(page) for page in pages(draft_print))


def test_a_superseded_text_says_so_at_its_top(editor: Member, asked: list[Agency], chair: Member) -> None:
    old = world.superseded(editor, asked, chair)
    done = public(old)
    assert plain("Superseded on 2 March 2026 Reason: A later text.") in plain(pages(done)[0])
    with pikepdf.open(done.file.path) as pdf:
        links = {str(note.A.URI) for note in pdf.pages[0].Annots if "/A" in note}
    assert f"{conf.SITE_URL}/recommendations/{old.superseded_by.number}/" in links  # type: ignore[union-attr]


def test_a_german_pdf_has_german_around_the_text(told: Recommendation) -> None:
    done = public(told, "de")
    with pikepdf.open(done.file.path) as pdf:
        assert str(pdf.Root.Lang) == "de"
    html = document.html("text", done.content, "de")
    assert '<html lang="de">' in html
    assert '<div class="paragraphs" lang="en">' in html


def test_it_is_tagged_and_says_what_it_is(told: Recommendation) -> None:
    with pikepdf.open(public(told).file.path) as pdf:
        assert str(pdf.Root.Lang) == "en"
        assert str(pdf.docinfo.Title) == f"ISECG Recommendation {told.number}: {told.title}"
        assert str(pdf.docinfo.CreationDate) == "D:20260302090000Z"
        assert bool(pdf.Root.MarkInfo.Marked)
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["pdfaid:part"] + metadata["pdfaid:conformance"] == "3A"


def test_what_was_found_of_the_file_is_kept_with_it(told: Recommendation) -> None:
    checks = public(told).checks
    assert [row["check"] for row in checks if row["passed"] is False] == []
    assert {"pdf-a", "pdf-ua", "joined", "figures"} <= {row["check"] for row in checks}


def test_a_title_that_repeats_the_head_leaves_no_gap_below_it(told: Recommendation) -> None:
    content = copy.deepcopy(queries.text_of(world.issue_of(told), told))
    content["said"]["paragraphs"][0]["text"] = told.title
    content["said"]["background"] = "## Whence\n\nFrom a workshop.\n\n#### Deep\n\nWords."
    done = work(want(told, Print.What.TEXT, content, reader=None, language="en"))
    assert [row for row in done.checks if row["passed"] is False] == []


def test_hostile_words_are_only_words(told: Recommendation) -> None:
    content = copy.deepcopy(queries.text_of(world.issue_of(told), told))
    hostile = (
        '<img src="file:///etc/passwd"> ![x](http://127.0.0.1/) [in](/desk/) [run](javascript:x) {{ 1 }}'
    )
    content["said"]["paragraphs"][1]["text"] = hostile
    content["said"]["background"] = hostile
    done = work(want(told, Print.What.TEXT, content, reader=None, language="en"))
    with pikepdf.open(done.file.path) as pdf:
        links = {str(note.A.URI) for page in pdf.pages for note in page.get("/Annots", []) if "/A" in note}
    assert links == {content["address"], content["check"]}


def test_two_clicks_make_one_print(revised: Recommendation, editor: Member, head_a: Member) -> None:
    content = queries.draft_text(revised.revisions.get(), world.START)
    first, second, other = (
        want(revised, "text", content, reader=reader, language="en") for reader in (editor, editor, head_a)
    )
    assert first.pk == second.pk != other.pk


def test_what_failed_may_be_wanted_again(revised: Recommendation, editor: Member) -> None:
    content = queries.draft_text(revised.revisions.get(), world.START)
    failed = want(revised, "text", content, reader=editor, language="en")
    PRINTS.filter(pk=failed.pk).update(state="failed")
    failed.refresh_from_db()
    again = want_again(failed)
    assert (again.pk == failed.pk, again.state) == (False, "queued")
    assert want_again(failed).pk == again.pk


def test_issuing_wants_the_pdf_in_every_language(issued: Recommendation) -> None:
    rows = PRINTS.filter(recommendation=issued).order_by("language")
    assert [(row.language, row.reader, row.what) for row in rows] == [
        ("de", None, "text"),
        ("en", None, "text"),
    ]


def test_a_redline_says_what_has_changed(revised: Recommendation, editor: Member) -> None:
    newer = world.TEXT.replace("share a list", "keep a common list")
    new = world.rewritten(revised, editor, newer)
    old = revised.revisions.get(number=1)
    done = work(want(revised, "redline", queries.redline(old, new), reader=editor, language="en"))
    said = words(done)
    assert plain("Changes from revision 1 to revision 2") in said
    assert plain("deleted: share") in said
    assert plain("inserted: keep") in said
    assert all(plain(STATEMENT) in plain(page) for page in pages(done))


def test_the_key_follows_what_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    before = content_key("text", {"a": 1}, "en")
    assert content_key("text", {"a": 1}, "en") == before
    assert len({before, content_key("text", {"a": 1}, "de"), content_key("text", {"a": 2}, "en")}) == 3
    monkeypatch.setattr("recommendations.pdf.key.drawing", lambda *_own: b"another template")
    assert content_key("text", {"a": 1}, "en") != before


def test_the_columns_of_the_sheet_of_style_are_those_of_the_table() -> None:
    css = (ROOT / "recommendations/pdf/recommendation.css").read_text()
    shares = [float(share) for share in re.findall(r"\.c\d+ \{ width: ([\d.]+)% \}", css)]
    whole = sum(column.width for column in COLUMNS)
    assert shares == [round(100 * column.width / whole, 2) for column in COLUMNS]


def address(rec: Recommendation, rest: str) -> str:
    return f"/recommendations/{rec.number}/{rest}"


def test_everybody_gets_the_issued_file_at_once(issued: Recommendation, client: Client) -> None:
    for wanted in PRINTS.filter(recommendation=issued):
        work(wanted)
    answer: Any = client.get(address(issued, "recommendation.pdf"))
    assert answer["Content-Disposition"] == f'attachment; filename="ISECG-{issued.number}.pdf"'
    assert body(answer).startswith(b"%PDF")


def test_while_it_is_made_the_page_says_how_far_it_is(issued: Recommendation, client: Client) -> None:
    answer: Any = client.get(address(issued, "recommendation.pdf"), follow=True)
    page = answer.content.decode()
    assert "waiting for a worker" in page
    assert f'<noscript><a class="button" href="{answer.redirect_chain[-1][0]}">Look again' in page
    assert PRINTS.count() == 2  # wanted by issuing; asking for it made no third


def test_the_part_that_htmx_asks_for_ends_with_a_new_page(issued: Recommendation, client: Client) -> None:
    wanted = PRINTS.get(recommendation=issued, language="en")
    asked = {"HTTP_HX_REQUEST": "true"}
    assert "HX-Refresh" not in client.get(wanted.get_absolute_url(), **asked).headers  # type: ignore[arg-type]
    answer: HttpResponse = client.get(work(wanted).get_absolute_url(), **asked)  # type: ignore[arg-type,assignment]
    assert answer["HX-Refresh"] == "true"
    assert "<html" not in answer.content.decode()


def test_a_draft_is_for_who_may_read_it(
    draft_print: Print, sign_in: Browser, editor: Member, head_a: Member, client: Client
) -> None:
    file = f"{draft_print.get_absolute_url()}file.pdf"
    assert body(sign_in(editor).get(file)).startswith(b"%PDF")
    for stranger in (client, sign_in(head_a)):
        assert stranger.get(file).status_code == 404
        assert stranger.get(draft_print.get_absolute_url()).status_code == 404
        assert stranger.get(address(draft_print.recommendation, "recommendation.pdf")).status_code == 404


def test_a_delegate_who_lost_the_mandate_gets_nothing(
    editor: Member, asked: list[Agency], delegate_a: Member, sign_in: Browser
) -> None:
    rec = world.in_consultation(editor, asked).recommendation
    browser = sign_in(delegate_a)
    browser.get(address(rec, "recommendation.pdf"))
    mine = work(PRINTS.get(reader=delegate_a))
    file = f"{mine.get_absolute_url()}file.pdf"
    assert body(browser.get(file)).startswith(b"%PDF")
    Mandate.objects.filter(member=delegate_a).delete()
    assert browser.get(file).status_code == 404


def test_a_file_that_says_what_is_no_longer_so_is_not_handed_out(
    issued: Recommendation, administrator: Member, client: Client
) -> None:
    old = work(PRINTS.get(recommendation=issued, language="en"))
    issues.withdraw(issued, by=administrator, reason="A mistake.")
    answer = client.get(f"{old.get_absolute_url()}file.pdf")
    assert (answer.status_code, "Ask for it again" in answer.content.decode()) == (409, True)
    new = PRINTS.filter(recommendation=issued, language="en").exclude(pk=old.pk).get()
    assert new.content["end"]["reason"] == "A mistake."


def test_what_is_issued_but_held_is_not_public(
    editor: Member, asked: list[Agency], chair: Member, client: Client
) -> None:
    held = world.issued(editor, asked, chair, hold=1000 * world.DAY)
    wanted = work(PRINTS.get(recommendation=held, language="en"))
    for rest in ("recommendation.pdf", "recommendation.json", f"prints/{wanted.pk}/file.pdf"):
        assert client.get(address(held, rest)).status_code == 404


def test_the_json_is_what_was_issued_with_how_it_stands(issued: Recommendation, client: Client) -> None:
    told = client.get(address(issued, "recommendation.json")).json()
    issue = world.issue_of(issued)
    assert (told["content"], told["sha256"], told["state"]) == (issue.content, issue.sha256, "issued")
    assert told["links"]["html"] == f"{conf.SITE_URL}/recommendations/{issued.number}/"


def test_a_redline_of_revisions_one_may_not_see(
    revised: Recommendation, editor: Member, sign_in: Browser, client: Client
) -> None:
    world.rewritten(revised, editor, world.TEXT + "\n4. More.\n")
    browser = sign_in(editor)
    assert browser.get(address(revised, "redline.pdf")).status_code == 302
    assert browser.get(address(revised, "redline.pdf?from=1&to=9")).status_code == 404
    assert client.get(address(revised, "redline.pdf?from=1&to=2")).status_code == 404
