"""Parts of a report that are still to be laid out: shared among all workers, kept by what they contain.

The rendering writes down what is missing, wakes other workers and begins. Whoever takes a part holds a lock
of the database on it, which falls when its holder dies; what nobody holds the rendering takes itself. So one
worker alone finishes, several share, and a killed helper loses nothing. A part that is there is never laid
out again: its name is the checksum of its HTML and of all that draws.
"""

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import connection

from isecg.files import put
from isecg.jobs import wake
from isecg.pdf import fragments
from isecg.pdf.fragments import Damaged, Fragment
from isecg.pdf.key import drawing
from reports.models import Rendering
from reports.pdf.engine import engine
from reports.pdf.fetcher import ReportFetcher
from reports.pdf.key import DRAWING

FOLDER = "fragments"
HELPERS = 7  # woken at most; one that finds nothing to do is gone at once
NEWS = 0.5  # seconds between two tellings of how far the work is
PATIENCE = 0.005  # seconds between two looks at what somebody else is making


@dataclass(frozen=True)
class Order:
    """A part that is wanted. `name` tells its ids from those of other parts."""

    name: str
    paper: str
    html: str
    photographs: list[str]

    @cached_property
    def key(self) -> str:
        told = hashlib.sha256(f"{self.name} {self.paper} {self.html}".encode())
        told.update(drawing(*DRAWING))
        return told.hexdigest()

    @cached_property
    def path(self) -> Path:
        return Path(default_storage.path(f"{FOLDER}/{self.key}"))

    def is_there(self) -> bool:
        """Whether it has been laid out; being asked for keeps it from being cleaned away."""
        try:
            os.utime(self.path)
        except FileNotFoundError:
            return False
        return True

    def read(self) -> Fragment:
        """The laid-out part; made again where half of it is there. Raises FileNotFoundError, CannotRender."""
        try:
            return Fragment.unpacked(self.path.read_bytes())
        except Damaged:
            self.path.unlink(missing_ok=True)
            self.make()
            return Fragment.unpacked(self.path.read_bytes())

    def made(self) -> Fragment:
        """Laid out now, whatever is kept. Raises CannotRender."""
        return fragments.make(engine(self.paper), self.html, ReportFetcher(self.photographs), key=self.name)

    def make(self) -> None:
        """Lay it out and keep it. Raises CannotRender."""
        put(f"{FOLDER}/{self.key}", self.made().packed(), lasting=False)


def lay_out(rendering: Rendering, orders: list[Order], tell: Callable[[float], None]) -> list[Fragment]:
    """All these parts, laid out now or before; `tell` hears which share is there. Raises CannotRender."""
    missing = sorted((order for order in orders if not order.is_there()), key=lambda order: -len(order.html))
    told = 0.0
    with _offered(rendering, missing):
        while left := [order for order in missing if not order.is_there()]:
            if (now := time.monotonic()) > told + NEWS:
                tell(1 - len(left) / len(orders))
                told = now
            if not any(map(take, left)):
                time.sleep(PATIENCE)
    return [order.read() for order in orders]


def help_with(rendering: Rendering) -> None:
    """Take what is still missing of a rendering that another worker is at. Raises CannotRender."""
    path = Path(default_storage.path(_offer(rendering)))
    if path.exists():
        for order in json.loads(path.read_text()):
            take(Order(**order))


def take(order: Order) -> bool:
    """Make a part, unless it is there or somebody holds it; whether this worker was the one."""
    if order.is_there():
        return False
    with _claimed(order.key) as mine:
        wanted = mine and not order.is_there()
        if wanted:
            order.make()
        return wanted


@contextmanager
def _claimed(key: str) -> Iterator[bool]:
    """Hold the lock on a part, if nobody does; the database lets go when this process dies."""
    number = [int.from_bytes(bytes.fromhex(key)[:8], signed=True)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", number)
        mine = cursor.fetchone()[0]
        try:
            yield mine
        finally:
            if mine:
                cursor.execute("SELECT pg_advisory_unlock(%s)", number)


@contextmanager
def _offered(rendering: Rendering, orders: list[Order]) -> Iterator[None]:
    """Let other workers help within the block, if there is enough to do."""
    if len(orders) < 2:
        yield
        return
    offer = put(_offer(rendering), json.dumps([asdict(order) for order in orders]).encode(), lasting=False)
    try:
        for _helper in range(min(len(orders) - 1, HELPERS)):
            wake(rendering)
        yield
    finally:
        Path(default_storage.path(offer)).unlink(missing_ok=True)


def _offer(rendering: Rendering) -> str:
    """Where a rendering's missing parts are written down; another attempt writes elsewhere."""
    return f"{FOLDER}/{rendering.pk}-{rendering.claim_token}.orders"
