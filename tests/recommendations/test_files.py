"""The files of an issued text on its page, and what was checked in them, for the secretariat."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from isecg.pdf.sentences import said
from members.models import Member
from recommendations.models import Print, Recommendation
from recommendations.queries import prints as queries
from recommendations.services import silence
from tests.recommendations import world

PRINTS: Any = Print.objects  # typed as jobs in general
PASSED = {"check": "pdf-a", "passed": True, "words": said("%(name)s: fine.", name="PDF/A-3a")}
FAILED = {"check": "pdf-ua", "passed": False, "words": ["No figure has words.", "Nor has that one."]}
UNASKED = {"check": "joined", "passed": None, "words": "No Java here."}
SignIn = Callable[[Member | None], Client]


@pytest.fixture
def ready(issued: Recommendation) -> Recommendation:
    """With both PDFs made, as if a worker had."""
    rows = PRINTS.filter(recommendation=issued)
    rows.update(state="ready", pages=3, file="prints/x.pdf", checks=[PASSED, UNASKED, FAILED])
    for row in rows:
        PRINTS.filter(pk=row.pk).update(sha256=row.content_key)
    return issued


def page_of(client: Client, recommendation: Recommendation) -> str:
    return client.get(recommendation.get_absolute_url()).content.decode()


def test_everybody_sees_each_file_with_its_checksum(ready: Recommendation, client: Client) -> None:
    page = page_of(client, ready)
    for language, prefix in (("en", ""), ("de", "/de")):
        assert f'href="{prefix}/recommendations/{ready.number}/recommendation.pdf"' in page
        assert PRINTS.get(recommendation=ready, language=language).sha256 in page
    assert world.issue_of(ready).code in page


def test_what_was_checked_is_for_the_secretariat(
    ready: Recommendation, client: Client, editor: Member, head_a: Member, sign_in: SignIn
) -> None:
    assert "PDF/A-3a: fine." in page_of(sign_in(editor), ready)
    for reader in (client, sign_in(head_a)):
        assert "PDF/A-3a: fine." not in page_of(reader, ready)


def test_what_was_not_passed_comes_first_and_is_open(
    ready: Recommendation, editor: Member, sign_in: SignIn
) -> None:
    page = page_of(sign_in(editor), ready)
    assert "1 check of the file was not passed" in page
    assert '<details class="disclosure file-checks" open>' in page
    at = [page.index(words) for words in ("No figure has words. Nor has", "No Java here.", "PDF/A-3a: fine.")]
    assert at == sorted(at)


def test_what_could_not_be_checked_is_no_failure(
    ready: Recommendation, editor: Member, sign_in: SignIn
) -> None:
    PRINTS.filter(recommendation=ready).update(checks=[PASSED, UNASKED])
    page = page_of(sign_in(editor), ready)
    assert "1 check of the file was passed" in page
    assert "1 could not be made here" in page
    assert "not passed" not in page


def test_the_page_of_a_print_says_it_too(ready: Recommendation, editor: Member, sign_in: SignIn) -> None:
    wanted = PRINTS.get(recommendation=ready, language="en")
    assert "No figure has words." in sign_in(editor).get(wanted.get_absolute_url()).content.decode()


def test_files_that_are_not_made_yet_are_there_to_ask_for(issued: Recommendation, client: Client) -> None:
    files = page_of(client, issued).split('id="files"')[1].split("</section>")[0]
    assert f'href="/de/recommendations/{issued.number}/recommendation.pdf"' in files
    assert "recommendation.json" in files
    assert "SHA-256" not in files


def test_the_issued_revision_is_the_issued_text(issued: Recommendation, client: Client) -> None:
    """Its PDF is not marked as a draft any more."""
    number = issued.issued_revision.number  # type: ignore[union-attr]
    answer: Any = client.get(f"/recommendations/{issued.number}/rev/{number}/recommendation.pdf")
    assert answer["Location"] == PRINTS.get(recommendation=issued, language="en").get_absolute_url()


def test_an_agreed_text_is_no_draft_that_nobody_agreed_to(agreed: Recommendation, editor: Member) -> None:
    [revision] = agreed.revisions.all()
    assert queries.draft_text(revision, world.START)["agreed"] is True


def test_a_text_under_silence_is_not_agreed_yet(editor: Member, asked: Any) -> None:
    procedure = world.under_silence(editor, asked)
    assert queries.draft_text(procedure.revision, world.START)["agreed"] is False
    silence.conclude(procedure.recommendation, by=editor, now=procedure.expires_at)
    revision = world.again(procedure.recommendation).revisions.get(pk=procedure.revision_id)
    assert queries.draft_text(revision, world.START)["agreed"] is True
