"""What the logs say that a person at the terminal should see at once: errors, and how far a long step is."""

import re
import threading
from collections.abc import Callable, Iterable

from .children import Child

ERRORS = re.compile(r"\b(ERROR|CRITICAL|FATAL|PANIC)\b")
STEPS = re.compile(r"^\w+(: .+)? \.\.\.$")


class Watch:
    """Follows the logs of the given processes and says their telling lines, each with its process's name."""

    def __init__(
        self, children: Iterable[Child], say: Callable[[str], None], telling: re.Pattern[str] = ERRORS
    ) -> None:
        self._places = [(child, beginning(child)) for child in children]
        self._say = say
        self._telling = telling
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._follow, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _follow(self) -> None:
        while not self._over.wait(0.5):
            self._places = [(child, self._read(child, place)) for child, place in self._places]

    def _read(self, child: Child, place: int) -> int:
        """Say what is new and telling; only whole lines are taken."""
        if not child.log.exists() or child.log.stat().st_size <= place:
            return place
        with child.log.open("rb") as log:
            log.seek(place)
            text, newline, _ = log.read().rpartition(b"\n")
        for line in text.decode(errors="replace").splitlines():
            if self._telling.search(line):
                self._say(f"{child.name} | {line}")
        return place + len(text) + len(newline)


def beginning(child: Child) -> int:
    """Where the present run's words begin, also when it has not been started yet."""
    if child.running or not child.log.exists():
        return child.log_start
    return child.log.stat().st_size
