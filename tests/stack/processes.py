"""Looking at the machine's processes from outside."""

import os
import re
import time
from collections.abc import Callable
from pathlib import Path


def of_folder(folder: Path) -> dict[int, str]:
    """Every live process that works in the folder or names it on its command line or in its environment."""
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal() or int(entry.name) == os.getpid():
            continue
        try:
            words = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
            place = os.readlink(entry / "cwd")
        except OSError:  # it ended meanwhile
            continue
        if str(folder).encode() in words or place.startswith(str(folder)):
            found[int(entry.name)] = re.sub(r"\0", " ", (entry / "comm").read_text()).strip()
    return found


def eventually(condition: Callable[[], bool], patience: float = 15) -> bool:
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return condition()
