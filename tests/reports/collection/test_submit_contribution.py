"""Handing in an agency's part, and taking it back."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from isecg.access import WrongMoment
from isecg.audit.models import Event
from isecg.versions import Stale
from members.models import Member
from reports.models import AnnualReport, Contribution, Highlight, Submission
from reports.services.contributions import handed_over, submit_contribution, take_back_contribution
from reports.services.highlights import add_highlight, edit_highlight, write_highlight
from reports.services.reports import collect_again, edit_texts
from reports.standing import EMPTY, Stand, part_of
from tests.reports.collection.conftest import CANARY, DAY, due_of, mails

Browser = Callable[[Member | None], Client]


def page(part: Contribution, step: str = "") -> str:
    return f"/reports/2026/agencies/dlr/{step}"


def test_submit_lets_the_texts_leave_the_agency(draft: Highlight, submit: Callable[..., Any]) -> None:
    submit()
    assert not Highlight.objects.get(pk=draft.pk).inside_agency


def test_submit_keeps_what_was_handed_in(draft: Highlight, submit: Callable[..., Any]) -> None:
    handed = submit(words="As discussed.")
    assert [row["title"] for row in handed.content] == [draft.title]
    assert handed.words == "As discussed."


def test_submit_tells_the_secretariat_and_nobody_else(
    draft: Highlight, submit: Callable[..., Any], editor: Member, administrator: Member, head_b: Member
) -> None:
    submit()
    assert mails("contribution_submitted") == sorted([editor.email, administrator.email])


def test_submit_is_in_the_log_on_behalf_of_the_agency(draft: Highlight, submit: Callable[..., Any]) -> None:
    submit()
    assert Event.objects.get(verb="submit_contribution").on_behalf_of == "DLR"


@pytest.mark.parametrize("who", ["delegate_a", "observer_a", "head_b", "editor", "administrator", "former"])
def test_submit_by_somebody_who_does_not_speak_for_the_agency(
    part: Contribution, draft: Highlight, who: str, request: pytest.FixtureRequest
) -> None:
    by = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        submit_contribution(part, by=by, seen=handed_over(part.report, part.agency))
    assert Highlight.objects.get(pk=draft.pk).inside_agency


def test_submit_by_the_alternate(part: Contribution, draft: Highlight, alternate_a: Member) -> None:
    submit_contribution(part, by=alternate_a, seen=handed_over(part.report, part.agency))
    assert part_of(part).stand is Stand.SUBMITTED


def test_submit_a_text_that_was_changed_meanwhile(
    part: Contribution, draft: Highlight, head_a: Member, delegate_a: Member
) -> None:
    seen = handed_over(part.report, part.agency)
    edit_highlight(draft, by=delegate_a, version=draft.version, title="Changed meanwhile")
    with pytest.raises(Stale):
        submit_contribution(part, by=head_a, seen=seen)
    assert not Submission.objects.exists()


def test_submit_without_a_highlight(part: Contribution, submit: Callable[..., Any]) -> None:
    with pytest.raises(ValidationError, match="at least one highlight"):
        submit()


def test_submit_nothing_to_report(part: Contribution, submit: Callable[..., Any]) -> None:
    submit(nothing=True)
    assert part_of(part).stand is Stand.NOTHING


def test_submit_nothing_with_a_highlight(draft: Highlight, submit: Callable[..., Any]) -> None:
    with pytest.raises(ValidationError, match="Remove them first"):
        submit(nothing=True)


def test_nothing_to_report_and_then_the_secretariat_writes(
    part: Contribution, submit: Callable[..., Any], editor: Member
) -> None:
    submit(nothing=True)
    add_highlight(by=editor, agency=part.agency, day=DAY, title="A launch", text="It flew.")
    assert part_of(part).stand is Stand.EDITED


def test_submit_twice(submitted: Highlight, submit: Callable[..., Any]) -> None:
    with pytest.raises(WrongMoment, match="take it back first"):
        submit()


def test_submit_after_the_deadline_while_collecting(
    part: Contribution, draft: Highlight, submit: Callable[..., Any]
) -> None:
    submit(now=due_of(part.report) + dt.timedelta(days=3))
    assert part_of(part).stand is Stand.SUBMITTED


def test_submit_when_the_collection_is_over(
    part: Contribution, draft: Highlight, submit: Callable[..., Any], editor: Member
) -> None:
    edit_texts(part.report, by=editor)
    with pytest.raises(WrongMoment, match="over"):
        submit()
    assert part_of(part).stand is Stand.WRITING


def test_submit_when_collecting_again(
    part: Contribution, draft: Highlight, submit: Callable[..., Any], editor: Member
) -> None:
    edit_texts(part.report, by=editor)
    collect_again(part.report, by=editor, reason="Late ones.", due_at=timezone.now() + dt.timedelta(days=3))
    submit()
    assert part_of(part).stand is Stand.SUBMITTED


def test_submit_leaves_what_lies_outside_the_period_alone(
    draft: Highlight, submit: Callable[..., Any]
) -> None:
    elsewhere = Highlight.objects.create(
        agency=draft.agency, day=dt.date(2027, 5, 5), title="Later", text="Later.", inside_agency=True
    )
    submit()
    assert Highlight.objects.get(pk=elsewhere.pk).inside_agency


def test_take_back_puts_the_texts_inside_again(
    part: Contribution, submitted: Highlight, head_a: Member
) -> None:
    take_back_contribution(part, by=head_a)
    assert Highlight.objects.get(pk=submitted.pk).inside_agency
    assert part_of(part).stand is Stand.WRITING


def test_take_back_leaves_the_secretariat_what_it_wrote_itself(
    part: Contribution, submitted: Highlight, head_a: Member, editor: Member
) -> None:
    own = add_highlight(by=editor, agency=part.agency, day=DAY, title="A launch", text="It flew.")
    take_back_contribution(part, by=head_a)
    assert not Highlight.objects.get(pk=own.pk).inside_agency


def test_take_back_keeps_what_was_handed_in(part: Contribution, submitted: Highlight, head_a: Member) -> None:
    take_back_contribution(part, by=head_a, why="Something is missing.")
    handed = Submission.objects.get()
    assert handed.taken_back_by == head_a
    assert [row["title"] for row in handed.content] == [submitted.title]


def test_take_back_tells_the_secretariat(
    part: Contribution, submitted: Highlight, head_a: Member, editor: Member
) -> None:
    take_back_contribution(part, by=head_a)
    assert mails("contribution_taken_back") == [editor.email]


def test_take_back_when_nothing_was_submitted(part: Contribution, head_a: Member) -> None:
    with pytest.raises(WrongMoment, match="Nothing has been submitted"):
        take_back_contribution(part, by=head_a)


def test_take_back_by_a_delegate(part: Contribution, submitted: Highlight, delegate_a: Member) -> None:
    with pytest.raises(PermissionDenied):
        take_back_contribution(part, by=delegate_a)


def test_take_back_when_the_collection_is_over(
    part: Contribution, submitted: Highlight, head_a: Member, editor: Member
) -> None:
    edit_texts(part.report, by=editor)
    with pytest.raises(WrongMoment):
        take_back_contribution(part, by=head_a)


def test_submission_is_frozen_by_the_database(submitted: Highlight) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Submission.objects.update(words="rewritten")


def test_submit_page_shows_what_leaves_and_hands_it_in(
    part: Contribution, draft: Highlight, head_a: Member, sign_in: Browser
) -> None:
    client = sign_in(head_a)
    form = client.get(page(part, "submit/")).context["form"]
    assert CANARY in client.get(page(part, "submit/")).content.decode()
    answer = client.post(
        page(part, "submit/"), {"token": form["token"].value(), "seen": form["seen"].value(), "words": ""}
    )
    assert answer.status_code == 302
    assert part_of(part).stand is Stand.SUBMITTED


def test_submit_page_sent_twice_hands_in_once(
    part: Contribution, draft: Highlight, head_a: Member, sign_in: Browser
) -> None:
    client = sign_in(head_a)
    form = client.get(page(part, "submit/")).context["form"]
    data = {"token": form["token"].value(), "seen": form["seen"].value(), "words": ""}
    assert [client.post(page(part, "submit/"), data).status_code for _ in range(2)] == [302, 302]
    assert Submission.objects.count() == 1


def test_submit_page_of_a_changed_text_shows_it_again(
    part: Contribution, draft: Highlight, head_a: Member, sign_in: Browser
) -> None:
    form = (client := sign_in(head_a)).get(page(part, "submit/")).context["form"]
    data = {"token": form["token"].value(), "seen": EMPTY, "words": "My words"}
    answer = client.post(page(part, "submit/"), data)
    assert answer.status_code == 409
    assert "Nothing was submitted" in answer.content.decode()
    assert "My words" in answer.content.decode()


@pytest.mark.parametrize(
    "bad",
    [
        {"seen": "\x00"},
        {"seen": "a" * 10_000},
        {"words": "x" * 2_001},
        {"words": "nul \x00"},
        {"token": "no-uuid"},
    ],
)
def test_submit_page_refuses_bad_input_with_a_sentence(
    part: Contribution, draft: Highlight, head_a: Member, sign_in: Browser, bad: dict[str, str]
) -> None:
    form = (client := sign_in(head_a)).get(page(part, "submit/")).context["form"]
    data = {"token": str(form["token"].value()), "seen": form["seen"].value(), "words": ""}
    answer = client.post(page(part, "submit/"), {**data, **bad})
    assert answer.status_code in (409, 422)
    assert Highlight.objects.get(pk=draft.pk).inside_agency


def test_write_after_submitting(submitted: Highlight, part: Contribution, delegate_a: Member) -> None:
    with pytest.raises(WrongMoment, match="take it back"):
        write_highlight(part, by=delegate_a, day=DAY, title="One more", text="Words.")


def test_collect_asks_those_chosen(collecting: AnnualReport) -> None:
    assert {str(each.agency) for each in collecting.contributions.filter(asked_at__isnull=False)} == {
        "DLR",
        "JAXA",
    }
