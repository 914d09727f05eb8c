"""Every action x situation x role of the table, and what moving does."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from isecg.access import WrongMoment
from isecg.audit.models import Event
from isecg.mail.models import Message
from members.models import Member
from reports import workflow
from reports.models import AnnualReport, Edition, Publication, State
from reports.services.publishing import correct, publish, withdraw
from tests.reports.conftest import AT_ONCE

Walk = Callable[..., AnnualReport]
ROLES = [
    "stranger",
    "former",
    "observer_a",
    "delegate_a",
    "alternate_a",
    "head_a",
    "chair",
    "editor",
    "administrator",
]
SECRETARIAT = {"editor", "administrator"}
MAY = {
    **{row.verb: SECRETARIAT for row in workflow.TABLE},
    "edit_again": SECRETARIAT | {"chair"},
    "approve": {"chair"},
    "withdraw": {"administrator"},
}


@pytest.fixture
def someone(request: pytest.FixtureRequest) -> Callable[[str], Member | None]:
    return lambda role: None if role == "stranger" else request.getfixturevalue(role)


# Each situation is a state, and the one before while the step that led to it is held.
HELD: dict[str, tuple[State, State]] = {
    "about to be published": (State.PUBLISHED, State.APPROVED),
    "about to be corrected": (State.CORRECTED, State.PUBLISHED),
    "about to be corrected again": (State.CORRECTED, State.CORRECTED),
    "about to come back": (State.CORRECTED, State.WITHDRAWN),
}
SITUATIONS: dict[str, tuple[State, State | None]] = {**{str(state): (state, None) for state in State}, **HELD}


def put_into(report: AnnualReport, situation: str) -> AnnualReport:
    state, before = SITUATIONS[situation]
    report.state = state
    if before:
        report.state_before, report.held_until = before, timezone.now() + dt.timedelta(minutes=5)
    if State.WITHDRAWN in (state, before):
        report.withdrawn_at, report.withdrawal_reason = timezone.now(), "a mistake"
    report.save()
    return report


def leads_to(row: workflow.Action, situation: str) -> State | None:
    """The state it ends in; None at the wrong moment."""
    state, before = SITUATIONS[situation]
    if row.verb in ("recall", "send_now"):
        return before and (before if row.verb == "recall" else state)
    if before and not (row.verb == "withdraw" and before in (State.PUBLISHED, State.CORRECTED)):
        return None
    return row.moves[state][0] if state in row.moves else None


def fields_of(verb: str, situation: str) -> dict[str, Any]:
    if verb == "withdraw":
        return {"withdrawn_at": timezone.now(), "withdrawal_reason": "a mistake"}
    return {"to": SITUATIONS[situation][1]} if verb == "recall" else {}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("row", workflow.TABLE, ids=lambda row: row.verb)
def test_move_for_every_action_situation_and_role(
    row: workflow.Action,
    situation: str,
    role: str,
    report: AnnualReport,
    chair: Member,
    someone: Callable[[str], Any],
) -> None:
    report, person = put_into(report, situation), someone(role)
    offered = workflow.options(report, person)[row.verb].decision
    outcome, sentence = try_to(row, report, person, fields_of(row.verb, situation))
    after = leads_to(row, situation)
    expected: str = (after or "wrong moment") if role in MAY[row.verb] else "denied"
    assert (outcome, sentence) == (expected, str(offered.reason))
    assert bool(offered) == (role in MAY[row.verb] and after is not None)
    report.refresh_from_db()
    assert report.state == (expected if expected == after else SITUATIONS[situation][0])


def try_to(
    row: workflow.Action, report: AnnualReport, person: Any, fields: dict[str, Any]
) -> tuple[str, str]:
    """What came of it, and the sentence of the refusal if it was refused."""
    try:
        return workflow.move(report, row.verb, by=person, why="because", **fields).state, ""
    except PermissionDenied as refusal:
        return "denied", str(refusal.args[0])
    except WrongMoment as refusal:
        return "wrong moment", str(refusal.reason)


def test_every_refusal_has_a_sentence(report: AnnualReport, delegate_a: Member) -> None:
    for option in workflow.options(report, delegate_a).values():
        assert str(option.decision.reason).endswith(".")


def test_publish_writes_who_and_what_into_the_log(published: Publication, editor: Member) -> None:
    event = Event.objects.about(published.report).get(verb="publish")
    assert event.actor_id == editor.pk
    assert event.changes["state"] == ["approved", "published"]


def test_publish_tells_heads_and_alternates_and_nobody_else(
    edition: Edition, walk: Walk, head_a: Member, alternate_a: Member, delegate_b: Member, former: Member
) -> None:
    walk(edition.report, State.PUBLISHED)
    told = Message.objects.filter(kind="report_published")
    assert {message.to for message in told} == {head_a.email, alternate_a.email}


def test_publish_mails_where_to_read_it(edition: Edition, walk: Walk, head_a: Member) -> None:
    walk(edition.report, State.PUBLISHED)
    message = Message.objects.get(kind="report_published")
    assert "/reports/2025/" in message.text
    assert "2025" in message.subject


def test_correct_without_a_note(
    published: Publication, editor: Member, remake: Callable[[str], Edition]
) -> None:
    second = remake("Other words.")
    with pytest.raises(ValidationError, match="Say what changed"):
        correct(second.report, by=editor, edition=second, note=" ")
    assert Publication.objects.count() == 1


def test_correct_replaces_the_edition_and_keeps_the_first(
    published: Publication, editor: Member, remake: Callable[[str], Edition]
) -> None:
    second = remake("Other words.")
    correct(second.report, by=editor, edition=second, note="The foreword was shortened.")
    assert [row.edition.number for row in second.report.publications.all()] == [2, 1]


def test_correct_by_the_published_edition(published: Publication, editor: Member) -> None:
    with pytest.raises(WrongMoment, match="already"):
        correct(published.report, by=editor, edition=published.edition, note="again")


def test_publish_an_edition_of_another_report(published: Publication, editor: Member) -> None:
    other = AnnualReport.objects.create(year=2024, period_start="2024-01-01", state=State.APPROVED)
    with pytest.raises(ValidationError, match="another report"):
        publish(other, by=editor, edition=published.edition)
    other.refresh_from_db()
    assert other.state == State.APPROVED


def test_withdraw_keeps_day_and_reason(published: Publication, administrator: Member) -> None:
    now = timezone.now()
    report = withdraw(published.report, by=administrator, reason="Wrong figures.", now=now)
    assert (report.state, report.withdrawn_at, report.withdrawal_reason) == (
        "withdrawn",
        now,
        "Wrong figures.",
    )


def test_withdraw_without_a_reason(published: Publication, administrator: Member) -> None:
    with pytest.raises(ValidationError, match="Say why"):
        withdraw(published.report, by=administrator, reason="  ", now=timezone.now())
    assert AnnualReport.objects.get().state == State.PUBLISHED


def test_withdraw_mails_the_reason(published: Publication, administrator: Member, head_a: Member) -> None:
    withdraw(published.report, by=administrator, reason="Wrong figures & names.", now=timezone.now())
    message = Message.objects.get(kind="report_withdrawn")
    assert message.to == head_a.email
    assert "Wrong figures & names." in message.text


def test_correct_brings_back_what_was_withdrawn(published: Publication, administrator: Member) -> None:
    report = withdraw(published.report, by=administrator, reason="Wrong figures.", now=timezone.now())
    correct(report, by=administrator, edition=published.edition, note="The figures were right.", hold=AT_ONCE)
    report.refresh_from_db()
    assert (report.state, report.withdrawn_at, report.withdrawal_reason) == ("corrected", None, "")


def test_diagram_names_every_row_of_the_table() -> None:
    printed = workflow.diagram()
    for row in workflow.TABLE:
        for before, reached in row.moves.items():
            assert all(f"{before} --> {after}: {row.verb}" in printed for after in reached)
