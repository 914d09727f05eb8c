"""The secretariat's board, an agency's page, and what waits on the desk."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.models import Agency
from isecg.needs import Need
from members.models import Member
from reports.models import AnnualReport, Contribution, Highlight, State
from reports.queries import contributions as queries
from reports.queries.turns import needs
from reports.services.contributions import ask_for_change
from reports.standing import Stand, part_of

Browser = Callable[[Member | None], Client]
BOARD = "/reports/2026/collection/"
PART = "/reports/2026/agencies/dlr/"


def waits(member: Member) -> list[Need]:
    return needs(member, timezone.now())


def test_board_names_every_agency_with_its_state(
    collecting: AnnualReport, draft: Highlight, editor: Member, sign_in: Browser
) -> None:
    context = sign_in(editor).get(BOARD).context
    found = {str(row.agency): row.part.stand for row in context["rows"]}
    assert found == {"DLR": Stand.WRITING, "JAXA": Stand.ASKED}


def test_board_counts_no_drafts(
    collecting: AnnualReport, draft: Highlight, editor: Member, sign_in: Browser
) -> None:
    rows = sign_in(editor).get(BOARD).context["rows"]
    assert [len(row.part.content) for row in rows] == [0, 0]


def test_board_filtered_by_state(
    collecting: AnnualReport, submitted: Highlight, editor: Member, sign_in: Browser
) -> None:
    rows = sign_in(editor).get(BOARD, {"state": "submitted"}).context["rows"]
    assert [str(row.agency) for row in rows] == ["DLR"]


def test_board_filtered_by_a_state_that_is_none(
    collecting: AnnualReport, editor: Member, sign_in: Browser
) -> None:
    answer = sign_in(editor).get(BOARD, {"state": "\x00lost"})
    assert answer.status_code == 422
    assert "Please correct this" in answer.content.decode()


def test_board_marks_who_is_late(collecting: AnnualReport, editor: Member, sign_in: Browser) -> None:
    AnnualReport.objects.update(due_at=timezone.now())
    rows = sign_in(editor).get(BOARD, {"late": "on"}).context["rows"]
    assert len(rows) == 2


@pytest.mark.parametrize("who", ["head_a", "delegate_b", "former"])
def test_board_is_no_page_for_others(
    collecting: AnnualReport, who: str, sign_in: Browser, request: pytest.FixtureRequest
) -> None:
    assert sign_in(request.getfixturevalue(who)).get(BOARD).status_code == 404


def test_board_without_a_collection_says_what_to_do(editor: Member, sign_in: Browser, db: None) -> None:
    AnnualReport.objects.create(year=2026, period_start="2026-01-01")
    assert "Nobody is in this collection yet" in sign_in(editor).get(BOARD).content.decode()


@pytest.fixture
def crowd(collecting: AnnualReport, make_agency: Callable[..., Agency]) -> Callable[[int], None]:
    """`crowd(20)`: that many more agencies in the collection, each with a highlight."""

    def grow(count: int) -> None:
        begun = Agency.objects.count()
        for number in range(begun, begun + count):
            agency = make_agency(f"AG{number}")
            Contribution.objects.create(report=collecting, agency=agency, asked_at=timezone.now())
            Highlight.objects.create(agency=agency, day="2026-02-03", title="A step", text="Words.")

    return grow


def queries_of(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as counted:
        client.get(address)
    return len(counted)


@pytest.mark.parametrize("address", [BOARD, PART, "/reports/2026/remind/"])
def test_number_of_questions_does_not_grow_with_the_agencies(
    crowd: Callable[[int], None], editor: Member, sign_in: Browser, address: str
) -> None:
    client = sign_in(editor)
    crowd(1)  # of no highlight, nothing that belongs to it is asked for
    few = queries_of(client, address)
    crowd(12)
    assert queries_of(client, address) == few


def test_part_page_questions_do_not_grow_with_the_highlights(
    part: Contribution, write: Callable[..., Highlight], head_a: Member, sign_in: Browser
) -> None:
    write()
    client = sign_in(head_a)
    few = queries_of(client, PART)
    for number in range(8):
        write(title=f"Highlight {number}")
    assert queries_of(client, PART) == few


def test_needs_questions_do_not_grow_with_the_agencies(crowd: Callable[[int], None], editor: Member) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as counted:
            waits(Member.objects.get(pk=editor.pk))
        return len(counted)

    crowd(1)
    few = count()
    crowd(12)
    assert count() == few


def test_desk_of_a_delegate_who_is_asked(part: Contribution, delegate_a: Member) -> None:
    (need,) = waits(delegate_a)
    assert need.deadline == part.report.due_at
    assert need.address == f"{PART}highlights/add/"


def test_desk_of_a_delegate_who_has_written(draft: Highlight, delegate_a: Member) -> None:
    assert waits(delegate_a) == []


def test_desk_of_a_head_whose_delegation_has_written(draft: Highlight, head_a: Member) -> None:
    (need,) = waits(head_a)
    assert need.address == f"{PART}submit/"


def test_desk_of_a_head_who_has_submitted(submitted: Highlight, head_a: Member) -> None:
    assert waits(head_a) == []


def test_desk_of_a_head_while_the_secretariat_still_edits(edited: Highlight, head_a: Member) -> None:
    assert waits(head_a) == []


def test_desk_of_a_head_who_is_asked_to_confirm(edited: Highlight, head_a: Member) -> None:
    confirm_by = timezone.now()
    AnnualReport.objects.update(state=State.CONFIRMING, confirm_by=confirm_by)
    (need,) = waits(head_a)
    assert (need.address, need.deadline) == (f"{PART}confirm/", confirm_by)


def test_desk_of_a_head_after_a_correction(edited: Highlight, head_a: Member) -> None:
    AnnualReport.objects.update(state=State.PUBLISHED)
    (need,) = waits(head_a)
    assert need.address == f"{PART}confirm/"


def test_desk_of_an_observer(draft: Highlight, observer_a: Member) -> None:
    assert waits(observer_a) == []


def test_desk_of_another_agency(draft: Highlight, delegate_b: Member) -> None:
    assert [need.address for need in waits(delegate_b)] == ["/reports/2026/agencies/jaxa/highlights/add/"]


def test_desk_of_the_secretariat_when_a_change_is_asked_for(
    part: Contribution, edited: Highlight, head_a: Member, editor: Member
) -> None:
    ask_for_change(part, by=head_a, seen=part_of(part).sha256, words="Name the rover.")
    (need,) = waits(editor)
    assert need.address == PART


def test_desk_of_an_agency_when_the_collection_is_over(
    part: Contribution, draft: Highlight, head_a: Member, delegate_a: Member
) -> None:
    AnnualReport.objects.update(state=State.EDITING)
    assert waits(head_a) == waits(delegate_a) == []


@pytest.mark.parametrize(
    ("who", "step", "status"),
    [
        ("delegate_a", "submit/", 403),
        ("delegate_a", "take-back/", 403),
        ("delegate_a", "confirm/", 403),
        ("delegate_a", "extend/", 403),
        ("editor", "submit/", 403),
        ("editor", "confirm/", 403),
        ("head_b", "submit/", 404),
        ("head_a", "extend/", 403),
        ("head_a", "confirm/", 409),
        ("head_a", "take-back/", 409),
    ],
)
def test_steps_answer_each_person_rightly(
    draft: Highlight, who: str, step: str, status: int, sign_in: Browser, request: pytest.FixtureRequest
) -> None:
    answer = sign_in(request.getfixturevalue(who)).get(PART + step)
    assert answer.status_code == status
    assert "<h1>" in answer.content.decode()


def test_a_stranger_is_asked_to_sign_in(part: Contribution, sign_in: Browser) -> None:
    assert sign_in(None).get(PART)["Location"].startswith("/accounts/login/")


def test_columns_hold_every_agency_once(collecting: AnnualReport, submitted: Highlight) -> None:
    rows = queries.board(collecting, timezone.now())
    columns = queries.columns(rows)
    assert sum(column.count for column in columns) == len(rows)
    assert [column.start for column in columns if column.count] == [0, 1]


def test_part_page_tells_what_has_happened(
    part: Contribution, submitted: Highlight, head_a: Member, sign_in: Browser
) -> None:
    page: Any = sign_in(head_a).get(PART).content.decode()
    assert "Submitted." in page
    assert str(head_a) in page
