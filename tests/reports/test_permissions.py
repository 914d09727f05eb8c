"""Who may do what, each permission x role; and every no has a sentence."""

from collections.abc import Callable
from typing import Any

import pytest

from members.models import Member
from reports import permissions
from reports.models import AnnualReport, Goal, Highlight, WorkItem

ROLES = [
    *("stranger", "former", "observer_a", "delegate_a", "head_a", "delegate_b", "chair"),
    *("editor", "administrator"),
]
OF_REPORTS = [
    *("can_edit_report", "can_render", "can_collect", "can_edit_texts", "can_collect_again", "can_withdraw"),
    *("can_ask_to_confirm", "can_edit_again", "can_approve", "can_publish", "can_correct"),
    *("can_recall", "can_send_now"),
]
SECRETARIAT = {"editor", "administrator"}
MAY: dict[str, set[str]] = {
    **dict.fromkeys(
        ["can_open_report", "can_edit_report", "can_render", "can_publish", "can_edit_highlight"], SECRETARIAT
    ),
    **dict.fromkeys(
        ["can_edit_work_item", "can_add_progress", "can_edit_progress", "can_edit_goal", "can_edit_document"],
        SECRETARIAT,
    ),
    **dict.fromkeys(
        ["can_drop_work_item", "can_take_up_work_item", "can_roll_forward", "can_decide_goal"], SECRETARIAT
    ),
    **dict.fromkeys(["can_carry_goal", "can_edit_meeting", "can_preview"], SECRETARIAT),
    **dict.fromkeys(
        ["can_collect", "can_edit_texts", "can_collect_again", "can_ask_to_confirm", "can_correct"],
        SECRETARIAT,
    ),
    **dict.fromkeys(["can_recall", "can_send_now"], SECRETARIAT),
    "can_edit_again": SECRETARIAT | {"chair"},
    "can_approve": {"chair"},
    "can_withdraw": {"administrator"},
    "can_read_highlight": SECRETARIAT | {"observer_a", "delegate_a", "head_a"},
}


@pytest.fixture
def records(
    report: AnnualReport, highlight: Highlight, item: WorkItem, chair: Member
) -> dict[str, tuple[Any, ...]]:
    """What each permission is asked about, if anything."""
    return {
        **dict.fromkeys(OF_REPORTS, (report,)),
        **dict.fromkeys(["can_read_highlight", "can_edit_highlight"], (highlight,)),
        **dict.fromkeys(["can_edit_work_item", "can_add_progress"], (item,)),
        **dict.fromkeys(["can_drop_work_item", "can_take_up_work_item"], (item,)),
        **dict.fromkeys(["can_decide_goal", "can_carry_goal"], (Goal(year=2025, number=1),)),
        "can_preview": (None,),  # a part that is no agency's
        "can_edit_progress": (item.entries.get(),),
    }


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", MAY)
def test_permission_for_every_role(
    name: str, role: str, records: dict[str, tuple[Any, ...]], request: pytest.FixtureRequest
) -> None:
    person = None if role == "stranger" else request.getfixturevalue(role)
    decision = getattr(permissions, name)(person, *records.get(name, ()))
    assert bool(decision) == (role in MAY[name])
    assert str(decision.reason).endswith(".") == (not decision)


def test_every_permission_is_in_the_table() -> None:
    assert {name for name in vars(permissions) if name.startswith("can_")} == set(MAY)


def test_an_editor_without_the_second_factor_is_told_so(
    report: AnnualReport, editor: Member, settings: Any, make_member: Callable[..., Member]
) -> None:
    settings.SECOND_FACTOR_FOR_SECRETARIAT = True
    assert "second factor" in str(permissions.can_render(Member.objects.get(pk=editor.pk), report).reason)
