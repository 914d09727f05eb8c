"""Two people press at the same time: one answer, the same for both, and nothing half done."""

import datetime as dt
import itertools
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils import timezone

from agencies.models import Agency
from isecg.access import WrongMoment
from isecg.mail.models import Message
from members.models import Mandate, Member
from recommendations import workflow
from recommendations.models import (
    Approval,
    Consultation,
    Extension,
    Issue,
    Objection,
    Outcome,
    Recommendation,
    SilenceProcedure,
    State,
)
from recommendations.services.consultations import circulate, close, extend
from recommendations.services.issues import approve
from recommendations.services.silence import conclude, object_to
from tests.recommendations import world
from tests.recommendations.world import DAY, SECOND

pytestmark = pytest.mark.django_db(transaction=True)


def together(*presses: Callable[[], Any]) -> list[str]:
    """Each press in its own thread and connection, all at once; what came of each, in their order."""
    ready = threading.Barrier(len(presses), timeout=120)
    outcomes = [""] * len(presses)

    def press(place: int) -> None:
        try:
            connection.ensure_connection()
            ready.wait()
            presses[place]()
            outcomes[place] = "done"
        except WrongMoment as refusal:
            outcomes[place] = str(refusal.reason)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[place]) for place in range(len(presses))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return outcomes


class Hold:
    """Somebody else is in the middle of a step: the recommendation is locked until `let_go()`."""

    def __init__(self, recommendation: Recommendation, then: Callable[[], Any] = lambda: None) -> None:
        self.recommendation, self.then = recommendation, then
        self.locked, self.released = threading.Event(), threading.Event()
        self.thread = threading.Thread(target=self._run)
        self.thread.start()
        assert self.locked.wait(30)

    def _run(self) -> None:
        try:
            with transaction.atomic():
                workflow.lock(self.recommendation)
                self.locked.set()
                self.released.wait(30)
                self.then()
        finally:
            connection.close()

    def let_go(self) -> None:
        self.released.set()
        self.thread.join(120)


def press_while(hold: Hold, press: Callable[[], Any], until: dt.datetime | None = None) -> str:
    """What comes of a press that begins while `hold` lasts; it is let go after `until`."""
    outcomes: list[str] = []

    def run() -> None:
        try:
            press()
            outcomes.append("done")
        except (WrongMoment, PermissionDenied) as refusal:
            outcomes.append(str(refusal.args[0]))
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    _wait_for_the_lock()
    while until and timezone.now() < until:
        threading.Event().wait(0.05)
    hold.let_go()
    thread.join(120)
    return outcomes[0]


def _wait_for_the_lock() -> None:
    """Until another connection waits for a lock: the press is under way."""
    for _attempt in range(400):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
            if cursor.fetchone()[0]:
                return
        threading.Event().wait(0.05)
    raise AssertionError("nobody waits")


def test_circulate_twice_at_once_circulates_once(editor: Member, asked: list[Agency], head_a: Member) -> None:
    rec, closes = world.revised(editor), timezone.now() + 21 * DAY
    outcomes = together(*2 * [lambda: circulate(rec, by=editor, agencies=asked, closes_at=closes)])
    assert sorted(outcomes) == ["Only a draft can be circulated.", "done"]
    assert Consultation.objects.count() == 1
    assert Message.objects.filter(kind="circulated").count() == 1


def test_approve_twice_at_once_issues_once(editor: Member, asked: list[Agency], chair: Member) -> None:
    rec = world.agreed(editor, asked)
    outcomes = together(*2 * [lambda: approve(rec, by=chair)])
    assert outcomes.count("done") == 1
    assert (Approval.objects.count(), Issue.objects.count()) == (1, 1)


def test_object_twice_at_once_by_head_and_alternate(
    editor: Member, asked: list[Agency], head_a: Member, alternate_a: Member, dlr: Agency
) -> None:
    procedure = world.under_silence(editor, asked, now=timezone.now())
    outcomes = together(
        *[
            lambda by=by: object_to(procedure.recommendation, by=by, agency=dlr, reason="Too soon.")
            for by in (head_a, alternate_a)
        ]
    )
    assert sorted(outcomes) == ["Your agency has objected already.", "done"]
    assert Objection.objects.count() == 1


