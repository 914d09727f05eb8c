"""The portal's own processes: web, worker and clock.

For tests and tools:

    with Servers(folder, fast=True, given={}) as servers, Portal(servers.environment(), folder) as portal:
        urlopen(portal.url)
        portal.worker.kill(); portal.worker.start()
        portal.web.freeze(); portal.web.resume()
"""

import os
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from isecg import ROOT

from . import ports
from .children import Child, wait_until
from .errors import StackError

START_PATIENCE = 90.0
SECRET_KEY_OF_A_TEST = "it-ends-with-its-folder-0123456789-0123456789-0123456789"  # noqa: S105
PATIENCE = {
    "web": 15.0,
    "beat": 5.0,
    "worker": 30.0,
}  # the worker may finish its job; a killed one is repeated
CELERY = [sys.executable, "-m", "celery", "-A", "isecg"]
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # a proxy would not know our loopback


class Portal:
    """Web, worker and clock on servers that run already.

    Entering it prepares the database and waits until the web answers.
    `extra` adds to their environment or replaces what is given here.
    """

    def __init__(
        self,
        servers: Mapping[str, str],
        data_dir: Path,
        *,
        port: int | None = None,
        secret_key: str = SECRET_KEY_OF_A_TEST,
        extra: Mapping[str, str] | None = None,
    ) -> None:
        self.port = port or ports.free_port()
        self.data_dir = data_dir.absolute()
        self.env = os.environ | self._settings(secret_key) | dict(servers) | dict(extra or {})
        self.web = self._child(
            "web", [sys.executable, "-m", "gunicorn", "-c", "python:isecg.deploy.gunicorn"]
        )
        self.web.env = self.env | {"DATABASE_POOL": "8"}
        self.worker = self._child("worker", [*CELERY, "worker", *worker_options()])
        beat_folder = self.data_dir / "beat"
        self.beat = self._child(
            "beat", [*CELERY, "beat", f"--schedule={beat_folder / 'schedule'}", "--pidfile="]
        )
        self.preparation = self._child("prepare", [sys.executable, "-m", "isecg.stack.prepare"])

    def _settings(self, secret_key: str) -> dict[str, str]:
        return {
            "DATA_DIR": str(self.data_dir),
            "SECRET_KEY": secret_key,
            "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
            "SITE_URL": self.url,
            "PORT": str(self.port),
            "DEBUG": "0",
            "DEMO": "1",
            "LOCAL": "1",
            "DJANGO_SETTINGS_MODULE": "isecg.settings",
        }

    def _child(self, name: str, command: list[str]) -> Child:
        return Child(name, command, self.data_dir / "log" / f"{name}.log", env=self.env, cwd=ROOT)

    @property
    def url(self) -> str:
        return f"http://{ports.LOOPBACK}:{self.port}"

    @property
    def children(self) -> list[Child]:
        """In the order in which they stop: no new requests, no new jobs, then the jobs under way."""
        return [self.web, self.beat, self.worker]

    def __enter__(self) -> Self:
        try:
            self.prepare()
            self.start()
            self.wait_ready()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def prepare(self) -> None:
        """Migrate and load the data; a failure is a sentence with the last lines of its output."""
        step = self.preparation
        step.start()
        wait_until(lambda: not step.running, float("inf"))
        if step.exit_words() != "exit code 0":
            raise StackError(f"The database could not be prepared:\n{step.last_lines()}")

    def start(self) -> None:
        # `static` stays empty here: the web server warns when the folder for collected files is missing.
        for name in ("beat", "static"):
            (self.data_dir / name).mkdir(exist_ok=True)
        for child in self.children:
            child.start()

    def wait_ready(self) -> None:
        """Until a reader would see the home page, or one of the processes has ended."""
        ready = wait_until(lambda: bool(self.ended()) or self.answers(), START_PATIENCE, 0.1)
        self.refuse_ended()
        if not ready:
            raise StackError(f"The portal did not answer in {START_PATIENCE:.0f} s:\n{self.web.last_lines()}")

    def answers(self) -> bool:
        return fetches(f"{self.url}/healthz") and fetches(f"{self.url}/")

    def ended(self) -> list[Child]:
        return [child for child in self.children if not child.running]

    def refuse_ended(self) -> None:
        """A process that ended by itself is an error, with its name, how it ended, and its last words."""
        for child in self.ended():
            raise StackError(
                f"The {child.name} process has ended ({child.exit_words()}):\n{child.last_lines()}"
            )

    def stop(self) -> None:
        self.preparation.stop(5)
        for child in self.children:
            child.stop(PATIENCE[child.name])


def worker_options() -> Iterator[str]:
    # Nobody else is to be found on this broker, so the worker need not look for company.
    yield from ("--loglevel=INFO", "--concurrency=2", "--without-gossip", "--without-mingle", "-Ofair")


def fetches(url: str) -> bool:
    try:
        with DIRECT.open(url, timeout=10) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
