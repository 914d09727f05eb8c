"""`python -m isecg.stack exec -- command`: run a command with both servers up, then stop them."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import ExitStack

from . import messages
from .children import OURSELVES, wrapped
from .errors import StackError
from .folders import InUse
from .run import data_dir
from .servers import Servers

SIDE_BY_SIDE = 9  # runs at once on one machine; each has its own folder
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def execute(command: Sequence[str], *, fresh: bool = False) -> int:
    """Run `command` and return its exit code. Servers that the environment names are used as they are."""
    messages.compile_stale()
    for name in ("LOCAL", "DEMO"):
        os.environ.setdefault(name, "1")
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        return call(command, {})
    with ExitStack() as opened:
        servers = enter_first_free(opened, fresh=fresh)
        return call(command, servers.environment() | {"DATA_DIR": str(servers.data.path)})


def enter_first_free(opened: ExitStack, *, fresh: bool) -> Servers:
    """Servers on the first test folder that no other run holds."""
    for number in range(1, SIDE_BY_SIDE + 1):
        folder = data_dir() / f"test-{number}"
        try:
            return opened.enter_context(Servers(folder, fast=True, fresh=fresh))
        except InUse:
            continue
        except StackError:
            # Data of earlier tests are worth nothing: whatever is wrong with them, begin anew, once.
            return opened.enter_context(Servers(folder, fast=True, fresh=True))
    raise StackError(f"{SIDE_BY_SIDE} test runs are under way in {data_dir()}; wait for one to end.")


def call(command: Sequence[str], env: Mapping[str, str]) -> int:
    """The command in our own process group, so that Ctrl-C reaches it and it can say where it was."""
    listen_no_more()
    process = subprocess.Popen(wrapped(command, OURSELVES, signal.SIGTERM), env=os.environ | env)
    for number in STOP_SIGNALS[1:]:
        signal.signal(number, lambda received, frame: process.send_signal(received))
    code = process.wait()
    return 128 - code if code < 0 else code


def listen_no_more() -> None:
    """We outlive a Ctrl-C: the command ends by it, and then we stop the servers."""
    signal.signal(signal.SIGINT, lambda received, frame: None)
