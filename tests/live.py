"""The portal as real processes, and a visitor who speaks plain HTTP to it."""

import fcntl
import os
import re
import shutil
import subprocess
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import psycopg
import pytest

from isecg.stack.portal import Portal
from isecg.stack.servers import Servers

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Live:
    """A running portal with the demonstration's data, its servers, and its database."""

    servers: Servers
    portal: Portal

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """What the database says, outside every request."""
        with psycopg.connect(self.servers.database_url, autocommit=True) as wire:
            return wire.execute(query, values or None).fetchall()

    def visitor(self, account: str = "") -> "Visitor":
        """A visitor, signed in as the demonstration account of that name if one is given."""
        visitor = Visitor(self.portal.url)
        if account:
            [(pk,)] = self.rows("SELECT id FROM members_member WHERE name = %s", account)
            visitor.post(f"/demo/{pk}/", form_at="/demo/")
        return visitor


@contextmanager
def live(temporary: pytest.TempPathFactory, name: str, **extra: str) -> Iterator[Live]:
    """Servers, web, worker and clock on a copy of the demonstration's data, until the block ends."""
    folder = temporary.mktemp("live") / name
    # Not shutil's copy: the database belongs to the user whom its server runs as.
    subprocess.run(["cp", "-a", demonstration(temporary), folder], check=True)
    with Servers(folder, fast=True, given={}) as servers:
        portal = Portal(servers.environment(), folder, extra=extra)
        try:
            portal.start()  # its data are prepared
            portal.wait_ready()
            yield Live(servers, portal)
        finally:
            portal.stop()


def demonstration(temporary: pytest.TempPathFactory) -> Path:
    """A data folder with the demonstration, which a run of the tests loads once; it is only copied."""
    own = temporary.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder = shared / "demonstration"
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # one worker loads it, another one waits
        if not folder.exists():
            new = shared / "demonstration.new"
            shutil.rmtree(new, ignore_errors=True)
            with Servers(new, fast=True, given={}) as servers:
                Portal(servers.environment(), new).prepare()
            new.rename(folder)
    return folder


@dataclass
class Answer:
    status: int
    text: str
    address: str


@dataclass
class Visitor:
    """Keeps cookies and sends a form's token back, as a browser does."""

    url: str
    cookies: CookieJar = field(default_factory=CookieJar)
    patience: float = 120  # seconds; a machine that is busy with other tests may need them

    def get(self, path: str) -> Answer:
        return self._open(urllib.request.Request(urllib.parse.urljoin(self.url, path)))

    def post(self, path: str, *, form_at: str, **values: str) -> Answer:
        """Send a form that stands on the page `form_at`."""
        [token, *_] = TOKEN.findall(self.get(form_at).text)
        return self.send(path, token, **values)

    def send(self, path: str, token: str, **values: str) -> Answer:
        body = urllib.parse.urlencode({**values, "csrfmiddlewaretoken": token}).encode()
        address = urllib.parse.urljoin(self.url, path)
        return self._open(urllib.request.Request(address, data=body, headers={"Referer": self.url + "/"}))

    def _open(self, request: urllib.request.Request) -> Answer:
        opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.cookies)
        )
        try:
            with opener.open(request, timeout=self.patience) as answer:
                return Answer(answer.status, answer.read().decode(), answer.url)
        except urllib.error.HTTPError as refusal:
            with refusal:
                return Answer(refusal.code, refusal.read().decode(), request.full_url)
