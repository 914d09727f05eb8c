"""Reading texts: a revision, the concordance, redlines, the history; and what nobody learns from them."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Agency
from members.models import Member
from recommendations import reading
from recommendations.lineage import Keyed
from recommendations.models import Reading, Recommendation, Role
from recommendations.services import holding, issues, silence
from tests.recommendations import world

Open = Callable[[Member | None], Client]


def words(response: Any) -> str:
    return " ".join(unescape(response.content.decode()).split())


def page(name: str, recommendation: Recommendation, *more: Any) -> str:
    return reverse(f"recommendations:{name}", args=[recommendation.number, *more])


@pytest.fixture
def three(revised: Recommendation, editor: Member) -> Recommendation:
    """Three revisions: a word is changed in the second, a paragraph is moved in the third."""
    second = world.TEXT.replace("share a list", "keep one list")
    lines = second.splitlines()
    third = "\n".join([*lines[:8], lines[11], *lines[8:11]])
    world.rewritten(revised, editor, second, now=world.START)
    world.rewritten(revised, editor, third, now=world.START)
    return world.again(revised)


def test_a_revision_has_permanent_ids_and_its_own_numbers(
    three: Recommendation, editor: Member, sign_in: Open
) -> None:
    shown = words(sign_in(editor).get(page("revision", three, 3)))
    assert 'id="p8"' in shown
    assert (
        'href="#p8" title="Link to this paragraph"><span class="only-heard">Paragraph </span>1</a>' in shown
    )


def test_reading_gives_headings_a_level_below_the_page(revised: Recommendation) -> None:
    shown = reading.paragraphs(revised.revisions.get())
    assert [(part.key, part.number, part.heading) for part in shown][:4] == [
        ("p1", "", 2),
        ("p2", "a", 0),
        ("p3", "b", 0),
        ("p4", "", 3),
    ]


@pytest.mark.parametrize(
    ("levels", "headings"),
    [
        ([1, 2, 2, 3], [2, 3, 3, 4]),
        ([2, 2, 3, 2], [2, 2, 3, 2]),  # no title
        ([1, 3, 2, 4], [2, 3, 3, 4]),  # leaves one out
        ([1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 5, 5]),
    ],
)
def test_reading_nests_headings_and_leaves_no_level_out(levels: list[int], headings: list[int]) -> None:
    parts = [Keyed(Role.HEADING, level, "", "Words", key=f"p{at}") for at, level in enumerate(levels)]
    assert [each.heading for each in reading.shown(parts)] == headings


def test_an_old_revision_says_that_there_is_a_newer_one(
    three: Recommendation, editor: Member, sign_in: Open
) -> None:
    browser = sign_in(editor)
    assert "This is not the newest text: that is revision 3" in words(browser.get(page("revision", three, 1)))
    assert "This is not the newest text" not in words(browser.get(page("revision", three, 3)))


def test_opening_a_revision_is_remembered(three: Recommendation, editor: Member, sign_in: Open) -> None:
    browser = sign_in(editor)
    for number in (2, 1):
        browser.get(page("revision", three, number))
        assert Reading.objects.get(member=editor).revision.number == number


def test_asking_for_the_head_alone_is_no_reading(
    three: Recommendation, editor: Member, sign_in: Open
) -> None:
    sign_in(editor).head(page("revision", three, 1))
    assert not Reading.objects.exists()


def test_redline_begins_with_the_revision_last_read(
    three: Recommendation, editor: Member, sign_in: Open
) -> None:
    browser = sign_in(editor)
    browser.get(page("revision", three, 1))
    assert "What changed from revision 1 to 3" in words(browser.get(page("redline", three)))


def test_redline_of_who_has_read_the_newest_begins_with_the_one_before(
    three: Recommendation, editor: Member, sign_in: Open
) -> None:
    browser = sign_in(editor)
    browser.get(page("redline", three))
    assert Reading.objects.get(member=editor).revision.number == 3
    assert "What changed from revision 2 to 3" in words(browser.get(page("redline", three)))


def test_redline_of_a_chosen_pair_shows_their_words(
    three: Recommendation, editor: Member, sign_in: Open
) -> None:
    shown = words(sign_in(editor).get(page("redline", three), {"from": "2", "to": "1"}))
    assert "What changed from revision 1 to 2" in shown
    assert "deleted: </span>share a" in shown
    assert "inserted: </span>keep one" in shown


def test_redline_shows_the_move(three: Recommendation, editor: Member, sign_in: Open) -> None:
    shown = words(sign_in(editor).get(page("redline", three), {"from": 2, "to": 3}))
    assert "Moved: was 3, is now 1" in shown
    assert "<ins>" not in shown[shown.index("<article") :]


def test_redline_of_changes_only_leaves_out_what_was_kept(
    three: Recommendation, editor: Member, sign_in: Open
) -> None:
    shown = words(sign_in(editor).get(page("redline", three), {"from": "1", "to": "2", "only": "1"}))
    assert "Noting that times" not in shown
    assert "keep one" in shown


@pytest.mark.parametrize("query", ["from=9&to=1", "from=x&to=2", "from=1&to=", "from=1&to=" + "9" * 60])
def test_redline_of_a_revision_that_is_none_says_so(
    three: Recommendation, editor: Member, sign_in: Open, query: str
) -> None:
    response = sign_in(editor).get(f"{page('redline', three)}?{query}")
    assert response.status_code == 422
    shown = words(response)
    assert "Choose one of the revisions in the list." in shown or "This field is required." in shown


def test_redline_of_a_single_revision_says_that_there_is_nothing_yet(
    revised: Recommendation, editor: Member, sign_in: Open
) -> None:
    response = sign_in(editor).get(page("redline", revised))
    assert response.status_code == 200
    assert "There is only one text so far" in words(response)


def test_concordance_says_old_and_new_number(three: Recommendation, editor: Member, sign_in: Open) -> None:
    shown = words(sign_in(editor).get(page("concordance", three, 3)))
    assert "<strong>1</strong> moved" in shown
    assert '<th scope="row" data-label="Now">1</th> <td data-label="Before">3</td>' in shown


def test_the_first_revision_has_no_concordance(three: Recommendation, editor: Member, sign_in: Open) -> None:
    assert sign_in(editor).get(page("concordance", three, 1)).status_code == 404


def test_history_lists_revisions_with_notes_and_redlines(
    revised: Recommendation, editor: Member, sign_in: Open
) -> None:
    world.rewritten(revised, editor, world.TEXT.replace("share", "keep"), now=world.START)
    shown = words(sign_in(editor).get(page("history", revised)))
    assert shown.index("Revision 2") < shown.index("Revision 1</strong>") < shown.index("Drafted;")
    assert f"{page('redline', revised)}?from=1&to=2" in shown
    assert str(editor) in shown[shown.index("timeline history") :]


# What others learn


@pytest.fixture
def circulated(editor: Member, asked: list[Agency]) -> Recommendation:
    """Revision 1 went to the agencies in March; 2 was only the secretariat's."""
    recommendation = world.closed(editor, asked).recommendation
    world.rewritten(recommendation, editor, world.TEXT + "4. Clandestine plan.", now=world.START)
    return world.again(recommendation)


