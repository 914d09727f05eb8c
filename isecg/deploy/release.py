"""Once per deployment, before the new processes start: `python -m isecg.deploy.release`.

Safe to run twice. Files of the release before stay, for pages that readers still have open.
"""

import os
from typing import Any

STEPS: dict[str, dict[str, Any]] = {
    "migrate": {"interactive": False},
    "load_reference": {},
    "collectstatic": {"interactive": False, "verbosity": 0},
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "isecg.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from isecg.checks import refuse_unsafe_start

    refuse_unsafe_start()
    for step, options in STEPS.items():
        print(f"{step} ...", flush=True)
        call_command(step, **options)


if __name__ == "__main__":
    main()
