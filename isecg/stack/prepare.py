"""Bring the database up to date and load what the demonstration shows: one process for all steps.

Every step may be repeated; the second time there is nothing to do.
"""

import io
import os
import sys
from typing import Any, TextIO

SAY_EVERY = 25
STEPS: dict[str, dict[str, Any]] = {
    "migrate": {"interactive": False, "verbosity": 1},
    "load_reference": {},
    "load_demo": {},
}


class Counting(io.TextIOBase):
    """What a migration says, passed on; and after every `SAY_EVERY` of its steps, how many were taken."""

    def __init__(self, to: TextIO) -> None:
        self._to, self._taken = to, 0

    def write(self, words: str) -> int:
        self._to.write(words)
        if words.strip() == "OK":
            self._taken += 1
            if self._taken % SAY_EVERY == 0:
                self._to.write(f"migrate: {self._taken} steps taken ...\n")
        return len(words)

    def flush(self) -> None:
        self._to.flush()


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "isecg.settings")
    import django
    from django.core.management import call_command
    from django.core.management.base import CommandError

    django.setup()
    for step, options in STEPS.items():
        print(f"{step} ...", flush=True)
        try:
            call_command(step, stdout=Counting(sys.stdout), **options)
        except CommandError as error:
            sys.exit(f"{step}: {error}")


if __name__ == "__main__":
    main()
