"""The draft that goes round: who reads it, when, and what they find there."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from agencies.models import Agency
from members.models import Member
from reports.models import AnnualReport, Contribution, Edition, Publication, State

Browser = Callable[[Member | None], Client]
Walk = Callable[..., AnnualReport]
DRAFT = "/reports/2025/draft/"


def text(answer: object) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())  # type: ignore[attr-defined]


@pytest.fixture
def circulated(edition: Edition, walk: Walk) -> AnnualReport:
    return walk(edition.report, State.CONFIRMING)


@pytest.mark.parametrize("role", ["head_a", "delegate_a", "observer_a", "delegate_b"])
def test_members_of_delegations_read_the_newest_edition(
    circulated: AnnualReport, role: str, sign_in: Browser, request: pytest.FixtureRequest
) -> None:
    page = text(sign_in(request.getfixturevalue(role)).get(DRAFT))
    assert "It landed, zanzibar-canary." in page
    assert "Not public, and not final" in page


@pytest.mark.parametrize("role", ["head_a", "delegate_b", "former"])
def test_before_it_goes_round_it_answers_like_nothing(
    edition: Edition, walk: Walk, role: str, sign_in: Browser, request: pytest.FixtureRequest
) -> None:
    walk(edition.report, State.EDITING)
    answer = sign_in(request.getfixturevalue(role)).get(DRAFT)
    assert answer.status_code == 404
    assert "zanzibar-canary" not in text(answer)


def test_a_former_head_finds_nothing(circulated: AnnualReport, former: Member, sign_in: Browser) -> None:
    answer = sign_in(former).get(DRAFT)
    assert answer.status_code == 404
    assert "zanzibar-canary" not in text(answer)


def test_a_stranger_is_asked_to_sign_in(circulated: AnnualReport, client: Client) -> None:
    assert client.get(DRAFT).headers["Location"].startswith("/accounts/login/")


def test_files_and_cover_go_round_with_it(circulated: AnnualReport, head_a: Member, sign_in: Browser) -> None:
    browser = sign_in(head_a)
    for address in ("edition-1-en-a4.pdf", "edition-1/cover/"):
        assert browser.get(f"/reports/2025/{address}").status_code == 200


def test_the_public_page_is_not_there_yet(circulated: AnnualReport, head_a: Member, sign_in: Browser) -> None:
    assert sign_in(head_a).get("/reports/2025/").status_code == 404


def test_the_chair_finds_the_approval(chair: Member, edition: Edition, walk: Walk, sign_in: Browser) -> None:
    walk(edition.report, State.CONFIRMING)
    assert 'href="/reports/2025/approve/1/"' in text(sign_in(chair).get(DRAFT))


def test_others_find_no_approval(circulated: AnnualReport, head_a: Member, sign_in: Browser) -> None:
    assert "/approve/" not in text(sign_in(head_a).get(DRAFT))


def test_who_is_asked_finds_the_own_part(
    edition: Edition, walk: Walk, dlr: Agency, head_a: Member, delegate_b: Member, sign_in: Browser
) -> None:
    Contribution.objects.create(report=edition.report, agency=dlr)
    walk(edition.report, State.CONFIRMING)
    assert "/reports/2025/agencies/dlr/" in text(sign_in(head_a).get(DRAFT))
    assert "/reports/2025/agencies/" not in text(sign_in(delegate_b).get(DRAFT))


def test_it_says_when_the_records_have_changed_since(
    circulated: AnnualReport, head_a: Member, sign_in: Browser
) -> None:
    AnnualReport.objects.update(foreword="Other words.")
    page = text(sign_in(head_a).get(DRAFT))
    assert "The records have changed since it was made" in page
    assert "Other words." not in page


def test_once_it_is_public_the_draft_leads_to_the_report(
    published: Publication, head_a: Member, sign_in: Browser
) -> None:
    assert sign_in(head_a).get(DRAFT).headers["Location"] == "/reports/2025/"


def test_without_an_edition_the_secretariat_is_told_what_to_do(
    report: AnnualReport, editor: Member, sign_in: Browser
) -> None:
    assert "There is no edition yet" in text(sign_in(editor).get(DRAFT))
