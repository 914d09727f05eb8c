"""Every step x situation x role, through the real services; and that `options` says what they do."""

from collections.abc import Callable
from typing import Any

import pytest

from agencies.models import Agency
from members.models import Member, Role
from recommendations import workflow
from recommendations.models import Recommendation, State
from tests.recommendations import world
from tests.recommendations.situations import SITUATIONS, Cast, Made, attempt, calls
from tests.recommendations.world import START

ROLES = [
    "stranger",
    "former",
    "observer_a",
    "delegate_a",
    "alternate_a",
    "head_a",
    "head_b",
    "head_c",  # of an agency that is not asked
    "chair",  # whose agency is not asked either
    "editor",
    "administrator",
]
EDITING = {
    *("revise", "circulate", "extend", "close", "accept_late", "dispose", "start_silence", "conclude"),
    *("issue", "recall", "send_now", "supersede", "abandon"),
}
SPEAKING = {"object", "withdraw_objection", "state_position"}
# Which steps can be taken in a situation, and to which state they lead.
POSSIBLE: dict[str, dict[str, str]] = {
    "drafted": {"revise": "drafting", "abandon": "abandoned"},
    "revised": {"circulate": "in_consultation", "abandon": "abandoned"},
    "about to be circulated": {"recall": "drafting", "send_now": "in_consultation"},
    "in consultation": {
        "extend": "in_consultation",
        "close": "in_consultation",
        "dispose": "in_consultation",
        "abandon": "abandoned",
    },
    "consultation over": {
        "accept_late": "in_consultation",
        "dispose": "in_consultation",
        "start_silence": "under_silence",
        "abandon": "abandoned",
    },
    "revised after a consultation": {
        "circulate": "in_consultation",
        "dispose": "drafting",
        "start_silence": "under_silence",
        "abandon": "abandoned",
    },
    "about to be under silence": {"recall": "drafting", "send_now": "under_silence"},
    "under silence": {
        "object": "under_silence",
        "state_position": "under_silence",
        "abandon": "abandoned",
    },
    "silence broken": {
        "object": "under_silence",
        "withdraw_objection": "under_silence",
        "state_position": "under_silence",
        "conclude": "drafting",
        "abandon": "abandoned",
    },
    "silence expired": {"state_position": "under_silence", "conclude": "agreed", "abandon": "abandoned"},
    "agreed": {"approve": "issued", "abandon": "abandoned"},
    "approved": {"issue": "issued", "abandon": "abandoned"},
    "about to be issued": {"recall": "agreed", "send_now": "issued"},
    "issued": {"supersede": "superseded", "withdraw": "withdrawn"},
    "superseded": {},
    "withdrawn": {},
    "abandoned": {},
}
ASKED_BY_SILENCE = {name for name in POSSIBLE if "silence" in name} | {
    *("agreed", "approved", "about to be issued", "issued", "superseded", "withdrawn")
}
IS_ISSUED = {"about to be issued", "issued", "superseded", "withdrawn"}


def may(role: str, verb: str, situation: str) -> bool:
    """Whether this role is the right person for the step, whatever the moment."""
    if role in ("editor", "administrator"):
        return verb in EDITING or (verb == "withdraw" and role == "administrator")
    if role == "chair" and verb in ("approve", "issue"):
        return True
    if role == "chair" and verb in ("recall", "send_now"):
        return situation in IS_ISSUED
    if role in ("chair", "head_c"):
        return verb in SPEAKING and situation not in ASKED_BY_SILENCE
    return verb in SPEAKING and role in ("head_a", "alternate_a", "head_b")


def expected(role: str, verb: str, situation: str) -> str:
    if not may(role, verb, situation):
        return "denied"
    if situation == "silence broken" and (verb, role == "head_b") in [
        ("object", False),
        ("withdraw_objection", True),
    ]:
        return "wrong moment"  # agency A has objected, agency B has not
    return POSSIBLE[situation].get(verb, "wrong moment")


@pytest.fixture
def head_c(make_member: Callable[..., Member], make_agency: Callable[..., Agency]) -> Member:
    return make_member(Role.HEAD, make_agency("CSA"))


@pytest.fixture
def cast(
    editor: Member, administrator: Member, chair: Member, head_a: Member, dlr: Agency, jaxa: Agency
) -> Cast:
    return Cast(editor, administrator, chair, head_a, dlr, jaxa)


@pytest.fixture
def people(request: pytest.FixtureRequest, cast: Cast) -> dict[str, Any]:
    return {role: None if role == "stranger" else request.getfixturevalue(role) for role in ROLES}


@pytest.fixture
def situation(request: pytest.FixtureRequest, cast: Cast) -> Made:
    return SITUATIONS[request.param](cast)


every_situation = pytest.mark.parametrize(
    ("name", "situation"), [(name, name) for name in SITUATIONS], indirect=["situation"], ids=list(SITUATIONS)
)


@every_situation
def test_every_step_in_every_situation_by_every_role(
    name: str, situation: Made, people: dict[str, Any], cast: Cast
) -> None:
    """The services do what the tables above say, and `options` says what they do, in the same sentence."""
    tried = calls(cast, world.issued(cast.editor, cast.asked, cast.chair))
    for role, person in people.items():
        offered = workflow.options(situation.rec, person, situation.now)
        for verb, call in tried.items():
            outcome, sentence = attempt(call, situation, person)
            decision = offered[verb].decision
            assert (role, verb, outcome) == (role, verb, expected(role, verb, name))
            assert (role, verb, bool(decision)) == (role, verb, outcome not in ("denied", "wrong moment"))
            assert (role, verb, str(decision.reason)) == (role, verb, sentence)
            assert decision or sentence.endswith("."), (role, verb)


def test_every_step_of_the_table_is_tried(cast: Cast) -> None:
    assert set(calls(cast)) == set(workflow.ACTIONS) - {"draft"}
    assert set(POSSIBLE) == set(SITUATIONS)


def test_every_state_is_among_the_situations(cast: Cast) -> None:
    assert {world.again(make(cast).rec).state for make in SITUATIONS.values()} == set(State)


def test_move_refuses_a_state_that_the_row_does_not_lead_to(revised: Recommendation, editor: Member) -> None:
    with pytest.raises(ValueError, match="does not lead"):
        workflow.move(revised, "circulate", by=editor, now=START, to=State.AGREED)


def test_diagram_has_an_arrow_for_every_change_of_state() -> None:
    printed = workflow.diagram()
    for row in workflow.TABLE:
        for before, reached in row.moves.items():
            for after in reached:
                assert f"    {before or '[*]'} --> {after}: {row.verb}\n" in printed
