"""Jobs are rows: claimed once, taken back from the dead, ended when nothing helps."""

import datetime as dt
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.utils import timezone

from isecg import jobs
from isecg.mail.models import Message
from isecg.pdf.sentences import in_words

pytestmark = pytest.mark.django_db
Make = Callable[..., Message]


def again(job: Message) -> Message:
    """The job as it is stored."""
    return Message.objects.get(pk=job.pk)


def claim(job: Message, now: dt.datetime) -> Message:
    """The job, claimed by a worker that got it."""
    mine = Message.objects.claim(job.pk, now)
    assert mine is not None
    return mine


def breaks(error: Exception) -> Callable[[Message], None]:
    """A job's work that ends in `error`."""

    def perform(job: Message) -> None:
        raise error

    return perform


@pytest.mark.django_db(transaction=True)
def test_claim_by_twenty_threads_is_won_by_one(make_mail: Make) -> None:
    job = make_mail()
    together = Barrier(20)

    def try_it(_number: int) -> bool:
        connection.ensure_connection()
        together.wait()
        try:
            return Message.objects.claim(job.pk, timezone.now()) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(try_it, range(20))) == 1
    assert (again(job).state, again(job).attempts) == ("sending", 1)


def test_claim_of_a_job_that_is_not_due_gets_nothing(make_mail: Make) -> None:
    now = timezone.now()
    job = make_mail(not_before=now + dt.timedelta(seconds=1))
    assert Message.objects.claim(job.pk, now) is None
    assert Message.objects.claim(job.pk, now + dt.timedelta(seconds=1)) is not None


def test_claim_of_a_job_that_is_gone_gets_nothing() -> None:
    assert Message.objects.claim(4711, timezone.now()) is None


def test_lease_that_runs_out_is_taken_back_and_the_late_worker_is_refused(make_mail: Make) -> None:
    job = make_mail()
    now = timezone.now()
    late = claim(job, now)
    jobs.sweep(now + jobs.LEASE + dt.timedelta(seconds=1))
    assert again(job).state == "queued"
    second = claim(job, now + dt.timedelta(minutes=1))
    with pytest.raises(jobs.Lost):
        late.finish()
    assert again(job).state == "sending"
    second.finish()
    assert (again(job).state, again(job).attempts) == ("handed_over", 2)


def test_lease_that_runs_out_while_nobody_else_has_it_refuses_the_late_worker_too(make_mail: Make) -> None:
    job = make_mail()
    now = timezone.now()
    late = claim(job, now)
    jobs.sweep(now + jobs.LEASE + dt.timedelta(seconds=1))
    with pytest.raises(jobs.Lost):
        late.note(failure="x")


def test_lease_that_holds_is_left_alone(make_mail: Make) -> None:
    job = make_mail()
    now = timezone.now()
    Message.objects.claim(job.pk, now)
    jobs.sweep(now + jobs.LEASE - dt.timedelta(seconds=1))
    assert again(job).state == "sending"


@pytest.mark.django_db(transaction=True)
def test_lease_is_renewed_while_the_work_goes_on(make_mail: Make, monkeypatch: Any) -> None:
    monkeypatch.setattr(jobs, "RENEW_EVERY", 0.02)
    job = claim(make_mail(), timezone.now())
    Message.objects.update(lease_until=timezone.now())
    with jobs.held(job):
        for _ in range(200):
            if again(job).lease_until > timezone.now() + jobs.LEASE / 2:  # type: ignore[operator]
                break
            time.sleep(0.02)
    assert again(job).lease_until > timezone.now() + jobs.LEASE / 2  # type: ignore[operator]


def test_wait_grows_from_half_a_minute_to_ten(make_mail: Make) -> None:
    now = timezone.now()
    job = make_mail()
    waits = []
    for _ in range(4):
        now = again(job).wake_at or now
        assert jobs.sweep(now) == [("mail.message", job.pk)]
        waits.append((again(job).wake_at - now).total_seconds())  # type: ignore[operator]
    assert waits == [30, 120, 600, 600]


