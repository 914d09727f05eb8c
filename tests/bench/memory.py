"""How much memory processes need together: what they share is counted once (PSS)."""

import threading
from pathlib import Path

EVERY = 0.05  # seconds


class Watched:
    """The peak of a process and all below it, in MB, while the block runs."""

    def __init__(self, pid: int) -> None:
        self.pid, self.peak = pid, 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Watched":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(EVERY):
            self.peak = max(self.peak, sum(map(_megabytes, _tree(self.pid))))


def _tree(pid: int) -> list[int]:
    """The process and all below it."""
    found = [pid]
    for parent in found:
        for listed in Path(f"/proc/{parent}/task").glob("*/children"):
            found += map(int, _read(listed).split())
    return found


def _megabytes(pid: int) -> int:
    said = _read(Path(f"/proc/{pid}/smaps_rollup")).split()
    return int(said[said.index("Pss:") + 1]) // 1024 if "Pss:" in said else 0


def _read(path: Path) -> str:
    """A file of a process; nothing once it has ended."""
    try:
        return path.read_text()
    except OSError:
        return ""
