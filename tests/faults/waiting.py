"""How long is waited for: by the clock only where nothing else keeps the machine busy (`make faults`)."""

import os
import time
from collections.abc import Callable

ALONE = "PYTEST_XDIST_WORKER" not in os.environ
SOON = 10 if ALONE else 120  # seconds until a visitor is told that the database is away
RENDERED_AGAIN_WITHIN = 60 if ALONE else 600  # seconds, as the issue of this feature says
PATIENCE = 120 if ALONE else 600  # seconds


def wait(question: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if question():
            return True
        time.sleep(0.05)
    return question()