@pytest.mark.parametrize("name", ["revision", "concordance"])
def test_a_revision_that_was_not_circulated_is_not_there(
    circulated: Recommendation, delegate_a: Member, sign_in: Open, name: str
) -> None:
    assert sign_in(delegate_a).get(page(name, circulated, 2)).status_code == 404


@pytest.mark.parametrize("name", ["history", "redline"])
def test_history_and_redline_have_no_trace_of_it(
    circulated: Recommendation, delegate_a: Member, sign_in: Open, name: str
) -> None:
    response = sign_in(delegate_a).get(page(name, circulated))
    assert response.status_code == 200
    assert "Clandestine" not in words(response)
    assert "Revision 2" not in words(response)


def test_a_chosen_revision_that_was_not_circulated_is_none(
    circulated: Recommendation, delegate_a: Member, sign_in: Open
) -> None:
    shown = words(sign_in(delegate_a).get(page("redline", circulated), {"from": 1, "to": 2}))
    assert "There is only one text so far" in shown
    assert "Clandestine" not in shown


def test_delegates_are_not_told_who_made_a_revision(
    circulated: Recommendation, editor: Member, delegate_a: Member, sign_in: Open
) -> None:
    browser = sign_in(delegate_a)
    for response in (browser.get(page("history", circulated)), browser.get(page("revision", circulated, 1))):
        assert response.status_code == 200
        assert str(editor) not in words(response)


def test_strangers_read_the_issued_text_and_its_history(issued: Recommendation, sign_in: Open) -> None:
    browser = sign_in(None)
    shown = words(browser.get(page("history", issued)))
    assert "Issued" in shown
    newest = issued.revisions.order_by("number").last()
    assert newest
    assert browser.get(page("revision", issued, newest.number)).status_code == 200
    assert not Reading.objects.exists()


def test_a_draft_has_no_history_for_strangers(revised: Recommendation, sign_in: Open) -> None:
    for name in ("history", "redline"):
        assert sign_in(None).get(page(name, revised)).status_code == 404


def test_a_consultation_that_was_recalled_leaves_no_trace(
    revised: Recommendation, editor: Member, asked: list[Agency], sign_in: Open
) -> None:
    held = world.in_consultation(editor, asked, recommendation=revised, hold=world.HOUR)
    holding.recall(world.again(revised), by=editor, now=world.START)
    shown = words(sign_in(editor).get(page("history", held.recommendation)))
    assert "Consultation on" not in shown


def test_a_revision_that_was_recalled_before_anybody_saw_it_stays_unseen_after_issue(
    editor: Member, asked: list[Agency], chair: Member, sign_in: Open
) -> None:
    begin, end = world.START - 60 * world.DAY, world.START - 10 * world.DAY
    recommendation = world.revised(editor, now=begin, text=world.TEXT + "4. Clandestine plan.")
    world.in_consultation(editor, asked, recommendation=recommendation, hold=world.HOUR, now=begin)
    holding.recall(world.again(recommendation), by=editor, now=begin)
    world.rewritten(recommendation, editor, world.TEXT, now=begin)
    world.closed(editor, asked, recommendation=world.again(recommendation), now=end)
    world.under_silence(editor, asked, recommendation=world.again(recommendation), now=end)
    silence.conclude(recommendation, by=editor, now=world.START)
    issues.approve(world.again(recommendation), by=chair, hold=world.AT_ONCE, now=world.START)
    browser = sign_in(None)
    assert browser.get(page("revision", recommendation, 2)).status_code == 200
    assert browser.get(page("revision", recommendation, 1)).status_code == 404


def test_history_asks_the_database_equally_often_for_few_and_many_revisions(
    revised: Recommendation, editor: Member, sign_in: Open
) -> None:
    browser = sign_in(editor)
    browser.get(page("history", revised))

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            browser.get(page("history", revised))
        return len(asked)

    few = count()
    for number in range(5):
        world.rewritten(revised, editor, f"{world.TEXT}\n4. Number {number}.", now=world.START)
    assert count() == few
