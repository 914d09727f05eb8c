"""Jobs are rows. A message only wakes a worker; the row decides.

A job is written in the transaction that wants it. Committing notifies the relay (PostgreSQL NOTIFY),
which sends a Celery message; a web request never talks to the broker. A worker claims the row by a
conditional update and holds it by a lease that it renews while it works: when the worker dies, the lease
runs out and the sweep queues the row again. What was measured without this: `isecg/decisions/`.
"""

import datetime as dt
import logging
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, Self

from django.apps import apps
from django.db import close_old_connections, connection, models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from isecg.pdf.sentences import Words, said
from isecg.reasons import ReasonField

logger = logging.getLogger(__name__)

CHANNEL = "isecg_jobs"
LEASE = dt.timedelta(seconds=20)
RENEW_EVERY = 5.0  # seconds
RESEND_AFTER = [dt.timedelta(seconds=30), dt.timedelta(minutes=2), dt.timedelta(minutes=10)]
MAX_ATTEMPTS = 3
DIED = gettext_noop("The worker ended without a word %(attempts)s times, most likely for want of memory.")


class Lost(Exception):
    """The lease ran out and somebody else has the job: what was done must not be stored."""


class JobQuerySet(models.QuerySet["Job"]):
    """Reading and claiming jobs."""

    def want(self, **fields: Any) -> Any:
        """Add a job; a worker hears of it when this transaction commits, and not before."""
        soon = timezone.now() + RESEND_AFTER[0]
        job = self.create(state=self.model.WAITING, wake_at=soon, **fields)
        wake(job)
        return job

    def claimable(self, now: dt.datetime) -> Self:
        return self.filter(state=self.model.WAITING, not_before__lte=now)

    def claim(self, pk: int, now: dt.datetime) -> Any | None:
        """The job, now ours, or None when it is done, gone, not due, or somebody else's."""
        token = uuid.uuid4()
        claimed = (
            self.claimable(now)
            .filter(pk=pk)
            .update(
                state=self.model.RUNNING,
                attempts=F("attempts") + 1,
                claim_token=token,
                lease_until=now + LEASE,
            )
        )
        return self.get(pk=pk) if claimed == 1 else None

    def abandoned(self, now: dt.datetime) -> Self:
        """Running rows whose worker stopped renewing its lease."""
        return self.filter(state=self.model.RUNNING, lease_until__lt=now)

    def unheard(self, now: dt.datetime) -> Self:
        """Waiting rows whose message, if any, nobody followed for a while."""
        return self.claimable(now).filter(Q(wake_at__isnull=True) | Q(wake_at__lte=now))


class Job(models.Model):
    """The columns of a job. A subclass names its states; `performs` says what is to be done."""

    WAITING: ClassVar[str] = "queued"
    RUNNING: ClassVar[str]
    DONE: ClassVar[str]
    FAILED: ClassVar[str] = "failed"
    LIMIT: ClassVar[int] = MAX_ATTEMPTS
    ERASED: ClassVar[dict[str, Any]] = {}  # columns that are emptied when the job ends, whatever the end

    state = models.CharField(max_length=12)
    wanted_at = models.DateTimeField(_("wanted"), auto_now_add=True)
    not_before = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    failure = ReasonField(_("what went wrong"), blank=True)
    claim_token = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    wake_at = models.DateTimeField(null=True, editable=False)
    wakes = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = JobQuerySet.as_manager()

    class Meta:
        abstract = True

    def mine(self) -> models.QuerySet["Job"]:
        """This row, as long as this process holds it."""
        return type(self)._default_manager.filter(
            pk=self.pk, claim_token=self.claim_token, state=self.RUNNING
        )

    def note(self, **fields: Any) -> None:
        """Tell how far the work is. Raises Lost when somebody else has the job."""
        if self.mine().update(**fields) != 1:
            raise Lost(str(self))

    def finish(self, **fields: Any) -> None:
        """Mark the job done, in the same transaction as its effect. Raises Lost (roll back then)."""
        ended = {"state": self.DONE, "ended_at": timezone.now(), "failure": "", "lease_until": None}
        self.note(**{**ended, **self.ERASED, **fields})

    def fail(self, sentence: Words) -> None:
        """End the job as failed, with a sentence fit to show, to each reader in their language. Leaves other
        jobs alone."""
        ended = {"state": self.FAILED, "ended_at": timezone.now(), "failure": sentence, "lease_until": None}
        self.mine().update(**ended, **self.ERASED)

    def put_back(self, sentence: Words, wait: dt.timedelta) -> None:
        """Try again after `wait`, or fail when the attempts are used up."""
        if self.attempts >= self.LIMIT:
            self.fail(sentence)
            return
        later = timezone.now() + wait
        self.mine().update(
            state=self.WAITING, failure=sentence, lease_until=None, not_before=later, wake_at=later, wakes=0
        )


