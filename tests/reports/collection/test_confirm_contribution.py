"""The agency's word on its edited text: exactly so, or a change; a later change asks again."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from isecg.access import WrongMoment
from isecg.versions import Stale
from members.models import Member
from reports.models import AnnualReport, Confirmation, Contribution, Highlight, State
from reports.services.contributions import ask_for_change, confirm_contribution, extend_contribution
from reports.services.highlights import add_highlight, edit_highlight, remove_highlight
from reports.services.reports import edit_texts
from reports.standing import EMPTY, Stand, part_of, parts, unconfirmed
from tests.reports.collection.conftest import DAY, due_of, mails

Browser = Callable[[Member | None], Client]
CONFIRM = "/reports/2026/agencies/dlr/confirm/"
CHANGES = "/reports/2026/agencies/dlr/changes/"


@pytest.fixture
def confirm(part: Contribution, head_a: Member) -> Callable[[], Confirmation]:
    return lambda: confirm_contribution(part, by=head_a, seen=part_of(part).sha256)


def stands(part: Contribution) -> Stand:
    return part_of(part).stand


def test_edited_text_waits_for_the_agency(part: Contribution, edited: Highlight) -> None:
    assert stands(part) is Stand.EDITED
    assert unconfirmed(parts(part.report)) == [part]


def test_confirm_settles_it(part: Contribution, edited: Highlight, confirm: Callable[..., Any]) -> None:
    confirm()
    assert stands(part) is Stand.CONFIRMED
    assert unconfirmed(parts(part.report)) == []


@pytest.mark.parametrize("field", ["title", "text", "day", "alt_text", "source", "destination", "focal_x"])
def test_a_later_change_of_any_field_asks_again(
    part: Contribution, edited: Highlight, confirm: Callable[..., Any], field: str
) -> None:
    values = {"day": DAY + dt.timedelta(days=1), "destination": "mars", "focal_x": 7}
    confirm()
    Highlight.objects.filter(pk=edited.pk).update(**{field: values.get(field, "something else")})
    seen = {"alt_text", "focal_x"}  # words of a photograph that is not there are not in the report
    assert stands(part) is (Stand.CONFIRMED if field in seen else Stand.EDITED)


def test_a_later_addition_asks_again(
    part: Contribution, edited: Highlight, confirm: Callable[..., Any], editor: Member
) -> None:
    confirm()
    add_highlight(by=editor, agency=part.agency, day=DAY, title="One more", text="Words.")
    assert stands(part) is Stand.EDITED


def test_a_later_removal_asks_again(
    part: Contribution, edited: Highlight, confirm: Callable[..., Any], editor: Member
) -> None:
    confirm()
    remove_highlight(edited, by=editor, version=edited.version, why="Double.")
    assert stands(part) is Stand.EDITED


def test_a_change_that_is_undone_needs_no_other_word(
    part: Contribution, edited: Highlight, confirm: Callable[..., Any]
) -> None:
    confirm()
    Highlight.objects.filter(pk=edited.pk).update(title="Other")
    Highlight.objects.filter(pk=edited.pk).update(title=edited.title)
    assert stands(part) is Stand.CONFIRMED


def test_confirm_a_text_that_was_changed_meanwhile(
    part: Contribution, edited: Highlight, head_a: Member, editor: Member
) -> None:
    seen = part_of(part).sha256
    edit_highlight(edited, by=editor, version=edited.version, title="Changed meanwhile")
    with pytest.raises(Stale):
        confirm_contribution(part, by=head_a, seen=seen)
    assert not Confirmation.objects.exists()


def test_confirm_twice(edited: Highlight, confirm: Callable[..., Any]) -> None:
    confirm()
    with pytest.raises(WrongMoment, match="exactly this text"):
        confirm()


def test_confirm_where_there_is_no_text(part: Contribution, head_a: Member) -> None:
    with pytest.raises(WrongMoment, match="no text"):
        confirm_contribution(part, by=head_a, seen=EMPTY)


@pytest.mark.parametrize("who", ["delegate_a", "observer_a", "head_b", "editor", "administrator"])
def test_confirm_by_somebody_who_does_not_speak_for_the_agency(
    part: Contribution, edited: Highlight, who: str, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(PermissionDenied):
        confirm_contribution(part, by=request.getfixturevalue(who), seen=part_of(part).sha256)


def test_confirm_tells_the_secretariat(
    edited: Highlight, confirm: Callable[..., Any], editor: Member
) -> None:
    confirm()
    assert mails("contribution_confirmed") == [editor.email]


def test_ask_for_change_keeps_the_words_and_tells_the_secretariat(
    part: Contribution, edited: Highlight, head_a: Member, editor: Member
) -> None:
    ask_for_change(part, by=head_a, seen=part_of(part).sha256, words="Name the rover.")
    assert stands(part) is Stand.CHANGE_ASKED
    assert Confirmation.objects.get().words == "Name the rover."
    assert mails("change_asked_for") == [editor.email]


def test_ask_for_change_is_over_when_the_text_is_changed(
    part: Contribution, edited: Highlight, head_a: Member, editor: Member
) -> None:
    ask_for_change(part, by=head_a, seen=part_of(part).sha256, words="Name the rover.")
    edit_highlight(edited, by=editor, version=edited.version, text="Rover One landed.")
    assert stands(part) is Stand.EDITED


@pytest.mark.parametrize("words", ["", "  ", "\x00", "x" * 2_001])
def test_ask_for_change_without_words_that_can_be_kept(
    part: Contribution, edited: Highlight, head_a: Member, words: str
) -> None:
    with pytest.raises(ValidationError):
        ask_for_change(part, by=head_a, seen=part_of(part).sha256, words=words)


def test_confirmation_is_frozen_by_the_database(edited: Highlight, confirm: Callable[..., Any]) -> None:
    confirm()
    with pytest.raises(DatabaseError), transaction.atomic():
        Confirmation.objects.update(words="rewritten")


def test_confirm_after_the_report_was_withdrawn(
    part: Contribution, edited: Highlight, confirm: Callable[..., Any]
) -> None:
    AnnualReport.objects.update(
        state=State.WITHDRAWN, withdrawn_at=timezone.now(), withdrawal_reason="A mistake."
    )
    part.report.refresh_from_db()
    with pytest.raises(WrongMoment, match="not being confirmed"):
        confirm()


def test_confirm_page_shows_what_was_changed(edited: Highlight, head_a: Member, sign_in: Browser) -> None:
    page = sign_in(head_a).get(CONFIRM).content.decode()
    assert "softly" in page
    assert "<ins>" in page
    assert "<del>" in page


def test_confirm_page_takes_the_agreement(
    part: Contribution, edited: Highlight, head_a: Member, sign_in: Browser
) -> None:
    client = sign_in(head_a)
    form = client.get(CONFIRM).context["form"]
    data = {"token": form["token"].value(), "seen": form["seen"].value(), "answer": "agree", "words": ""}
    assert client.post(CONFIRM, data).status_code == 302
    assert stands(part) is Stand.CONFIRMED


@pytest.mark.parametrize(
    ("bad", "status"),
    [
        ({"answer": ""}, 422),
        ({"answer": "perhaps"}, 422),
        ({"answer": "change"}, 422),
        ({"answer": "change", "words": "\x00"}, 422),
        ({"seen": "0" * 64}, 409),
        ({"seen": ""}, 422),
        ({"token": "x"}, 422),
    ],
)
def test_confirm_page_refuses_bad_input(
    part: Contribution, edited: Highlight, head_a: Member, sign_in: Browser, bad: dict[str, str], status: int
) -> None:
    client = sign_in(head_a)
    form = client.get(CONFIRM).context["form"]
    data = {"token": str(form["token"].value()), "seen": form["seen"].value(), "answer": "agree", "words": ""}
    assert client.post(CONFIRM, {**data, **bad}).status_code == status
    assert not Confirmation.objects.exists()


def test_changes_are_read_by_the_delegation(edited: Highlight, delegate_a: Member, sign_in: Browser) -> None:
    assert "softly" in sign_in(delegate_a).get(CHANGES).content.decode()


def test_changes_name_what_is_beside_the_text(
    edited: Highlight, delegate_a: Member, editor: Member, sign_in: Browser
) -> None:
    edit_highlight(edited, by=editor, version=edited.version, destination="moon", day=DAY.replace(day=3))
    page = sign_in(delegate_a).get(CHANGES).content.decode()
    assert "Moon" in page
    assert "3 March 2026" in page


def test_extend_gives_one_agency_more_time(
    part: Contribution, draft: Highlight, submit: Callable[..., Any], editor: Member
) -> None:
    later = due_of(part.report) + dt.timedelta(days=10)
    extend_contribution(part, by=editor, version=part.version, due_at=later, reason="Holidays.")
    edit_texts(part.report, by=editor)
    submit()
    assert stands(part) is Stand.SUBMITTED


def test_extend_tells_who_writes_for_the_agency(
    part: Contribution, editor: Member, delegate_a: Member, head_b: Member
) -> None:
    later = due_of(part.report) + dt.timedelta(days=10)
    extend_contribution(part, by=editor, version=part.version, due_at=later, reason="Holidays.")
    assert mails("contribution_extended") == [delegate_a.email]


def test_extend_to_an_earlier_instant(part: Contribution, editor: Member) -> None:
    earlier = due_of(part.report) - dt.timedelta(days=1)
    with pytest.raises(ValidationError, match="later instant"):
        extend_contribution(part, by=editor, version=part.version, due_at=earlier, reason="Sooner.")


def test_extend_by_the_agency_itself(part: Contribution, head_a: Member) -> None:
    later = due_of(part.report) + dt.timedelta(days=10)
    with pytest.raises(PermissionDenied):
        extend_contribution(part, by=head_a, version=part.version, due_at=later, reason="Please.")


@pytest.mark.parametrize("day", ["", "never", "2019-01-01", "9999-12-31", "\x00"])
def test_extend_page_refuses_wrong_days(
    part: Contribution, editor: Member, sign_in: Browser, day: str
) -> None:
    data = {"version": part.version, "due_at_0": day, "due_at_1": "", "reason": "Holidays."}
    answer = sign_in(editor).post("/reports/2026/agencies/dlr/extend/", data)
    assert answer.status_code == 422
    assert Contribution.objects.get(pk=part.pk).due_at is None
