"""PostgreSQL from its wheel, as a child process with its data in the data folder."""

import os
import signal
from functools import cached_property
from pathlib import Path

import psycopg

from . import cluster, ports
from .children import Child, last_line, wait_until
from .cluster import DATABASE, ROLE
from .errors import StackError

TRIES = 5
START_PATIENCE = 60.0  # a killed server first replays its log

ALWAYS = {
    "listen_addresses": ports.LOOPBACK,
    # No Unix socket: its path may not be longer than 107 bytes, and data folders may be.
    "unix_socket_directories": "",
    "max_connections": "100",
    "log_line_prefix": "%m [%p] ",
}
# For data that lives no longer than a test run.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


class Postgres:
    """One server. `start` creates its data when there is none, and waits until it answers."""

    def __init__(self, folder: Path, log: Path, *, fast: bool = False) -> None:
        self.folder = folder
        self.log = log
        self.fast = fast
        self.port = 0
        self._child: Child | None = None

    @property
    def cluster(self) -> Path:
        return self.folder / "cluster"

    @property
    def child(self) -> Child:
        if self._child is None:
            raise RuntimeError("PostgreSQL has not been started")
        return self._child

    @property
    def url(self) -> str:
        return f"postgresql://{ROLE}:{self.password}@{ports.LOOPBACK}:{self.port}/{DATABASE}"

    @cached_property
    def password(self) -> str:
        return (self.folder / "password").read_text().strip()

    def start(self) -> None:
        """Start, on the port it had before if it had one."""
        if not self.cluster.exists():
            cluster.create(self.folder, fast=self.fast)
        cluster.retire_predecessor(self.cluster)
        for _ in range(TRIES):
            if self._started_on(self.port or ports.free_port()):
                return
        raise StackError(f"PostgreSQL found no free port in {TRIES} tries; its log is {self.log}.")

    def _started_on(self, port: int) -> bool:
        """Whether it runs on that port now; false only when somebody else took the port in between."""
        self.port = port
        self._child = Child(
            "postgres",
            [cluster.binary("postgres"), "-D", self.cluster, *self._settings()],
            self.log,
            env=clean_environment(),
            identity=cluster.owner_of(self.cluster),
            stop_signal=signal.SIGINT,  # "fast": ends open sessions, writes a checkpoint
        )
        if not wait_until(self._answers_or_restarted, START_PATIENCE, 0.03):
            raise StackError(f"PostgreSQL did not answer in {START_PATIENCE:.0f} s; its log is {self.log}.")
        if self.child.running:
            return True
        if "could not bind" in self.child.output():
            self.port = 0
            return False
        raise StackError(
            f"PostgreSQL did not start: {last_line(self.child.output())} (its log is {self.log})"
        )

    def _answers_or_restarted(self) -> bool:
        """One look at it: true when it answers or has failed for good."""
        if not self.child.running:
            # Never started; or its killed predecessor's last processes still leave the shared memory.
            if self.child.process is None or "is still in use" in self.child.output():
                self.child.start()
                return False
            return True
        return answers(self.url)

    def _settings(self) -> list[str]:
        settings = ALWAYS | {"port": str(self.port)} | (FAST if self.fast else {})
        return [f"--{name}={value}" for name, value in settings.items()]

    def stop(self) -> None:
        if self._child is not None:
            self._child.stop()

    def kill(self) -> None:
        """`kill -9`, as a fault would."""
        self.child.kill()

    def freeze(self) -> None:
        """Stop it in its tracks, sessions and all."""
        for pid in [*descendants(self.child.pid), self.child.pid]:
            os.kill(pid, signal.SIGSTOP)

    def resume(self) -> None:
        for pid in [self.child.pid, *descendants(self.child.pid)]:
            os.kill(pid, signal.SIGCONT)

    def restart(self) -> None:
        self.stop()
        self.start()


def answers(url: str) -> bool:
    try:
        with psycopg.connect(url, connect_timeout=2) as connection:
            connection.execute("SELECT 1")
    except psycopg.OperationalError:
        return False
    return True


def descendants(pid: int) -> list[int]:
    """PostgreSQL's processes each lead a session of their own, so a group signal does not reach them."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in children]


def clean_environment() -> dict[str, str]:
    """Without PGDATA, PGPORT and the like, which would win over what we say."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}
