"""The text of a consultation with comments, as a PDF: for one reader, and only as long as it says what they
may read."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.utils import timezone

from agencies.models import Agency
from isecg import jobs
from isecg.pdf.check import plain
from members.models import Mandate, Member
from recommendations.models import Consultation, Print
from recommendations.pdf import document
from recommendations.queries.commented import commented
from tests.recommendations import world
from tests.recommendations.commenting import hand_in, key_of, note, yesterday

PRINTS: Any = Print.objects  # typed as jobs in general
SignIn = Callable[[Member | None], Client]


@pytest.fixture
def asked_now(
    editor: Member, dlr: Agency, jaxa: Agency, delegate_a: Member, head_a: Member, head_b: Member
) -> Consultation:
    """Open by the clock: a note and a comment of DLR, a note of JAXA."""
    consultation = world.in_consultation(editor, [dlr, jaxa], now=yesterday())
    note(consultation, delegate_a, dlr, "Ask at home.", key=key_of(consultation, "2"))
    handed = note(consultation, head_a, dlr, "Name the clock.", to_text="their clocks", key="")
    hand_in(consultation, head_a, handed)
    note(consultation, head_b, jaxa, "Only JAXA knows.")
    return consultation


def copy_for(consultation: Consultation, reader: Member, chosen: str = "") -> Any:
    return commented(
        consultation.recommendation,
        reader,
        timezone.now(),
        revision=consultation.revision.number,
        chosen=chosen,
    )


def test_an_agency_reads_its_own_notes_and_comments_only(
    asked_now: Consultation, delegate_a: Member, dlr: Agency
) -> None:
    content = copy_for(asked_now, delegate_a, dlr.slug)
    [whole], [own] = content["remarks"][""], content["remarks"][key_of(asked_now, "2")]
    assert (whole["head"], whole["text"], whole["to"]) == ("DLR 1", "Name the clock.", "their clocks")
    assert (own["head"], own["text"]) == ("Working note, only for DLR", "Ask at home.")
    assert "Only JAXA knows." not in str(content)


def test_the_secretariat_reads_what_was_submitted(asked_now: Consultation, editor: Member) -> None:
    content = copy_for(asked_now, editor)
    assert [each["head"] for rows in content["remarks"].values() for each in rows] == ["DLR 1"]


def test_nobody_gets_a_copy_for_another_agency(
    asked_now: Consultation, delegate_a: Member, editor: Member, jaxa: Agency
) -> None:
    assert copy_for(asked_now, delegate_a, jaxa.slug) is None
    assert copy_for(asked_now, editor, jaxa.slug) is None


def test_each_remark_stands_below_its_paragraph(
    asked_now: Consultation, delegate_a: Member, dlr: Agency
) -> None:
    html = document.html("commented", copy_for(asked_now, delegate_a, dlr.slug), "en")
    places = [
        html.index(words) for words in ("Name the clock.", f'id="{key_of(asked_now, "2")}"', "Ask at home.")
    ]
    assert places == sorted(places)
    assert html.index("Ask at home.") < html.index("share a list of the events")


def test_what_was_said_of_a_title_that_is_left_out_is_kept(
    editor: Member, dlr: Agency, delegate_a: Member
) -> None:
    """The title of the text says what the head says: it is left out, not what was said of it."""
    draft = world.revised(editor, now=yesterday(), title="Times of events in cislunar space")
    consultation = world.in_consultation(editor, [dlr], now=yesterday(), recommendation=draft)
    note(consultation, delegate_a, dlr, "Another title.", key="p1")
    assert "Another title." in document.html("commented", copy_for(consultation, delegate_a, dlr.slug), "en")


def test_the_file_is_its_readers_alone_and_says_so_on_paper(
    asked_now: Consultation, delegate_a: Member, head_a: Member, client: Client, sign_in: SignIn
) -> None:
    address = f"/recommendations/{asked_now.recommendation.number}/consultation.pdf"
    browser = sign_in(delegate_a)
    browser.get(address)
    wanted = PRINTS.get(reader=delegate_a)
    jobs.run("recommendations.print", wanted.pk)
    wanted.refresh_from_db()
    pages = pypdf.PdfReader(io.BytesIO(Path(wanted.file.path).read_bytes())).pages
    said = plain("".join(page.extract_text() for page in pages))
    assert plain("Ask at home.") in said
    assert plain("Not to be passed on outside DLR.") in said
    assert [row for row in wanted.checks if row["passed"] is False] == []
    file = f"{wanted.get_absolute_url()}file.pdf"
    name = f"ISECG-{asked_now.recommendation.number}-revision-1-commented.pdf"
    assert browser.get(file)["Content-Disposition"] == f'attachment; filename="{name}"'
    for other in (client, sign_in(head_a)):
        assert other.get(file).status_code == 404
    Mandate.objects.filter(member=delegate_a).delete()
    assert browser.get(file).status_code == 404


def test_a_copy_made_before_a_comment_is_not_handed_out_after(
    asked_now: Consultation, delegate_a: Member, dlr: Agency, sign_in: SignIn
) -> None:
    browser = sign_in(delegate_a)
    browser.get(f"/recommendations/{asked_now.recommendation.number}/consultation.pdf")
    wanted = PRINTS.get(reader=delegate_a)
    note(asked_now, delegate_a, dlr, "One more.")
    assert browser.get(wanted.get_absolute_url()).status_code == 409


def test_the_consultation_leads_to_it_when_something_is_said(
    asked_now: Consultation, delegate_a: Member, editor: Member, head_b: Member, sign_in: SignIn
) -> None:
    page = f"/recommendations/{asked_now.recommendation.number}/consultation/"
    for reader in (delegate_a, editor, head_b):
        assert "consultation.pdf?revision=1" in sign_in(reader).get(page).content.decode()
