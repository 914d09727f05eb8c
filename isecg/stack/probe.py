"""`python -m isecg.stack.probe web|worker|beat`: the health checks of docker-compose.yml.

Exit code 0 when that process does its work, else 1 and a sentence. Each asks only about itself:
an outage of the database is no reason to restart the web server.
"""

import os
import socket
import sys
import urllib.request
from collections.abc import Callable

import psycopg

BEAT_MAY_PAUSE = "60 seconds"
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def web() -> str:
    """Nothing when it answers, else what is wrong. It is asked by the name it is published under."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
    address = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/healthz"
    try:
        with DIRECT.open(urllib.request.Request(address, headers={"Host": host}), timeout=8) as answer:
            return "" if answer.status == 200 else f"the web server answers {answer.status}"
    except OSError as error:
        return f"the web server does not answer ({error})"


def worker() -> str:
    """The worker of this very machine, not any worker."""
    from isecg.celery import app

    name = f"celery@{socket.gethostname()}"
    try:
        answers = app.control.ping(destination=[name], timeout=5)
    except OSError as error:
        return f"the broker does not answer ({error})"
    return "" if answers else f"{name} does not answer"


def beat() -> str:
    """The clock writes a row every few seconds; whoever holds the clock's lock counts."""
    query = "SELECT seen_at > now() - %s::interval FROM isecg_heartbeat WHERE process = 'beat'"
    try:
        with psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=5) as connection:
            row = connection.execute(query, [BEAT_MAY_PAUSE]).fetchone()
    except psycopg.Error as error:
        return f"the database does not answer ({error})"
    return "" if row and row[0] else f"the clock was not seen for {BEAT_MAY_PAUSE}"


PROBES: dict[str, Callable[[], str]] = {"web": web, "worker": worker, "beat": beat}


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in PROBES:
        print(f"Say which: {', '.join(PROBES)}.", file=sys.stderr)
        return 2
    wrong = PROBES[arguments[0]]()
    if wrong:
        print(wrong, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
