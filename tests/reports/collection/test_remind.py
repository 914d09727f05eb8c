"""Reminders: each person of what is due to that person, once a stage, and nobody where nobody is."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from agencies.models import Agency
from isecg.audit.models import Event
from isecg.mail.models import Message
from members.models import Member
from reports.models import AnnualReport, Contribution, Highlight, Reminder, Section, State
from reports.queries.reminders import SUBMIT, Due, stage
from reports.schedule import remind as tick
from reports.services.reminders import remind, remind_of
from tests.reports.collection.conftest import due_of, mails

Browser = Callable[[Member | None], Client]
DAYS = dt.timedelta(days=1)
DUE_AT = dt.datetime(2026, 5, 20, 12, tzinfo=dt.UTC)


@pytest.fixture
def run(collecting: AnnualReport) -> Callable[[float], list[Message]]:
    """`run(-2)`: what the clock does two days before the deadline."""
    return lambda days: remind_of(collecting, now=due_of(collecting) + days * DAYS)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-8, None),
        (-7, "soon"),
        (-2.01, "soon"),
        (-2, "last"),
        (-0.01, "last"),
        (0, None),
        (0.5, None),
        (1, "over"),
        (40, "over"),
    ],
)
def test_stage_follows_from_the_instants(days: float, expected: str | None) -> None:
    assert stage(Due(SUBMIT, DUE_AT), DUE_AT + days * DAYS) == expected


@pytest.mark.parametrize(("asked", "expected"), [(-8, "soon"), (-5, None)])
def test_stage_of_what_was_asked_within_the_last_week(asked: float, expected: str | None) -> None:
    due = Due(SUBMIT, DUE_AT, since=DUE_AT + asked * DAYS)
    assert stage(due, DUE_AT - 4 * DAYS) == expected


def test_stage_without_a_deadline() -> None:
    assert stage(Due(SUBMIT, None), DUE_AT) is None


def test_remind_tells_everybody_who_writes_for_the_agency(
    run: Callable[..., Any], head_a: Member, delegate_a: Member, observer_a: Member, editor: Member
) -> None:
    run(-2)
    assert mails("report_reminder") == sorted([head_a.email, delegate_a.email])


def test_remind_says_it_once_a_stage(run: Callable[..., Any], head_a: Member) -> None:
    assert [len(run(days)) for days in (-7, -6, -2, -1, 0.5, 1, 30)] == [1, 0, 1, 0, 0, 1, 0]


def test_remind_after_a_long_pause_says_only_the_last(run: Callable[..., Any], head_a: Member) -> None:
    assert len(run(3)) == 1
    assert Reminder.objects.filter(stage="over").count() == 2  # of both agencies
    assert Reminder.objects.exclude(stage="over").count() == 0


def test_remind_names_only_what_is_due_to_the_person(
    run: Callable[..., Any], head_a: Member, head_b: Member
) -> None:
    run(-2)
    text = Message.objects.get(kind="report_reminder", to=head_a.email).text
    assert "DLR" in text
    assert "JAXA" not in text


def test_remind_tells_a_delegate_what_a_delegate_can_do(
    run: Callable[..., Any], head_a: Member, delegate_a: Member
) -> None:
    run(-2)
    texts = {mail.to: mail.text for mail in Message.objects.filter(kind="report_reminder")}
    assert "submit the highlights" in texts[head_a.email]
    assert "write the highlights" in texts[delegate_a.email]


def test_remind_of_nothing_when_it_was_submitted(
    run: Callable[..., Any], draft: Highlight, submit: Callable[..., Any], head_a: Member
) -> None:
    submit()
    run(-2)
    assert head_a.email not in mails("report_reminder")


def test_remind_where_nobody_holds_a_role_is_nobody(run: Callable[..., Any], editor: Member) -> None:
    assert run(-2) == []
    assert not Message.objects.filter(kind="report_reminder").exists()


def test_remind_nobody_who_may_not_sign_in(run: Callable[..., Any], head_a: Member) -> None:
    Member.objects.filter(pk=head_a.pk).update(is_active=False)
    assert run(-2) == []


def test_remind_by_an_own_deadline(run: Callable[..., Any], part: Contribution, head_a: Member) -> None:
    Contribution.objects.filter(pk=part.pk).update(due_at=due_of(part.report) + 30 * DAYS)
    assert run(1) == []


def test_remind_of_an_edited_text_while_confirming(
    collecting: AnnualReport, edited: Highlight, head_a: Member, delegate_a: Member
) -> None:
    confirm_by = collecting.confirm_by = due_of(collecting) + 30 * DAYS
    AnnualReport.objects.filter(pk=collecting.pk).update(state=State.CONFIRMING, confirm_by=confirm_by)
    remind_of(collecting, now=confirm_by - DAYS)
    assert mails("report_reminder") == [head_a.email]
    assert "read the edited text" in Message.objects.get(kind="report_reminder").text


def test_remind_the_owner_of_a_section_without_text(
    collecting: AnnualReport, head_b: Member, administrator: Member
) -> None:
    due_at = due_of(collecting) + 60 * DAYS
    Section.objects.create(
        report=collecting,
        kind="secretariat",
        slug="outlook",
        title="Outlook",
        owner=administrator,
        due_at=due_at,
    )
    remind_of(collecting, now=due_at - DAYS)
    mail = Message.objects.get(kind="report_reminder", to=administrator.email)
    assert "Outlook" in mail.text
    assert "JAXA" not in mail.text


def test_remind_of_nothing_in_a_published_report(
    collecting: AnnualReport, run: Callable[..., Any], head_a: Member
) -> None:
    AnnualReport.objects.filter(pk=collecting.pk).update(state=State.PUBLISHED)
    assert run(-2) == []


def test_remind_by_the_clock_says_nothing_twice(collecting: AnnualReport, head_a: Member) -> None:
    AnnualReport.objects.filter(pk=collecting.pk).update(due_at=timezone.now() + DAYS)
    Contribution.objects.update(asked_at=timezone.now() - 30 * DAYS)
    assert [tick(), tick()] == [1, 0]


def test_remind_by_hand_tells_those_chosen(
    collecting: AnnualReport, editor: Member, dlr: Agency, head_a: Member, head_b: Member
) -> None:
    remind(collecting, by=editor, agencies=[dlr.pk], words="We would be glad of it.")
    mail = Message.objects.get(kind="report_reminder")
    assert mail.to == head_a.email
    assert "We would be glad of it." in mail.text
    assert Event.objects.get(verb="remind").why == "We would be glad of it."


def test_remind_by_hand_as_often_as_one_wants(
    collecting: AnnualReport, editor: Member, dlr: Agency, head_a: Member
) -> None:
    for _ in range(2):
        remind(collecting, by=editor, agencies=[dlr.pk])
    assert len(mails("report_reminder")) == 2


def test_remind_by_hand_of_what_is_done(
    collecting: AnnualReport, submitted: Highlight, editor: Member, dlr: Agency
) -> None:
    with pytest.raises(ValidationError, match="nothing is due"):
        remind(collecting, by=editor, agencies=[dlr.pk])


def test_remind_by_hand_nobody(collecting: AnnualReport, editor: Member) -> None:
    with pytest.raises(ValidationError, match="nobody would be"):
        remind(collecting, by=editor, agencies=[])


def test_remind_by_a_delegation(collecting: AnnualReport, head_a: Member, dlr: Agency) -> None:
    with pytest.raises(PermissionDenied):
        remind(collecting, by=head_a, agencies=[dlr.pk])


def test_reminders_are_frozen_by_the_database(run: Callable[..., Any], head_a: Member) -> None:
    run(-2)
    with pytest.raises(DatabaseError), transaction.atomic():
        Reminder.objects.update(stage="soon")


def test_remind_page_says_who_is_told(
    collecting: AnnualReport, editor: Member, head_a: Member, sign_in: Browser
) -> None:
    page = sign_in(editor).get("/reports/2026/remind/").content.decode()
    assert str(head_a) in page
    assert "this agency has no account here" in page


def test_remind_page_sends_once(
    collecting: AnnualReport, editor: Member, head_a: Member, dlr: Agency, sign_in: Browser
) -> None:
    client = sign_in(editor)
    token = client.get("/reports/2026/remind/").context["form"]["token"].value()
    for _ in range(2):
        client.post("/reports/2026/remind/", {"token": token, "agencies": [dlr.pk], "words": ""})
    assert mails("report_reminder") == [head_a.email]


@pytest.mark.parametrize(
    "bad", [{"agencies": []}, {"agencies": ["x"]}, {"agencies": ["\x00"]}, {"words": "\x00"}]
)
def test_remind_page_refuses_bad_input(
    collecting: AnnualReport, editor: Member, dlr: Agency, sign_in: Browser, bad: dict[str, Any]
) -> None:
    client = sign_in(editor)
    token = str(client.get("/reports/2026/remind/").context["form"]["token"].value())
    data = {"token": token, "agencies": [dlr.pk], "words": "", **bad}
    answer = client.post("/reports/2026/remind/", data)
    assert answer.status_code == 422
    assert "Please correct this" in answer.content.decode()


def test_remind_page_for_a_delegation_is_no_page(
    collecting: AnnualReport, head_a: Member, sign_in: Browser
) -> None:
    assert sign_in(head_a).get("/reports/2026/remind/").status_code == 404
