"""The comment table: who sees what of it, places, filters, sorting, groups, counts, and few queries."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Agency
from members.models import Member, Role
from recommendations.models import Comment, Consultation, Revision, Verdict
from recommendations.queries.rows import normal
from recommendations.queries.table import Filters, TableRow, load, rows, tallies
from recommendations.services.dispositions import answer_verdict
from recommendations.services.publishing import redact_comment
from tests.recommendations import world
from tests.recommendations.said import LATER, MARKER, NOW, decided, key_of, proposing, released

Browser = Callable[[Member | None], Client]


@pytest.fixture
def of_a(over: Consultation, dlr: Agency, head_a: Member) -> Comment:
    """On the first operative paragraph, with a proposed wording."""
    return proposing(over, dlr, head_a)


@pytest.fixture
def of_b(over: Consultation, jaxa: Agency, head_b: Member, of_a: Comment) -> Comment:
    """On the preamble: a later number, an earlier place."""
    return world.submitted(over, jaxa, head_b, key=key_of(over, "recall"), kind="general", text=MARKER)


def labels(found: list[TableRow]) -> list[str]:
    return [row.label for row in found]


def test_rows_are_in_the_order_of_the_text(
    of_a: Comment, of_b: Comment, over: Consultation, editor: Member
) -> None:
    assert labels(rows(over.recommendation, editor)) == ["JAXA 1", "DLR 1"]


def test_rows_have_the_words_of_the_comment(of_a: Comment, over: Consultation, editor: Member) -> None:
    row = rows(over.recommendation, editor)[0]
    assert (row.from_text, row.to_text) == ("Coordinated Universal Time", "UTC")
    assert (row.place, row.place_words, row.kind_words) == ("1", "Operative paragraph 1", "technical")


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("agency", ["DLR 1", "JAXA 1"]),
        ("number", ["DLR 1", "JAXA 1"]),
        ("verdict", ["DLR 1", "JAXA 1"]),
        ("place", ["JAXA 1", "DLR 1"]),
        ("nonsense", ["JAXA 1", "DLR 1"]),
    ],
)
def test_rows_are_sorted_as_asked(
    of_a: Comment, of_b: Comment, over: Consultation, editor: Member, sort: str, expected: list[str]
) -> None:
    decided(of_b, editor, Verdict.NOTED)
    assert labels(rows(over.recommendation, editor, sort=sort)) == expected


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"agency": "DLR"}, ["DLR 1"]),
        ({"kind": "general"}, ["JAXA 1"]),
        ({"verdict": "noted"}, ["JAXA 1"]),
        ({"undecided": True}, ["DLR 1"]),
        ({"lost": True}, []),
        ({"late": True}, []),
        ({"dissatisfied": True}, []),
        ({"words": "utc"}, ["DLR 1"]),
        ({"words": "coordinated TIME"}, ["DLR 1"]),
        ({"words": "coordinated zeppelin"}, []),
        ({"round": 2}, []),
        ({}, ["JAXA 1", "DLR 1"]),
    ],
)
def test_rows_are_filtered(
    of_a: Comment,
    of_b: Comment,
    over: Consultation,
    editor: Member,
    filters: dict[str, Any],
    expected: list[str],
) -> None:
    decided(of_b, editor, Verdict.NOTED)
    assert labels(rows(over.recommendation, editor, filters=Filters(**filters))) == expected


def test_late_rows_are_marked_and_stand_after_the_others_of_their_place(
    of_a: Comment, over: Consultation, jaxa: Agency, head_b: Member, editor: Member
) -> None:
    late = proposing(over, jaxa, head_b, late=True)
    proposing(over, jaxa, head_b, to_text="UT")
    found = rows(over.recommendation, editor)
    assert labels(found) == ["DLR 1", "JAXA 2", "JAXA 1"]
    assert [row.pk for row in found if row.late] == [late.pk]


def test_rows_know_where_a_comment_is_now(
    of_a: Comment, of_b: Comment, over: Consultation, editor: Member
) -> None:
    text = over.revision.text.replace("1. Participating", "1. Meet each year.\n2. Participating", 1)
    text = text.replace("Agencies recall that they plan operations together.\n\n", "")
    world.rewritten(over.recommendation, editor, text, now=NOW)
    found = {row.label: row for row in rows(over.recommendation, editor)}
    assert (found["DLR 1"].found, found["DLR 1"].now) == ("moved", "2")
    assert (found["JAXA 1"].found, found["JAXA 1"].is_lost) == ("lost", True)
    assert labels(rows(over.recommendation, editor, filters=Filters(lost=True))) == ["JAXA 1"]


def test_rows_do_not_tell_an_agency_of_a_revision_it_may_not_see(
    of_a: Comment, over: Consultation, head_a: Member, editor: Member
) -> None:
    text = over.revision.text.replace("1. Participating", "1. Meet each year.\n2. Participating", 1)
    made: Revision = world.rewritten(over.recommendation, editor, text, now=NOW)
    row = rows(over.recommendation, head_a)[0]
    assert (row.found, row.now, row.now_revision) == ("in_place", "1", made.number - 1)


def test_rows_hold_no_working_notes_and_nothing_withdrawn(
    of_a: Comment, over: Consultation, dlr: Agency, head_a: Member, editor: Member
) -> None:
    Comment.objects.create(consultation=over, agency=dlr, author=head_a, text=MARKER)
    proposing(over, dlr, head_a, withdrawn_at=NOW)
    for reader in (head_a, editor):
        assert labels(rows(over.recommendation, reader)) == ["DLR 1"]


def test_rows_of_other_agencies_are_shared_when_the_consultation_is_over(
    consultation: Consultation, dlr: Agency, jaxa: Agency, head_a: Member, head_b: Member, editor: Member
) -> None:
    proposing(consultation, dlr, head_a)
    proposing(consultation, jaxa, head_b)
    before, after = consultation.closes_at - world.SECOND, consultation.closes_at
    assert labels(rows(consultation, head_a, now=before)) == ["DLR 1"]
    assert labels(rows(consultation, head_a, now=after)) == ["DLR 1", "JAXA 1"]
    assert labels(rows(consultation, editor, now=before)) == ["DLR 1", "JAXA 1"]


def test_rows_show_verdicts_to_agencies_after_their_release_only(
    of_a: Comment, over: Consultation, head_a: Member, editor: Member, administrator: Member
) -> None:
    decided(of_a, editor, reason=MARKER)
    row = rows(over.recommendation, head_a)[0]
    assert (row.verdict, row.verdict_words, row.is_undecided) == ("", "not released yet", False)
    assert MARKER not in repr(row)
    released(over, administrator)
    row = rows(over.recommendation, head_a)[0]
    assert (row.verdict, row.verdict_reason) == ("accepted", MARKER)


def test_rows_show_an_answer_to_its_agency_and_the_secretariat_only(
    of_a: Comment, over: Consultation, head_a: Member, head_b: Member, editor: Member, administrator: Member
) -> None:
    made = decided(of_a, editor)
    released(over, administrator)
    answer_verdict(made, by=head_a, satisfied=False, because=MARKER, now=LATER)
    for reader in (head_a, editor):
        assert rows(over.recommendation, reader)[0].because == MARKER
    assert MARKER not in repr(rows(over.recommendation, head_b))


def test_rows_show_redacted_words_to_their_own_agency_only(
    of_b: Comment, over: Consultation, head_a: Member, head_b: Member, editor: Member, administrator: Member
) -> None:
    redact_comment(of_b, by=administrator, reason="A name.", now=NOW)
    own = next(row for row in rows(over.recommendation, head_b) if row.label == "JAXA 1")
    assert (own.text, own.redacted) == (MARKER, "A name.")
    for reader in (editor, head_a):
        found = rows(over.recommendation, reader)
        assert MARKER not in repr(found)
        assert "redacted: A name." in [row.text for row in found]
        assert labels(rows(over.recommendation, reader, filters=Filters(words=MARKER))) == []


def test_rows_of_another_persons_agency_that_was_not_asked_are_none(
    of_a: Comment, over: Consultation, make_agency: Any, make_member: Any
) -> None:
    stranger = make_member(Role.HEAD, make_agency("NASA"))
    assert rows(over.recommendation, stranger) == []
    assert rows(over.recommendation, None) == []


def test_equal_comments_know_each_other(
    of_a: Comment, over: Consultation, jaxa: Agency, head_b: Member, editor: Member
) -> None:
    same = proposing(over, jaxa, head_b, to_text="  utc. ", text="Another reason.")
    proposing(over, jaxa, head_b, to_text="UT1")
    found = rows(over.recommendation, editor)
    assert [row.same for row in found] == [("DLR", "JAXA"), ("DLR", "JAXA"), ()]
    assert found[0].group == (of_a.pk, same.pk)


def test_equal_words_in_different_paragraphs_are_not_the_same(
    of_a: Comment, over: Consultation, jaxa: Agency, head_b: Member, editor: Member
) -> None:
    proposing(over, jaxa, head_b, key=key_of(over, "recall"))
    assert [row.same for row in rows(over.recommendation, editor)] == [(), ()]


def test_redacted_comments_are_no_part_of_a_group(
    of_a: Comment, over: Consultation, jaxa: Agency, head_b: Member, editor: Member, administrator: Member
) -> None:
    redact_comment(proposing(over, jaxa, head_b), by=administrator, reason="A name.", now=NOW)
    assert [row.same for row in rows(over.recommendation, editor)] == [(), ()]


@pytest.mark.parametrize(
    ("one", "other"),
    [("“UTC”", '"utc"'), ("a – b", "a - b"), ("UTC  \n time.", "utc time"), ("don’t", "don't")],
)
def test_normal_words_differ_in_nothing_that_matters(one: str, other: str) -> None:
    assert normal(one) == normal(other)


def test_tallies_count_by_agency_and_all_together(
    of_a: Comment, of_b: Comment, over: Consultation, editor: Member
) -> None:
    decided(of_b, editor, Verdict.NOTED)
    counted = tallies(load(over.recommendation, editor))
    assert [(each.agency, each.total) for each in counted] == [("DLR", 1), ("JAXA", 1), ("", 2)]
    counts = [(each.code, each.count, each.start) for each in counted[-1].counts]
    assert counts == [("", 1, 0), ("noted", 1, 1)]


def page_of(over: Consultation, name: str = "comments", *more: Any) -> str:
    return reverse(f"recommendations:{name}", args=[over.recommendation.number, *more])


def test_table_page_shows_comments_counts_and_what_an_editor_can_do(
    of_a: Comment, of_b: Comment, over: Consultation, editor: Member, sign_in: Browser
) -> None:
    page = sign_in(editor).get(page_of(over)).text
    assert "2 comments" in page
    assert "of 2 agencies" in page
    assert f'name="comment" value="{of_a.pk}"' in page
    assert "<del>Coordinated Universal Time</del>" in page


def test_table_page_lets_agencies_decide_nothing(
    of_a: Comment, over: Consultation, head_a: Member, sign_in: Browser
) -> None:
    page = sign_in(head_a).get(page_of(over)).text
    assert "DLR" in page
    assert 'form="chosen"' not in page
    assert page_of(over, "dispose") not in page


def test_table_page_without_comments_says_what_happens_next(
    over: Consultation, editor: Member, head_a: Member, sign_in: Browser
) -> None:
    page = sign_in(editor).get(page_of(over)).text
    assert "when the head of delegation or an alternate of an agency submits them" in page
    assert "when the consultation is over" in sign_in(head_a).get(page_of(over)).text


def test_table_page_with_a_filter_that_nothing_fits_leads_back(
    of_a: Comment, over: Consultation, editor: Member, sign_in: Browser
) -> None:
    page = sign_in(editor).get(page_of(over) + "?q=zeppelin").text
    assert "No comment fits" in page
    assert "0 of 1" in page


@pytest.mark.parametrize(
    "query", ["agency=Atlantis", "kind=x&verdict=%00", "page=99999", "round=x", "sort=%00", "q=" + "x" * 3000]
)
def test_table_page_takes_any_address(
    of_a: Comment, over: Consultation, editor: Member, sign_in: Browser, query: str
) -> None:
    page = sign_in(editor).get(f"{page_of(over)}?{query}")
    assert page.status_code == 200
    assert "Comments and what became of them" in page.text


def test_comment_page_shows_one_comment_and_what_became_of_it(
    of_a: Comment, over: Consultation, editor: Member, sign_in: Browser
) -> None:
    decided(of_a, editor, reason="Shorter.")
    page = sign_in(editor).get(page_of(over, "comment", of_a.pk)).text
    assert "Comment DLR 1" in page
    assert "Shorter." in page
    assert page_of(over, "withdraw_verdict", of_a.pk) in page


def test_comment_page_of_a_working_note_is_not_found_for_anybody(
    over: Consultation, dlr: Agency, head_a: Member, editor: Member, sign_in: Browser
) -> None:
    note = Comment.objects.create(consultation=over, agency=dlr, author=head_a, text=MARKER)
    for person in (head_a, editor):
        assert sign_in(person).get(page_of(over, "comment", note.pk)).status_code == 404


def test_comment_page_of_another_recommendation_is_not_found(
    of_a: Comment, over: Consultation, editor: Member, asked: list[Agency], sign_in: Browser
) -> None:
    other = world.closed(editor, asked, now=NOW)
    assert sign_in(editor).get(page_of(other, "comment", of_a.pk)).status_code == 404


def test_table_page_asks_the_database_as_often_for_many_as_for_few(
    of_a: Comment, over: Consultation, dlr: Agency, head_a: Member, editor: Member, sign_in: Browser
) -> None:
    browser = sign_in(editor)
    browser.get(page_of(over))
    few = _queries(browser, page_of(over))
    many = [
        Comment(
            consultation=over, agency=dlr, number=at, submitted_at=NOW, key=of_a.key, text=f"Number {at}."
        )
        for at in range(2, 300)
    ]
    Comment.objects.bulk_create(many)
    assert _queries(browser, page_of(over)) == few
    assert few < 20


def _queries(browser: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return len(asked)