def test_object_by_two_agencies_who_press_at_the_expiry_has_one_answer(
    editor: Member,
    asked: list[Agency],
    head_a: Member,
    head_b: Member,
    dlr: Agency,
    jaxa: Agency,
) -> None:
    """Both pressed in time and waited for somebody else's step until it was too late: the instant after the
    lock decides, for both."""
    now = timezone.now()
    procedure = world.under_silence(editor, asked, now=now, expires_at=now + 3 * SECOND)
    hold = Hold(procedure.recommendation)
    other: list[str] = []
    thread = threading.Thread(
        target=lambda: other.append(
            together(lambda: object_to(procedure.recommendation, by=head_b, agency=jaxa, reason="Too soon."))[
                0
            ]
        )
    )
    thread.start()
    mine = press_while(
        hold,
        lambda: object_to(procedure.recommendation, by=head_a, agency=dlr, reason="Too soon."),
        until=procedure.expires_at,
    )
    thread.join(120)
    assert "expired on" in mine
    assert "expired on" in other[0]
    assert SilenceProcedure.objects.get().outcome(timezone.now()) == Outcome.AGREED


def test_object_while_the_silence_is_being_concluded(
    editor: Member, asked: list[Agency], head_a: Member, head_b: Member, dlr: Agency, jaxa: Agency
) -> None:
    now = timezone.now()
    procedure = world.under_silence(editor, asked, now=now)
    object_to(procedure.recommendation, by=head_b, agency=jaxa, reason="Too soon.")
    hold = Hold(procedure.recommendation, lambda: conclude(procedure.recommendation, by=editor))
    outcome = press_while(
        hold, lambda: object_to(procedure.recommendation, by=head_a, agency=dlr, reason="Too soon.")
    )
    assert outcome == "No silence procedure is running."
    assert world.again(procedure.recommendation).state == State.DRAFTING
    assert Objection.objects.count() == 1


def test_object_by_a_head_who_is_replaced_while_the_press_waits(
    editor: Member, asked: list[Agency], head_a: Member, dlr: Agency
) -> None:
    procedure = world.under_silence(editor, asked, now=timezone.now())
    today = timezone.now().date()
    hold = Hold(procedure.recommendation, lambda: Mandate.objects.filter(member=head_a).update(end=today))
    outcome = press_while(
        hold, lambda: object_to(procedure.recommendation, by=head_a, agency=dlr, reason="Too soon.")
    )
    assert outcome == "Only the head of delegation or an alternate can object for an agency."


def test_extend_while_it_is_being_closed(editor: Member, asked: list[Agency]) -> None:
    now = timezone.now()
    rec = world.in_consultation(editor, asked, now=now).recommendation
    hold = Hold(rec, lambda: close(rec, by=editor, reason="All have written."))
    outcome = press_while(hold, lambda: extend(rec, by=editor, closes_at=now + 60 * DAY, reason="Holidays."))
    assert outcome.startswith("The consultation ended on")
    assert not Extension.objects.exists()


def test_extend_by_two_editors_at_once_keeps_each_deadline(
    editor: Member, administrator: Member, asked: list[Agency]
) -> None:
    now = timezone.now()
    consultation = world.in_consultation(editor, asked, now=now)
    later = [now + 30 * DAY, now + 60 * DAY]
    together(
        *[
            lambda by=by, instant=instant: _extend(consultation.recommendation, by, instant)
            for by, instant in zip((editor, administrator), later, strict=True)
        ]
    )
    consultation.refresh_from_db()
    chain = [(each.before, each.after) for each in Extension.objects.order_by("pk")]
    assert chain[0][0] == now + world.WEEKS
    assert all(one[1] == two[0] for one, two in itertools.pairwise(chain))
    assert consultation.closes_at == later[1]


def _extend(rec: Recommendation, by: Member, instant: dt.datetime) -> None:
    try:
        extend(rec, by=by, closes_at=instant, reason="Holidays.")
    except ValidationError:
        pass  # the other one had moved it further already
