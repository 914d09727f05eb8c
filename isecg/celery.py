"""Celery: workers that do jobs, and beat, which is the clock and wakes the workers (`isecg/relay.py`)."""

import gc
import os
import resource
from collections.abc import Callable

from celery import Celery
from celery.signals import beat_init, worker_init, worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "isecg.settings")

app = Celery("isecg")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(related_name="schedule")


Ready = Callable[[], None]
READY: list[Ready] = []


def readies(ready: Ready) -> Ready:
    """Marks a function, in an app's `tasks`, that imports and reads what its jobs need. A worker calls it
    once, before it forks: its children share that memory, and no job waits for it."""
    READY.append(ready)
    return ready


def refuse_unsafe_start() -> None:
    """Neither worker nor beat runs Django's system checks of its own."""
    from isecg import checks

    checks.refuse_unsafe_start()


@worker_init.connect
def warm_up(**_: object) -> None:
    """Refuse an unsafe start, and import what is slow to import once, before the children are forked."""
    refuse_unsafe_start()
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018  (mails and PDFs have addresses in them)
    for ready in READY:
        ready()
    gc.collect()
    gc.freeze()


@worker_process_init.connect
def bound_memory(**_: object) -> None:
    """A child that wants more memory gets a MemoryError in its own job, not the machine's end."""
    from isecg import env

    size = env.number("WORKER_MEMORY_MB") * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


@beat_init.connect
def start_relay(**_: object) -> None:
    """Only one beat wakes workers at a time; a second one waits for the first to go."""
    refuse_unsafe_start()
    from isecg import relay

    relay.start()
