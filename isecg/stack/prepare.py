"""Bring the database up to date and load what the demonstration shows: one process for all steps.

Every step may be repeated; the second time there is nothing to do.
"""

import os
import sys
from typing import Any

STEPS: dict[str, dict[str, Any]] = {
    "migrate": {"interactive": False, "verbosity": 1},
    "load_reference": {},
    "load_demo": {},
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "isecg.settings")
    import django
    from django.core.management import call_command
    from django.core.management.base import CommandError

    django.setup()
    for step, options in STEPS.items():
        print(f"{step} ...", flush=True)
        try:
            call_command(step, **options)
        except CommandError as error:
            sys.exit(f"{step}: {error}")


if __name__ == "__main__":
    main()