def wake(job: Job) -> None:
    """Notify the relay at commit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f"{job._meta.label_lower}:{job.pk}"])


Work = Callable[[Any], None]
WORK: dict[type[Job], Work] = {}
HELP: dict[type[Job], Work] = {}


def performs(kind: type[Job]) -> Callable[[Work], Work]:
    """Marks the function, in an app's `tasks`, that does a job of this kind.

    It stores its effect with `finish`, may be run twice, and is called in the worker.
    """

    def mark(work: Work) -> Work:
        WORK[kind] = work
        return work

    return mark


def helps(kind: type[Job]) -> Callable[[Work], Work]:
    """Marks the function, in an app's `tasks`, that takes a share of a running job of this kind.

    Whoever does the job may wake others for it (`wake`); they own nothing of it, may come late, and may end
    at any moment without harm.
    """

    def mark(work: Work) -> Work:
        HELP[kind] = work
        return work

    return mark


def kinds() -> list[type[Job]]:
    """Every kind of job that is installed."""
    return [model for model in apps.get_models() if issubclass(model, Job)]


def run(label: str, pk: int) -> None:
    """Claim the job and do it, in the worker. Where somebody else is at it, they may be helped; when it is
    done or gone nothing happens.

    Whatever its work raises puts the job back, with a wait, until its attempts are used up.
    """
    kind: Any = apps.get_model(label)
    job = kind._default_manager.claim(pk, timezone.now())
    if job is None:
        _help(kind, pk)
        return
    with held(job):
        try:
            WORK[type(job)](job)
        except Lost:
            logger.warning("%s %s was taken over by another worker", label, pk)
        except Exception as error:
            logger.exception("%s %s, attempt %s", label, pk, job.attempts)
            job.put_back(explain(error), RESEND_AFTER[min(job.attempts, len(RESEND_AFTER)) - 1])


def _help(kind: type[Job], pk: int) -> None:
    """Take a share of the job where somebody else is at it. What goes wrong is theirs to find and to say."""
    running = kind._default_manager.filter(pk=pk, state=kind.RUNNING) if kind in HELP else ()
    for job in running:
        try:
            HELP[kind](job)
        except Exception:
            logger.warning("could not help with %s %s", kind._meta.label_lower, pk, exc_info=True)


def explain(error: BaseException) -> Words:
    """The error as a sentence for staff; the traceback is in the log, not on the page."""
    if isinstance(error, MemoryError):
        return said(gettext_noop("It needed more memory than a worker may use."))
    if type(error).__name__ == "SoftTimeLimitExceeded":
        return said(gettext_noop("It took longer than a worker may take."))
    unexpected = gettext_noop("Something unexpected happened (%(kind)s); the log of the worker says what.")
    return getattr(error, "sentence", None) or said(unexpected, kind=type(error).__name__)


@contextmanager
def held(job: Job) -> Iterator[None]:
    """Renew the job's lease until the block ends."""
    ended = threading.Event()
    renewer = threading.Thread(target=_renew, args=(job, ended), daemon=True)
    renewer.start()
    try:
        yield
    finally:
        ended.set()
        renewer.join(timeout=RENEW_EVERY)


def _renew(job: Job, ended: threading.Event) -> None:
    while not ended.wait(RENEW_EVERY):
        try:
            job.mine().update(lease_until=timezone.now() + LEASE)
        except Exception:  # the database may be away for a moment; the next round tries again
            logger.warning("could not renew the lease of %s", job.pk, exc_info=True)
            close_old_connections()
    connection.close()


def sweep(now: dt.datetime) -> list[tuple[str, int]]:
    """Queue again what dead workers left, end what died too often, and name the rows to wake, oldest first.

    Each row's next wake is put off (30 s, 2 min, 10 min), so that a long queue is not sent again and again.
    """
    found = []
    for kind in kinds():
        _take_back(kind, now)
        for job in kind._default_manager.unheard(now).order_by("pk")[:500]:
            wait = RESEND_AFTER[min(job.wakes, len(RESEND_AFTER) - 1)]
            kind._default_manager.filter(pk=job.pk, state=kind.WAITING).update(
                wake_at=now + wait, wakes=F("wakes") + 1
            )
            found.append((kind._meta.label_lower, job.pk))
    return found


def unsent(rows: list[tuple[str, int]]) -> None:
    """The broker was away: these rows were not woken, so their wait does not grow."""
    for label, pk in rows:
        kind: Any = apps.get_model(label)
        kind._default_manager.filter(pk=pk, state=kind.WAITING).update(wake_at=None, wakes=0)


def _take_back(kind: type[Job], now: dt.datetime) -> None:
    dead = kind._default_manager.abandoned(now)
    dead.filter(attempts__gte=kind.LIMIT).update(
        state=kind.FAILED,
        ended_at=now,
        lease_until=None,
        failure=said(DIED, attempts=kind.LIMIT),
        **kind.ERASED,
    )
    dead.update(state=kind.WAITING, lease_until=None, not_before=now, wake_at=None, wakes=0)
