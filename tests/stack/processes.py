"""Looking at the machine's processes from outside."""

import os
import time
from collections.abc import Callable
from pathlib import Path


def command_of(pid: int) -> str:
    """How a process was called; nothing once it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def of_folder(folder: Path) -> dict[int, str]:
    """Every live process that works in the folder or names it on its command line or in its environment."""
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal() or int(entry.name) == os.getpid():
            continue
        try:
            words = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
            place = os.readlink(entry / "cwd")
            name = (entry / "comm").read_text().strip()
        except OSError:  # it ended meanwhile
            continue
        if str(folder).encode() in words or place.startswith(str(folder)):
            found[int(entry.name)] = name
    return found


def eventually(condition: Callable[[], bool], patience: float = 120) -> bool:
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return condition()
