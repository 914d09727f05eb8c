"""A revision freezes the working text: paragraphs, numbers, permanent keys, concordance."""

import datetime as dt
import hashlib

import pytest
from django.core.exceptions import PermissionDenied

from isecg.access import WrongMoment
from isecg.audit.models import Event
from isecg.versions import Stale
from members.models import Member
from recommendations.models import Recommendation
from recommendations.services.texts import draft, revise, write

NOW = dt.datetime(2026, 3, 2, 10, tzinfo=dt.UTC)
TEXT = "# Docking\n\nRecalling the interface.\n\n1. Use one interface for all.\n2. Share test results."
LATER = TEXT.replace("2. Share", "2. Publish what was learned about seals.\n3. Share")


@pytest.fixture
def recommendation(editor: Member) -> Recommendation:
    return draft(by=editor, title="Docking", kind="standard", text=TEXT, now=NOW)


def rewrite(recommendation: Recommendation, text: str, by: Member) -> None:
    recommendation.refresh_from_db()
    write(recommendation, by=by, version=recommendation.version, text=text, now=NOW)


def test_revise_freezes_text_and_paragraphs(recommendation: Recommendation, editor: Member) -> None:
    made = revise(recommendation, by=editor, note="First.", now=NOW)
    assert (made.number, made.text, made.made_at, made.note) == (1, TEXT, NOW, "First.")
    assert made.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert [(row.key, row.number, row.role) for row in made.paragraphs.all()] == [
        ("p1", "", "title"),
        ("p2", "a", "preamble"),
        ("p3", "1", "operative"),
        ("p4", "2", "operative"),
    ]


def test_revise_keeps_keys_and_counts_anew(recommendation: Recommendation, editor: Member) -> None:
    revise(recommendation, by=editor, now=NOW)
    rewrite(recommendation, LATER, editor)
    made = revise(recommendation, by=editor, now=NOW)
    assert [(row.key, row.number) for row in made.paragraphs.all()][2:] == [
        ("p3", "1"),
        ("p5", "2"),
        ("p4", "3"),
    ]
    assert [row["change"] for row in made.concordance] == ["kept", "kept", "kept", "added", "kept"]


def test_revise_is_refused_when_nothing_changed(recommendation: Recommendation, editor: Member) -> None:
    revise(recommendation, by=editor, now=NOW)
    with pytest.raises(WrongMoment, match="Nothing has changed"):
        revise(recommendation, by=editor, now=NOW)


def test_revise_is_refused_when_the_text_was_written_meanwhile(
    recommendation: Recommendation, editor: Member
) -> None:
    shown = recommendation.version
    rewrite(recommendation, LATER, editor)
    with pytest.raises(Stale):
        revise(recommendation, by=editor, version=shown, now=NOW)
    assert not recommendation.revisions.exists()


def test_revise_is_refused_to_a_delegate(recommendation: Recommendation, delegate_a: Member) -> None:
    with pytest.raises(PermissionDenied, match="Only the secretariat makes revisions"):
        revise(recommendation, by=delegate_a, now=NOW)


def test_revise_is_in_the_log_with_its_note(recommendation: Recommendation, editor: Member) -> None:
    revise(recommendation, by=editor, note="First complete text.", now=NOW)
    event = Event.objects.about(recommendation).first()
    assert event
    assert (event.verb, event.why, event.changes["revision"]) == ("revise", "First complete text.", [None, 1])


def test_a_returned_paragraph_gets_its_old_key(recommendation: Recommendation, editor: Member) -> None:
    for text in (TEXT, TEXT.replace("2. Share test results.", ""), LATER):
        if text != TEXT:
            rewrite(recommendation, text, editor)
        made = revise(recommendation, by=editor, now=NOW)
    assert [row.key for row in made.paragraphs.all()] == ["p1", "p2", "p3", "p5", "p4"]
    assert [row["change"] for row in made.concordance] == ["kept", "kept", "kept", "added", "returned"]
