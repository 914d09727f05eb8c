"""Celery: workers that do jobs, and beat, which is the clock and wakes the workers (`isecg/relay.py`)."""

import gc
import os
import resource

from celery import Celery
from celery.signals import beat_init, worker_init, worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "isecg.settings")

app = Celery("isecg")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(related_name="schedule")


def refuse_unsafe_start() -> None:
    """Neither worker nor beat runs Django's system checks of its own."""
    from isecg import checks

    checks.refuse_unsafe_start()


@worker_init.connect
def warm_up(**_: object) -> None:
    """Refuse an unsafe start, and import what is slow to import once, before the children are forked."""
    refuse_unsafe_start()
    import weasyprint  # noqa: F401

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
