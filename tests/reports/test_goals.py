"""Goals: outcomes with evidence, carried into the next year, kept over all years; who reads what of them."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from agencies.models import Agency
from isecg.access import WrongMoment
from isecg.audit.models import Event
from members.models import Member
from reports.models import PUBLIC, AnnualReport, Edition, Goal, Publication, Rendering, Snapshot, WorkItem
from reports.queries import goals as asked
from reports.services.goals import carry_goal, decide_goal, edit_goal, remove_goal

DAY = dt.date(2026, 12, 20)
Tell = Callable[..., None]


@pytest.fixture
def decide(editor: Member) -> Callable[..., Goal]:
    """`decide(goal, "met")`: its outcome, stated."""

    def do(goal: Goal, outcome: str, *, evidence: str = "Minutes of December.", day: dt.date = DAY) -> Goal:
        goal.refresh_from_db()
        said: dict[str, Any] = {"outcome": outcome, "evidence": evidence, "decided_on": day}
        return decide_goal(goal, by=editor, version=goal.version, **said)

    return do


@pytest.fixture
def tell(db: None) -> Tell:
    """`tell(2025, goals=[…], goals_kept=[…])`: a published report whose snapshot says so."""

    def do(year: int, state: str = PUBLIC[0], **content: Any) -> None:
        report = AnnualReport.objects.create(year=year, period_start=dt.date(year, 1, 1), state=state)
        snapshot = Snapshot.objects.create(report=report, content=content, sha256=f"{year}".zfill(64))
        rendering = Rendering.objects.create(
            report=report, snapshot=snapshot, number=1, content_key=f"{year}".zfill(64), state="ready"
        )
        edition = Edition.objects.create(
            report=report, number=1, rendering=rendering, snapshot=snapshot, code=f"{year}-1"
        )
        Publication.objects.create(report=report, edition=edition)

    return do


def promised(number: int = 1, text: str = "Agree on a vocabulary.", **more: Any) -> dict[str, Any]:
    return {"number": number, "text": text, "items": ["WP-01"], "continues": None, **more}


def kept(year: int, outcome: str, number: int = 1, **more: Any) -> dict[str, Any]:
    words = {"outcome": outcome, "evidence": "Minutes." if outcome else "", "continued_by": None}
    day = {"decided_on": f"{year + 1}-01-20" if outcome else None}
    return {**promised(number), "year": year, **words, **day, **more}


def test_decide_keeps_outcome_evidence_and_day(goal: Goal, decide: Callable[..., Goal]) -> None:
    goal = decide(goal, "partly", evidence="  Half of it.  ")
    assert (goal.outcome, goal.evidence, goal.decided_on) == ("partly", "Half of it.", DAY)
    assert Event.objects.about(goal).get().verb == "decide_goal"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"outcome": "met", "evidence": " "}, "evidence"),
        ({"outcome": ""}, "outcome"),
        ({"outcome": "perhaps"}, "outcome"),
        ({"outcome": "met", "day": dt.date(2025, 12, 31)}, "decided_on"),
    ],
)
def test_decide_with_something_missing_is_refused(
    goal: Goal, decide: Callable[..., Goal], said: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        decide(goal, said.pop("outcome"), **said)
    assert list(refusal.value.message_dict) == [field]
    goal.refresh_from_db()
    assert goal.outcome == ""


def test_an_outcome_without_evidence_is_refused_by_the_database(goal: Goal) -> None:
    with pytest.raises(IntegrityError, match="an_outcome_has_evidence_and_a_day"), transaction.atomic():
        Goal.objects.update(outcome="met")


def test_decide_by_a_head_of_delegation_is_refused(goal: Goal, head_a: Member) -> None:
    with pytest.raises(PermissionDenied, match="Only the secretariat"):
        decide_goal(goal, by=head_a, version=1, outcome="met", evidence="x", decided_on=DAY)


def test_carry_makes_a_goal_of_the_next_year_under_a_free_number(
    goal: Goal, item: WorkItem, editor: Member, decide: Callable[..., Goal]
) -> None:
    Goal.objects.create(year=2027, number=3, text="Another.")
    new = carry_goal(decide(goal, "missed"), by=editor, text="Now really.", items=[item])
    assert (new.year, new.number, new.continues, list(new.items.all())) == (2027, 4, goal, [item])


@pytest.mark.parametrize("outcome", ["", "met", "dropped"])
def test_carry_of_what_is_not_unfinished_is_refused(
    goal: Goal, editor: Member, decide: Callable[..., Goal], outcome: str
) -> None:
    goal = decide(goal, outcome) if outcome else goal
    with pytest.raises(WrongMoment, match="Only a goal that was missed or partly met"):
        carry_goal(goal, by=editor, text="x")
    assert Goal.objects.count() == 1


def test_carry_twice_is_refused(goal: Goal, editor: Member, decide: Callable[..., Goal]) -> None:
    carry_goal(decide(goal, "missed"), by=editor, text="x")
    with pytest.raises(WrongMoment, match="goes on as 2027/1 already"):
        carry_goal(goal, by=editor, text="x")


def test_what_was_carried_on_cannot_become_met(
    goal: Goal, editor: Member, decide: Callable[..., Goal]
) -> None:
    carry_goal(decide(goal, "missed"), by=editor, text="x")
    with pytest.raises(ValidationError, match="It goes on as goal 2027/1"):
        decide(goal, "met")


def test_a_published_goal_is_not_removed_and_keeps_its_number(
    goal: Goal, editor: Member, item: WorkItem, tell: Tell
) -> None:
    tell(2025, goals=[promised()])
    with pytest.raises(WrongMoment, match="State its outcome instead"):
        remove_goal(goal, by=editor, version=1, why="x")
    with pytest.raises(WrongMoment, match="published under this number"):
        edit_goal(goal, by=editor, version=1, items=[item], number=2)
    goal = edit_goal(goal, by=editor, version=1, items=[item], text="Better words.")
    assert goal.text == "Better words."


def test_a_goal_that_was_carried_on_is_not_removed(
    goal: Goal, editor: Member, decide: Callable[..., Goal]
) -> None:
    carry_goal(decide(goal, "missed"), by=editor, text="x")
    with pytest.raises(WrongMoment, match="Another goal continues this one"):
        remove_goal(goal, by=editor, version=2, why="x")


def test_goals_of_the_year_without_outcome_are_named(
    report: AnnualReport, goal: Goal, decide: Callable[..., Goal]
) -> None:
    own = Goal.objects.create(year=2025, number=1, text="Own year.")
    assert list(asked.without_outcome(report)) == [own]
    decide(own, "met")
    assert not asked.without_outcome(report).exists()


def test_tally_counts_all_years_up_to_one(goal: Goal, decide: Callable[..., Goal]) -> None:
    for number, outcome in enumerate(["met", "met", "partly", "missed", "dropped", ""], 1):
        row = Goal.objects.create(year=2025, number=number, text="x")
        if outcome:
            decide(row, outcome)
    counted = {"met": 2, "partly": 1, "missed": 1, "dropped": 1, "open": 1}
    assert asked.tally(2025) == [{"year": 2025, **counted}]
    assert [row["year"] for row in asked.tally(2026)] == [2025, 2026]
    assert [year.tally["met"] for year in asked.record(None)] == []


def test_history_follows_a_goal_through_the_years(
    goal: Goal, editor: Member, decide: Callable[..., Goal]
) -> None:
    second = carry_goal(decide(goal, "missed"), by=editor, text="x")
    carry_goal(decide(second, "partly", day=dt.date(2027, 12, 1)), by=editor, text="x")
    years = asked.record(editor)
    for year in years:
        chain = asked.history(years, year.goals[0])
        assert [each.key for each in chain] == [(2026, 1), (2027, 1), (2028, 1)]


def test_strangers_read_what_was_published_and_nothing_newer(
    goal: Goal, tell: Tell, client: Client, decide: Callable[..., Goal]
) -> None:
    tell(2025, goals=[promised()])
    Goal.objects.update(text="Canary of the draft.")
    decide(goal, "met", evidence="Canary of the outcome.")
    page = client.get("/goals/").content.decode()
    assert "Agree on a vocabulary." in page
    assert "Canary" not in page


def test_strangers_read_an_outcome_with_the_report_that_says_it(tell: Tell, client: Client) -> None:
    tell(2024, goals=[promised()])
    later = promised(continues={"year": 2025, "number": 1})
    tell(2025, goals_kept=[kept(2025, "missed", continued_by={"year": 2026, "number": 1})], goals=[later])
    page = client.get("/goals/").content.decode()
    assert "Minutes." in page
    assert "stated on 20 January 2026" in page
    assert 'href="#goal-2025-1"' in page


@pytest.mark.parametrize("state", ["open", "editing", "withdrawn"])
def test_strangers_read_nothing_of_a_report_that_is_not_public(
    tell: Tell, client: Client, state: str
) -> None:
    withdrawal: dict[str, Any] = {}
    tell(2025, goals=[promised(text="Canary.")])
    if state == "withdrawn":
        withdrawal = {"withdrawn_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC), "withdrawal_reason": "x"}
    AnnualReport.objects.update(state=state, **withdrawal)
    assert "Canary." not in client.get("/goals/").content.decode()


@pytest.mark.parametrize(
    ("who", "sees"),
    [("editor", True), ("delegate_a", True), ("head_a", True), ("observer_a", False), ("former", False)],
)
def test_records_are_read_by_those_who_write(
    goal: Goal, sign_in: Callable[..., Client], request: pytest.FixtureRequest, who: str, sees: bool
) -> None:
    page = sign_in(request.getfixturevalue(who)).get("/goals/").content.decode()
    assert ("Agree on the common vocabulary." in page) is sees


def test_page_draws_the_record_and_says_the_same_in_a_table(tell: Tell, client: Client) -> None:
    tell(2025, goals_kept=[kept(2025, "met"), kept(2025, "partly", 2), kept(2025, "", 3)], goals=[])
    page = client.get("/goals/").content.decode()
    assert "Goals kept. 3 goals, 1 met." in page
    assert "1 of 3 met, 1 open" in page


def test_page_asks_the_same_number_of_questions_for_more_goals(
    goal: Goal, editor: Member, sign_in: Callable[..., Client], django_assert_max_num_queries: Any
) -> None:
    desk = sign_in(editor)
    for number in range(2, 30):
        Goal.objects.create(year=2026, number=number, text="x")
    with django_assert_max_num_queries(9):
        desk.get("/goals/")


def test_pages_decide_and_carry(goal: Goal, editor: Member, sign_in: Callable[..., Client]) -> None:
    desk = sign_in(editor)
    sent = {"version": 1, "outcome": "missed", "evidence": "Not **done**.", "decided_on": "2026-11-20"}
    page = desk.post(f"/goals/{goal.pk}/outcome/", sent, follow=True).content.decode()
    assert "<strong>done</strong>" in page
    assert "Carry it into 2027" in page
    token = "6f3c2a7e-3d0e-4f0e-9a45-0d6a8f1d2b11"
    for _twice in range(2):
        answer = desk.post(f"/goals/{goal.pk}/carry/", {"token": token, "text": "Now really."}, follow=True)
    assert Goal.objects.get(year=2027).continues == goal
    assert "Now really." in answer.content.decode()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"outcome": "perhaps"}, "Select a valid choice."),
        ({"evidence": ""}, "This field is required."),
        ({"evidence": "x\0"}, "Null characters are not allowed."),
        ({"evidence": "x" * 20_001}, "at most 20000 characters"),
        ({"decided_on": "2999-01-01"}, "This day has not come yet."),
        ({"decided_on": "x"}, "Enter a valid date."),
        ({"decided_on": "2025-12-31"}, "Nobody can know before 2026 has begun."),
    ],
)
def test_page_decide_refuses_bad_input_with_a_sentence(
    goal: Goal, editor: Member, sign_in: Callable[..., Client], sent: dict[str, str], words: str
) -> None:
    good = {"version": 1, "outcome": "met", "evidence": "x", "decided_on": "2026-11-20"}
    answer = sign_in(editor).post(f"/goals/{goal.pk}/outcome/", {**good, **sent})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    goal.refresh_from_db()
    assert goal.outcome == ""


@pytest.mark.parametrize("address", ["outcome", "carry"])
@pytest.mark.parametrize("who", ["head_a", "delegate_a", "observer_a", "former"])
def test_pages_are_the_secretariats(
    goal: Goal, sign_in: Callable[..., Client], request: pytest.FixtureRequest, who: str, address: str
) -> None:
    answer = sign_in(request.getfixturevalue(who)).get(f"/goals/{goal.pk}/{address}/")
    assert answer.status_code == 403
    assert "Only the secretariat" in answer.content.decode()


def test_the_desk_asks_for_outcomes_when_the_year_is_over(
    report: AnnualReport, editor: Member, dlr: Agency
) -> None:
    Goal.objects.create(year=2025, number=1, text="x")
    assert asked.needs(dt.datetime(2025, 12, 31, tzinfo=dt.UTC)) == []
    [need] = asked.needs(dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    assert str(need.words) == "Annual report 2025: 1 goal has no outcome"
    assert need.address == "/reports/2025/roll-forward/#goals"