def test_wait_after_a_failure_grows_too(make_mail: Make, monkeypatch: Any) -> None:
    monkeypatch.setitem(jobs.WORK, Message, breaks(OSError("away")))
    job = make_mail()
    waits = []
    for _ in range(3):
        Message.objects.filter(pk=job.pk).update(not_before=timezone.now())
        jobs.run("mail.message", job.pk)
        waits.append(round((again(job).not_before - timezone.now()).total_seconds(), -1))
    assert waits == [30, 120, 600]


def test_sweep_just_after_the_wish_leaves_the_message_time_to_arrive(make_mail: Make) -> None:
    make_mail()
    assert jobs.sweep(timezone.now()) == []


def test_poisoned_job_ends_with_a_sentence_and_the_others_go_on(make_mail: Make, monkeypatch: Any) -> None:
    poisoned, healthy = make_mail(subject="poisoned"), make_mail(subject="healthy")

    def perform(job: Message) -> None:
        if job.subject == "poisoned":
            raise ZeroDivisionError
        job.finish()

    monkeypatch.setitem(jobs.WORK, Message, perform)
    for _ in range(Message.LIMIT + 3):
        Message.objects.filter(pk=poisoned.pk).update(not_before=timezone.now())
        jobs.run("mail.message", poisoned.pk)
    jobs.run("mail.message", healthy.pk)
    ended = again(poisoned)
    assert (ended.state, ended.attempts) == ("abandoned", Message.LIMIT)
    assert "Something unexpected happened (ZeroDivisionError)" in ended.failure
    assert ended.ended_at is not None
    assert again(healthy).state == "handed_over"


def test_job_that_kills_its_worker_every_time_ends_too(make_mail: Make) -> None:
    job = make_mail(private="https://secret")
    now = timezone.now()
    for _ in range(Message.LIMIT):
        assert Message.objects.claim(job.pk, now) is not None
        now += jobs.LEASE + dt.timedelta(seconds=1)
        jobs.sweep(now)
    ended = again(job)
    assert (ended.state, ended.private) == ("abandoned", "")
    assert "ended without a word" in ended.failure
    assert Message.objects.claim(job.pk, now) is None


def test_run_of_a_job_that_is_done_does_nothing(make_mail: Make, monkeypatch: Any) -> None:
    job = make_mail()
    Message.objects.filter(pk=job.pk).update(state="handed_over")
    monkeypatch.setitem(jobs.WORK, Message, breaks(AssertionError("done twice")))
    jobs.run("mail.message", job.pk)
    assert (again(job).state, again(job).attempts) == ("handed_over", 0)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (MemoryError(), "more memory"),
        (type("SoftTimeLimitExceeded", (Exception,), {})(), "longer than a worker"),
    ],
)
def test_explain_says_what_happened_in_a_sentence(error: Exception, sentence: str) -> None:
    assert sentence in in_words(jobs.explain(error))


def test_explain_hides_what_only_the_log_may_say() -> None:
    assert "hunter2" not in str(jobs.explain(ValueError("password hunter2")))


@pytest.mark.django_db(transaction=True)
def test_want_notifies_when_it_is_committed_and_not_before(make_mail: Make) -> None:
    with listening() as hear:
        with transaction.atomic():
            job = make_mail()
            assert hear(0.2) == []
        assert hear(2) == [f"mail.message:{job.pk}"]


@pytest.mark.django_db(transaction=True)
def test_want_in_a_transaction_that_fails_leaves_nothing_and_notifies_nobody(make_mail: Make) -> None:
    def fail() -> None:
        with transaction.atomic():
            make_mail()
            raise ValueError("on purpose")

    with listening() as hear:
        with pytest.raises(ValueError, match="on purpose"):
            fail()
        assert hear(0.5) == []
    assert not Message.objects.exists()


class listening:
    """Hears what is notified, as the relay does."""

    def __enter__(self) -> Callable[[float], list[str]]:
        self.wire = psycopg.connect(**connection.get_connection_params(), autocommit=True)
        self.wire.execute(f"LISTEN {jobs.CHANNEL}")
        return lambda timeout: [each.payload for each in self.wire.notifies(timeout=timeout, stop_after=1)]

    def __exit__(self, *_: object) -> None:
        self.wire.close()
