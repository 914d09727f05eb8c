"""The pages on which the chair approves, the secretariat issues, and what may come after."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from agencies.models import Agency
from isecg.mail.models import Message
from members.models import Member
from recommendations.models import Approval, Issue, Recommendation, State
from recommendations.services import issues
from tests.recommendations import world
from tests.recommendations.pages import address, hidden, look, press, words_of

pytestmark = pytest.mark.django_db

AGO = timezone.now() - dt.timedelta(days=1)


@pytest.fixture
def rec(editor: Member, asked: list[Agency], chair: Member) -> Recommendation:
    """Agreed yesterday."""
    return world.agreed(editor, asked, now=AGO)


@pytest.fixture
def public(editor: Member, asked: list[Agency], chair: Member) -> Recommendation:
    """Issued yesterday."""
    return world.issued(editor, asked, chair, now=AGO)


def test_chair_approves_and_issues_by_one_press(
    sign_in: Any, rec: Recommendation, chair: Member, editor: Member, head_a: Member
) -> None:
    page = words_of(sign_in(chair).get(address("approve", rec)))
    assert "Public, if you press now" in page
    assert "Issued: 2026-01" in page
    response = press(sign_in(chair), "approve", rec, issue_now="yes", words="Well done.")
    assert response.status_code == 302
    assert world.again(rec).state == State.ISSUED
    assert "Well done." in Message.objects.get(kind="approved", to=editor.email).text
    told = Message.objects.filter(kind="recommendation_issued")
    assert set(told.values_list("to", flat=True)) == {chair.email, head_a.email}


def test_chair_may_leave_the_issuing_to_the_secretariat(
    sign_in: Any, rec: Recommendation, chair: Member, editor: Member
) -> None:
    shown = look(sign_in(chair), "approve", rec, issue_now="no")
    assert "Public, if you press now" not in words_of(shown)
    assert "Nothing becomes public yet." in words_of(shown)
    press(sign_in(chair), "approve", rec, issue_now="no")
    assert Approval.objects.count() == 1
    assert world.again(rec).state == State.AGREED
    press(sign_in(editor), "issue", rec)
    assert world.again(rec).state == State.ISSUED


@pytest.mark.parametrize("choice", ["", "perhaps", "\x00"])
def test_an_unknown_choice_is_refused(sign_in: Any, rec: Recommendation, chair: Member, choice: str) -> None:
    assert press(sign_in(chair), "approve", rec, issue_now=choice).status_code == 422
    assert not Approval.objects.exists()


def test_changing_the_choice_after_looking_is_shown_anew(
    sign_in: Any, rec: Recommendation, chair: Member, head_a: Member
) -> None:
    client = sign_in(chair)
    form = hidden(look(client, "approve", rec, issue_now="no"))
    response = client.post(address("approve", rec), {**form, "issue_now": "yes"})
    assert response.status_code == 422
    assert not Approval.objects.exists()
    assert not Issue.objects.exists()


def test_only_the_chair_approves(sign_in: Any, rec: Recommendation, editor: Member) -> None:
    response = sign_in(editor).get(address("approve", rec))
    assert response.status_code == 403
    assert "Only the chair approves what is issued" in words_of(response)


def test_issuing_before_the_approval_is_the_wrong_moment(
    sign_in: Any, rec: Recommendation, editor: Member
) -> None:
    response = sign_in(editor).get(address("issue", rec))
    assert response.status_code == 409
    assert "The chair has not approved this text yet." in words_of(response)


def test_a_held_issue_is_recalled_and_nobody_is_told(
    sign_in: Any, rec: Recommendation, chair: Member, head_a: Member
) -> None:
    client = sign_in(chair)
    press(client, "approve", rec, issue_now="yes")
    client.post(address("recall", rec))
    assert world.again(rec).state == State.AGREED
    states = Message.objects.filter(kind="recommendation_issued").values_list("state", flat=True)
    assert set(states) == {Message.State.ABANDONED}


def test_superseding_names_the_successor_in_the_mail(
    sign_in: Any, public: Recommendation, editor: Member, asked: list[Agency], chair: Member, head_a: Member
) -> None:
    newer = world.issued(editor, asked, chair, now=AGO + world.HOUR)
    page = words_of(look(sign_in(editor), "supersede", public, successor=newer.pk, reason="Later text."))
    assert f"has been superseded by {newer.number}" in page
    press(sign_in(editor), "supersede", public, successor=newer.pk, reason="Later text.")
    assert world.again(public).superseded_by == newer
    mail = Message.objects.get(kind="recommendation_superseded", to=head_a.email)
    assert newer.get_absolute_url() in mail.text


@pytest.mark.parametrize("successor", ["", "0", "x", "\x00", "9" * 40])
def test_superseding_by_nothing_is_refused(
    sign_in: Any, public: Recommendation, editor: Member, successor: str
) -> None:
    response = press(sign_in(editor), "supersede", public, successor=successor, reason="Later text.")
    assert response.status_code == 422
    assert response.context["form"].errors["successor"]
    assert world.again(public).state == State.ISSUED


def test_nothing_supersedes_itself(sign_in: Any, public: Recommendation, editor: Member) -> None:
    response = press(sign_in(editor), "supersede", public, successor=public.pk, reason="Later text.")
    assert response.status_code == 422
    assert world.again(public).state == State.ISSUED


def test_withdrawing_is_kept_to_administrators(
    sign_in: Any, public: Recommendation, editor: Member, administrator: Member, head_a: Member
) -> None:
    assert sign_in(editor).get(address("withdraw", public)).status_code == 403
    press(sign_in(administrator), "withdraw", public, reason="A mistake in paragraph 2.")
    assert world.again(public).state == State.WITHDRAWN
    assert (
        "A mistake in paragraph 2."
        in Message.objects.get(kind="recommendation_withdrawn", to=head_a.email).text
    )


@pytest.mark.parametrize("verb", ["supersede", "withdraw"])
def test_a_stranger_is_sent_to_sign_in(client: Any, public: Recommendation, verb: str) -> None:
    response = client.get(address(verb, public))
    assert response.status_code == 302
    assert "/login/" in response.url


def test_issuing_twice_issues_once(sign_in: Any, rec: Recommendation, chair: Member, editor: Member) -> None:
    issues.approve(rec, by=chair, issue_now=False)
    client = sign_in(editor)
    form = hidden(client.get(address("issue", rec)))
    for _again in range(2):
        assert client.post(address("issue", rec), form).status_code == 302
    assert Issue.objects.count() == 1
