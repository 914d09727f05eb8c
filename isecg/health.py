"""`/healthz`: the process answers. `/readyz`: database, broker, worker and clock do their work."""

import datetime as dt
from collections.abc import Callable

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from isecg.celery import app
from isecg.models import Heartbeat

CLOCK_MAY_PAUSE = dt.timedelta(seconds=30)


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: says nothing of the others, so that an outage of theirs restarts nobody."""
    return HttpResponse("alive\n", content_type="text/plain")


@login_not_required
def readyz(request: HttpRequest) -> JsonResponse:
    """Each part as "ok" or a word on what is wrong; 503 when one is."""
    states = {name: _ask(question) for name, question in QUESTIONS.items()}
    return JsonResponse(states, status=200 if set(states.values()) == {"ok"} else 503)


def _ask(question: Callable[[], bool]) -> str:
    try:
        return "ok" if question() else "not seen"
    except Exception as error:
        return f"away ({type(error).__name__})"


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _broker() -> bool:
    broker = redis.Redis.from_url(settings.CELERY_BROKER_URL, socket_timeout=1, socket_connect_timeout=1)
    return bool(broker.ping())


def _worker() -> bool:
    return bool(app.control.ping(timeout=1.0, limit=1)) if _broker() else False


def _beat() -> bool:
    return Heartbeat.objects.filter(process="beat", seen_at__gt=timezone.now() - CLOCK_MAY_PAUSE).exists()


QUESTIONS: dict[str, Callable[[], bool]] = {
    "database": _database,
    "broker": _broker,
    "worker": _worker,
    "beat": _beat,
}
