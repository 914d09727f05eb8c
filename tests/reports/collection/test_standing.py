"""Where an agency's part stands: the rule as a table, and what must hold whatever happened."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.models import Confirmation, Submission
from reports.standing import EMPTY, Stand, stand, waits_for_word

MONDAY = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
TUESDAY, WEDNESDAY = MONDAY + dt.timedelta(days=1), MONDAY + dt.timedelta(days=2)


def handed(text: str, at: dt.datetime = MONDAY, *, nothing: bool = False) -> Submission:
    return Submission(at=at, sha256=text, nothing=nothing)


def said(text: str, *, agrees: bool, at: dt.datetime = TUESDAY) -> Confirmation:
    return Confirmation(at=at, sha256=text, agrees=agrees)


NOTHING = handed(EMPTY, nothing=True)
TABLE: dict[str, tuple[str, dict[str, Any], Stand]] = {
    "nobody was asked": (EMPTY, {"asked": False}, Stand.NOT_ASKED),
    "asked, and silent": (EMPTY, {}, Stand.ASKED),
    "drafts inside": (EMPTY, {"drafts": True}, Stand.WRITING),
    "drafts after it was taken back": (
        EMPTY,
        {"drafts": True, "answer": said("a", agrees=True)},
        Stand.WRITING,
    ),
    "the secretariat wrote for a silent agency": ("a", {}, Stand.EDITED),
    "and the agency agreed": ("a", {"answer": said("a", agrees=True)}, Stand.CONFIRMED),
    "and the agency disagreed": ("a", {"answer": said("a", agrees=False)}, Stand.CHANGE_ASKED),
    "handed in": ("a", {"handed": handed("a")}, Stand.SUBMITTED),
    "handed in and edited": ("b", {"handed": handed("a")}, Stand.EDITED),
    "edited and edited back": (
        "a",
        {"handed": handed("a"), "answer": said("b", agrees=False)},
        Stand.SUBMITTED,
    ),
    "the edit was confirmed": (
        "b",
        {"handed": handed("a"), "answer": said("b", agrees=True)},
        Stand.CONFIRMED,
    ),
    "edited after it was confirmed": (
        "c",
        {"handed": handed("a"), "answer": said("b", agrees=True)},
        Stand.EDITED,
    ),
    "a change was asked for": (
        "b",
        {"handed": handed("a"), "answer": said("b", agrees=False)},
        Stand.CHANGE_ASKED,
    ),
    "the change was made": ("c", {"handed": handed("a"), "answer": said("b", agrees=False)}, Stand.EDITED),
    "handed in again what had been refused": (
        "b",
        {"handed": handed("b", WEDNESDAY), "answer": said("b", agrees=False)},
        Stand.SUBMITTED,
    ),
    "nothing to report": (EMPTY, {"handed": NOTHING}, Stand.NOTHING),
    "nothing to report, and then somebody wrote": ("a", {"handed": NOTHING}, Stand.EDITED),
    "everything was taken out": (EMPTY, {"handed": handed("a")}, Stand.EDITED),
    "and the agency agreed to that": (
        EMPTY,
        {"handed": handed("a"), "answer": said(EMPTY, agrees=True)},
        Stand.CONFIRMED,
    ),
}


@pytest.mark.parametrize("case", TABLE)
def test_stand_follows_from_the_rows(case: str) -> None:
    now, facts, expected = TABLE[case]
    assert stand(now, **{"handed": None, "answer": None, **facts}) is expected


texts = st.sampled_from([EMPTY, "a", "b"])
times = st.sampled_from([MONDAY, TUESDAY, WEDNESDAY])
submissions = st.builds(lambda text, at: handed(text, at, nothing=text == EMPTY), texts, times)
answers = st.builds(lambda text, agrees, at: said(text, agrees=agrees, at=at), texts, st.booleans(), times)
maybe = st.none()


@given(texts, st.booleans(), maybe | submissions, maybe | answers)
def test_stand_confirmed_only_of_exactly_this_text(
    now: str, drafts: bool, submission: Submission | None, answer: Confirmation | None
) -> None:
    found = stand(now, drafts=drafts, handed=submission, answer=answer)
    if found is Stand.CONFIRMED:
        assert answer is not None
        assert answer.agrees
        assert answer.sha256 == now


@given(texts, st.booleans(), maybe | submissions, maybe | answers)
def test_stand_a_changed_text_always_asks_again(
    now: str, drafts: bool, submission: Submission | None, answer: Confirmation | None
) -> None:
    """Whatever happened: another text than the one agreed to or handed in waits for the agency's word."""
    known = {each.sha256 for each in (submission, answer) if each and getattr(each, "agrees", True)}
    found = stand("another", drafts=drafts, handed=submission, answer=answer)
    assert "another" not in known
    assert waits_for_word("another", found)


@given(texts, st.booleans(), submissions)
def test_stand_what_was_handed_in_word_for_word_needs_no_other_word(
    now: str, drafts: bool, submission: Submission
) -> None:
    found = stand(submission.sha256, drafts=drafts, handed=submission, answer=None)
    assert not waits_for_word(submission.sha256, found)


@given(texts, maybe | submissions, maybe | answers)
def test_stand_drafts_do_not_show_once_something_was_handed_in(
    now: str, submission: Submission | None, answer: Confirmation | None
) -> None:
    if submission:
        with_drafts = stand(now, drafts=True, handed=submission, answer=answer)
        assert with_drafts is stand(now, drafts=False, handed=submission, answer=answer)
