"""One recommendation: who sees it, what stands on it, what each can do."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.models import Agency
from members.models import Member
from recommendations.models import Recommendation
from recommendations.queries.doing import doing
from recommendations.queries.life import life
from recommendations.queries.public import end, status, tabs
from recommendations.services import consultations, texts
from tests.recommendations import world

CAST = ["editor", "administrator", "chair", "head_a", "delegate_a", "observer_a", "delegate_b", "former"]
NOW = world.START + world.HOUR


@pytest.fixture
def see(sign_in: Any, request: Any) -> Any:
    """`see("head_a", recommendation)`: status code and words of its page; None is a stranger."""

    def look(who: str | None, recommendation: Recommendation, more: str = "") -> tuple[int, str]:
        browser = sign_in(request.getfixturevalue(who) if who else None)
        response = browser.get(recommendation.get_absolute_url() + more)
        return response.status_code, " ".join(response.content.decode().split())

    return look


@pytest.mark.parametrize("who", [None, *CAST])
def test_an_issued_one_is_read_by_everybody(see: Any, issued: Recommendation, who: str | None) -> None:
    code, page = see(who, issued)
    assert code == 200
    assert issued.title in page
    assert "This recommendation is legally non-binding." in page
    assert "since 2 March 2026" in page
    assert "Addressed to all participating agencies." in page
    assert "Participating agencies share a list of the events they plan together." in page
    assert issued.issued_revision
    assert issued.issued_revision.sha256 in page


@pytest.mark.parametrize(("who", "sees"), [(None, False), *((who, who in CAST[:3]) for who in CAST)])
def test_a_draft_is_unseen_by_who_may_not(
    see: Any, revised: Recommendation, chair: Member, who: str | None, sees: bool
) -> None:
    code, page = see(who, revised)
    assert code == (200 if sees else 404)
    assert (revised.title in page) is sees


def test_a_number_that_is_none_is_unseen(client: Any, db: None) -> None:
    assert client.get("/recommendations/2026-99/").status_code == 404


def test_an_issued_one_keeps_what_was_of_its_day(see: Any, issued: Recommendation, asi: Agency) -> None:
    asi.names.update(acronym="NEW")
    _code, page = see(None, issued)
    assert "<dt>Chair of that day</dt><dd>ASI</dd>" in page


def test_where_it_comes_from_is_said(see: Any, editor: Member, asked: Any, chair: Member) -> None:
    recommendation = world.revised(editor, background="Agreed by **somebody else** <script>x()</script>.")
    _code, page = see("editor", recommendation)
    assert "Agreed by <strong>somebody else</strong>" in page
    assert "<script>x()" not in page


def test_a_superseded_one_says_so_and_links_on(
    see: Any, editor: Member, asked: list[Agency], chair: Member
) -> None:
    old = world.superseded(editor, asked, chair)
    _code, page = see(None, old)
    newer = old.superseded_by
    assert newer is not None
    assert "Superseded on 2 March 2026" in page
    assert "Reason: A later text." in page
    assert f'In its place: <a href="{newer.get_absolute_url()}">{newer}</a>' in page
    _code, page = see(None, newer)
    assert f'It takes the place of <a href="{old.get_absolute_url()}">{old}</a>.' in page


def test_a_withdrawn_one_says_why(
    see: Any, editor: Member, asked: list[Agency], chair: Member, administrator: Member
) -> None:
    _code, page = see(None, world.withdrawn(editor, asked, chair, administrator))
    assert "Withdrawn on 2 March 2026" in page
    assert "Reason: A mistake." in page


def test_who_is_asked_reads_the_revision_and_is_called(see: Any, editor: Member, dlr: Agency) -> None:
    consultation = world.in_consultation(editor, [dlr], now=timezone.now())
    code, page = see("delegate_a", consultation.recommendation)
    assert code == 200
    assert "This is revision 1" in page
    assert "Your agency can comment on it." in page
    assert "20 days left" in page
    assert see("delegate_b", consultation.recommendation)[0] == 404


def test_a_held_issue_is_known_to_the_secretariat_alone(
    editor: Member, head_a: Member, asked: list[Agency], chair: Member
) -> None:
    held = world.issued(editor, asked, chair, hold=dt.timedelta(minutes=5))
    at = world.START + dt.timedelta(minutes=4)
    assert status(held, editor, at).words == "about to be issued"
    assert status(held, head_a, at).words == "agreed"
    assert not doing(held, head_a, at)
    assert status(held, None, world.START + dt.timedelta(minutes=5)).words == "issued"


def test_a_held_consultation_is_known_to_the_secretariat_alone(
    editor: Member, head_a: Member, dlr: Agency
) -> None:
    held = world.in_consultation(editor, [dlr], hold=dt.timedelta(minutes=5)).recommendation
    assert status(held, editor, world.START).words == "consultation about to open"
    assert status(held, head_a, world.START).words == "being drafted"
    assert not doing(held, head_a, world.START)


def test_the_end_says_nothing_of_a_successor_that_is_unseen(
    editor: Member, asked: list[Agency], chair: Member
) -> None:
    old = world.superseded(editor, asked, chair)
    newer = old.superseded_by
    assert newer
    assert newer.issued_at
    before = newer.issued_at - world.SECOND
    assert end(old, None, before).by is None  # type: ignore[union-attr]
    assert end(old, editor, before).by == newer  # type: ignore[union-attr]


def stands(recommendation: Recommendation, reader: Any, now: dt.datetime) -> list[str]:
    return [step.stands for step in life(recommendation, status(recommendation, reader, now), now)]


def test_the_line_of_steps_follows_the_state(
    editor: Member, asked: list[Agency], chair: Member, head_a: Member
) -> None:
    ahead = "ahead"
    assert stands(world.revised(editor), editor, NOW) == ["now", ahead, ahead, ahead, ahead]
    asking = world.in_consultation(editor, asked).recommendation
    assert stands(asking, head_a, NOW) == ["done", "now", ahead, ahead, ahead]
    silent = world.under_silence(editor, asked).recommendation
    assert stands(silent, head_a, NOW) == ["done", "done", "now", ahead, ahead]
    assert stands(world.agreed(editor, asked), editor, NOW) == ["done", "done", "done", "now", ahead]
    assert stands(world.issued(editor, asked, chair), None, NOW) == ["done"] * 5
    assert stands(world.abandoned(editor), editor, NOW) == ["left-out"] * 5


def test_the_line_of_steps_is_also_words(see: Any, editor: Member, dlr: Agency, head_a: Member) -> None:
    consultation = world.in_consultation(editor, [dlr], now=timezone.now())
    _code, page = see("head_a", consultation.recommendation)
    assert 'Drafting<span class="only-heard">, done</span>' in page
    assert 'Consultation<span class="only-heard">, now</span>' in page
    assert 'aria-current="step"' in page


def test_a_broken_silence_stays_visible_in_the_line(
    editor: Member, asked: list[Agency], head_a: Member
) -> None:
    broken = world.broken(editor, asked, head_a)
    steps = life(broken, status(broken, editor, NOW), NOW)
    assert [step.note for step in steps if step.note] == ["broken by an objection"]
    assert steps[0].stands == "now"


def first(recommendation: Recommendation, reader: Any, now: dt.datetime = NOW) -> str:
    found = doing(recommendation, reader, now).first
    return found.verb if found else ""


def test_the_next_step_comes_first(
    editor: Member, asked: list[Agency], chair: Member, delegate_a: Member
) -> None:
    assert first(world.drafted(editor), editor) == "revise"
    assert first(world.drafted(editor, text=""), editor) == "write"
    assert first(world.revised(editor), editor) == "circulate"
    assert first(world.in_consultation(editor, asked).recommendation, editor) == ""
    closed = world.closed(editor, asked)
    assert first(closed.recommendation, editor) == "start_silence"
    world.submitted(closed, asked[0], delegate_a, submitted_at=closed.opens_at + world.DAY)
    assert first(closed.recommendation, editor) == "dispose"
    silent = world.under_silence(editor, asked).recommendation
    assert first(silent, editor, NOW + 10 * world.DAY) == "conclude"
    agreed = world.agreed(editor, asked)
    assert first(agreed, chair) == "approve"
    assert first(agreed, editor) == ""


def test_what_cannot_be_done_explains_itself(see: Any, revised: Recommendation) -> None:
    _code, page = see("editor", revised)
    assert "What else can be done, and by whom" in page
    assert "Only an administrator of the secretariat withdraws an issued recommendation." in page
    assert "The agencies have not been consulted yet." in page


@pytest.mark.parametrize("who", [None, "former"])
def test_who_has_no_role_has_nothing_to_do(see: Any, issued: Recommendation, who: str | None) -> None:
    assert "What you can do" not in see(who, issued)[1]


def names(recommendation: Recommendation, reader: Any, now: dt.datetime = NOW) -> list[str]:
    return [str(tab["words"]) for tab in tabs(recommendation, reader, now)]


def test_tabs_lead_where_the_reader_may_go(
    editor: Member, asked: list[Agency], chair: Member, head_a: Member, observer_a: Member
) -> None:
    draft, issued = world.revised(editor), world.issued(editor, asked, chair)
    everything = ["Text", "History", "Consultation", "Comments", "Silence", "Responses", "Who was told"]
    assert names(draft, editor) == ["Text", "History", "Who was told"]
    assert names(issued, None) == ["Text", "History", "Responses"]
    assert names(issued, editor) == everything
    assert names(issued, chair) == everything[:-1]
    assert names(issued, head_a) == everything[:-1]
    assert names(issued, observer_a) == ["Text", "History", "Responses"]


@pytest.mark.parametrize("who", ["editor", "chair", "head_a", None])
def test_every_tab_opens(sign_in: Any, request: Any, issued: Recommendation, who: str | None) -> None:
    reader = request.getfixturevalue(who) if who else None
    browser = sign_in(reader)
    for tab in tabs(issued, reader, timezone.now()):
        assert browser.get(tab["address"]).status_code == 200, tab["address"]


def test_who_read_an_earlier_revision_is_led_to_what_changed(
    see: Any, editor: Member, asked: list[Agency], chair: Member
) -> None:
    rec = world.drafted(editor)
    texts.revise(rec, by=editor, now=world.START)
    assert "You last read" not in see("editor", rec)[1]
    rec.refresh_from_db()
    texts.write(rec, by=editor, version=rec.version, text=rec.text + "\n\nOne more paragraph.")
    texts.revise(rec, by=editor, now=world.START + world.HOUR)
    page = see("editor", rec)[1]
    assert "You last read revision 1" in page
    assert f'href="{rec.get_absolute_url()}redline/?from=1&amp;to=2"' in page
    assert "You last read" not in see("editor", rec)[1]


@pytest.mark.parametrize(("who", "answers"), [("head_a", True), ("delegate_a", True), ("observer_a", False)])
def test_who_writes_for_an_agency_is_offered_to_answer_what_is_issued(
    issued: Recommendation, request: Any, who: str, answers: bool
) -> None:
    found = doing(issued, request.getfixturevalue(who), timezone.now())
    offered = [button.verb for button in [found.first, *found.others] if button]
    assert ("respond" in offered) is answers


def test_what_waits_says_for_what_and_the_way_there(
    editor: Member, asked: list[Agency], monkeypatch: Any
) -> None:
    agreed = world.agreed(editor, asked)
    assert str(doing(agreed, editor, NOW).waits.reason) == "The chair has not approved this text yet."  # type: ignore[union-attr]
    monkeypatch.setattr("recommendations.queries.doing.unexplained", lambda rec: [object()])
    first = doing(agreed, editor, NOW).first
    assert first
    assert first.address == f"/recommendations/{agreed.number}/promises/"


def test_detail_asks_the_database_as_often_for_one_answer_as_for_thirty(
    sign_in: Any, issued: Recommendation, make_agency: Any, editor: Member
) -> None:
    browser = sign_in(editor)

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            browser.get(issued.get_absolute_url())
        return len(caught)

    answer(issued, make_agency("ONE"))
    queries()  # from now on the editor has read it
    one = queries()
    for number in range(29):
        answer(issued, make_agency(f"N{number}"))
    assert queries() == one
    assert one < 60


def answer(recommendation: Recommendation, agency: Agency) -> None:
    now = timezone.now()
    recommendation.responses.create(
        agency=agency,
        aspect="stance",
        answer="supports",
        day=now.date(),
        submitted_at=now,
        released_at=now,
    )


def test_a_consultation_that_was_extended_shows_its_new_end(
    see: Any, editor: Member, dlr: Agency, delegate_a: Member
) -> None:
    now = timezone.now()
    consultation = world.in_consultation(editor, [dlr], now=now)
    consultations.extend(
        consultation.recommendation, by=editor, closes_at=now + 40 * world.DAY, reason="Holidays."
    )
    assert "39 days left" in see("delegate_a", consultation.recommendation)[1]
