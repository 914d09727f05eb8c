"""A child process: started so that it cannot outlive us, logged to a file, stopped in order."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .errors import StackError

LAUNCHER = Path(__file__).with_name("launch.py")
# Up to and with the word that says how grave it is: time and process number help nobody in a sentence.
TELLING = re.compile(r"^.*?\b(error|FATAL|PANIC|ERROR):")
ROTATE_AT = 5_000_000  # bytes; a log that grew past this is set aside once, at the next start


@dataclass(frozen=True)
class Identity:
    """The user a child runs as: `None` for ourselves."""

    uid: int | None = None
    gid: int | None = None
    namespace: bool = False

    def options(self) -> list[str]:
        if self.uid is None:
            return []
        options = [f"--uid={self.uid}", f"--gid={self.gid}"]
        return [*options, "--namespace"] if self.namespace else options


OURSELVES = Identity()


@dataclass
class Child:
    """One process and its log.

    The kernel ends it when the *thread* that called `start()` ends, so call that from the main thread
    (or from one that lives as long as the child should).
    """

    name: str
    command: Sequence[str | Path]
    log: Path
    env: Mapping[str, str] | None = None
    cwd: Path | None = None
    identity: Identity = OURSELVES
    stop_signal: signal.Signals = signal.SIGTERM
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    log_start: int = field(default=0, init=False)

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        rotate(self.log)
        with self.log.open("ab") as log:
            self.log_start = log.tell()
            self.process = subprocess.Popen(
                wrapped(self.command, self.identity, self.stop_signal),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=self.env,
                cwd=self.cwd,
                # Its own session: Ctrl-C in the terminal reaches us alone, and we stop the others in order.
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        if self.process is None:
            raise RuntimeError(f"{self.name} has not been started")
        return self.process.pid

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def signal(self, number: signal.Signals) -> None:
        if self.running:
            os.kill(self.pid, number)

    def stop(self, patience: float = 30) -> None:
        """Ask it to stop, wait, and after that leave nothing of it running."""
        if self.process is None:
            return
        self.signal(signal.SIGCONT)
        self.signal(self.stop_signal)
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            pass
        self.kill()

    def kill(self) -> None:
        """`kill -9` the process and whatever it started in its session."""
        if self.process is None:
            return
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()

    def freeze(self) -> None:
        self.signal(signal.SIGSTOP)

    def resume(self) -> None:
        self.signal(signal.SIGCONT)

    def output(self) -> str:
        """What it wrote since it was last started."""
        if not self.log.exists():
            return ""
        with self.log.open("rb") as log:
            log.seek(self.log_start)
            return log.read().decode(errors="replace")

    def last_lines(self, count: int = 12) -> str:
        return "\n".join(self.output().rstrip().splitlines()[-count:])

    def exit_words(self) -> str:
        """How it ended, in words: "exit code 3", "killed by SIGKILL"."""
        code = self.process.poll() if self.process else None
        if code is None:
            return "still running"
        return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def wrapped(command: Sequence[str | Path], identity: Identity, death_signal: signal.Signals) -> list[str]:
    """The command behind the launcher; -I and -S keep that start at some ten milliseconds."""
    launcher = [sys.executable, "-I", "-S", str(LAUNCHER), f"--parent={os.getpid()}"]
    options = [f"--death-signal={death_signal.value}", *identity.options()]
    return [*launcher, *options, "--", *map(str, command)]


def call(command: Sequence[str | Path], *, identity: Identity = OURSELVES, stdin: str = "") -> str:
    """Run a short command to its end and return its output; a failure is one sentence."""
    done = subprocess.run(
        wrapped(command, identity, signal.SIGKILL),
        input=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        raise StackError(f"{Path(command[0]).name} failed: {last_line(done.stdout)}")
    return done.stdout


def last_line(text: str) -> str:
    """The line that says why, as far as one can tell: the last that speaks of an error, else the last."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if TELLING.search(line)]
    return TELLING.sub("", (telling or lines or ["it said nothing"])[-1]).strip()


def rotate(log: Path) -> None:
    if log.exists() and log.stat().st_size > ROTATE_AT:
        log.replace(log.with_name(log.name + ".1"))


def wait_until(condition: Callable[[], bool], patience: float, step: float = 0.02) -> bool:
    """Ask again until it is true or the patience is over."""
    end = time.monotonic() + patience
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(step)
    return True
