"""`make run`: the portal with everything it needs, until Ctrl-C."""

import os
import signal
import time
from collections.abc import Mapping
from pathlib import Path
from types import FrameType
from typing import NoReturn

from isecg import ROOT

from . import messages, ports
from .portal import Portal
from .servers import Servers
from .watch import STEPS, Watch

DEFAULT_PORT = "8000"
DEFAULT_DATA_DIR = ".data"


class Stop(BaseException):
    """Somebody asked us to end (Ctrl-C, SIGTERM, the terminal closed)."""


def run() -> None:
    """Start everything, say where it is, and stop it in order; a failure is a StackError."""
    port = ports.chosen_port(os.environ.get("PORT") or DEFAULT_PORT)
    listen_for_stop()
    try:
        serve(port, data_dir())
    except Stop:
        say("Everything has stopped; the data are kept.")


def serve(port: int, folder: Path) -> None:
    messages.compile_stale()
    say(f"Starting the servers (data in {folder}) ...")
    with Servers(folder) as servers:
        portal = Portal(servers.environment(), folder, port=port, secret_key=servers.data.secret_key())
        say("Preparing the database ...")
        with Watch([portal.preparation], say, STEPS), portal, Watch(portal.children, say):
            announce(portal)
            wait(portal)


def announce(portal: Portal) -> None:
    say(f"The portal is at {portal.url}/  (demonstration accounts: {portal.url}/demo/)")
    say(f"Logs are in {portal.data_dir / 'log'}; Ctrl-C stops everything.")


def wait(portal: Portal) -> NoReturn:
    while True:
        time.sleep(0.3)
        portal.refuse_ended()


def data_dir(environ: Mapping[str, str] = os.environ) -> Path:
    return (ROOT / Path(environ.get("DATA_DIR") or DEFAULT_DATA_DIR).expanduser()).absolute()


def listen_for_stop() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop_once)


def stop_once(number: int, frame: FrameType | None) -> NoReturn:
    """A second Ctrl-C does not disturb the stopping, which is bounded in time."""
    for later in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(later, signal.SIG_IGN)
    os.write(1, b"Stopping ...\n")  # print may be what the signal interrupted
    raise Stop


def say(line: str) -> None:
    print(line, flush=True)
