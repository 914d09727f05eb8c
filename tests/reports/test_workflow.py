"""Every action x state x role of the table, and what moving does."""

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
from reports.services.reports import correct, publish, withdraw

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


def put_into(report: AnnualReport, state: State) -> AnnualReport:
    gone = state == State.WITHDRAWN
    report.state = state
    report.withdrawn_at, report.withdrawal_reason = (timezone.now(), "a mistake") if gone else (None, "")
    report.save()
    return report


def fields_of(verb: str) -> dict[str, Any]:
    gone = verb == "withdraw"
    return {
        "withdrawn_at": timezone.now() if gone else None,
        "withdrawal_reason": "a mistake" if gone else "",
    }


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("row", workflow.TABLE, ids=lambda row: row.verb)
def test_move_for_every_action_state_and_role(
    row: workflow.Action,
    state: State,
    role: str,
    report: AnnualReport,
    chair: Member,
    someone: Callable[[str], Any],
) -> None:
    report, person = put_into(report, state), someone(role)
    offered = workflow.options(report, person)[row.verb].decision
    outcome, sentence = try_to(row, report, person)
    expected: str = "denied"
    if role in MAY[row.verb]:
        expected = row.after if state in row.before else "wrong moment"
    assert (outcome, sentence) == (expected, str(offered.reason))
    assert bool(offered) == (role in MAY[row.verb] and state in row.before)
    report.refresh_from_db()
    assert report.state == (row.after if expected == row.after else state)


def try_to(row: workflow.Action, report: AnnualReport, person: Any) -> tuple[str, str]:
    """What came of it, and the sentence of the refusal if it was refused."""
    try:
        return workflow.move(report, row.verb, by=person, why="because", **fields_of(row.verb)).state, ""
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
    correct(report, by=administrator, edition=published.edition, note="The figures were right.")
    report.refresh_from_db()
    assert (report.state, report.withdrawn_at, report.withdrawal_reason) == ("corrected", None, "")


def test_diagram_names_every_row_of_the_table() -> None:
    printed = workflow.diagram()
    for row in workflow.TABLE:
        for before in row.before:
            assert f"{before} --> {row.after}: {row.verb}" in printed
