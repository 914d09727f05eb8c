"""Ports of this machine."""

import errno
import secrets
import socket

from .errors import StackError

LOOPBACK = "127.0.0.1"
FIRST, LAST = 15_000, 32_768  # of the ports that we choose from
TRIES = 50


def free_port() -> int:
    """A port that nobody uses at this moment; whoever binds it must be ready to ask again.

    Not one of those that outgoing connections are given (on Linux from 32768 on): these come and go by the
    hundred, and one of them might have it when it is to be bound.
    """
    for _ in range(TRIES):
        port = FIRST + secrets.randbelow(LAST - FIRST)
        if is_free(port):
            return port
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def chosen_port(text: str) -> int:
    """The port that a person asked for, if it can be had."""
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise StackError(f"PORT must be a number from 1 to 65535, not “{text}”.")
    refuse_busy(int(text))
    return int(text)


def refuse_busy(port: int) -> None:
    with socket.socket() as probe:
        # The web server does the same: connections of a run that just ended do not make a port busy.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            raise StackError(
                f"Port {port} {why(error)}; choose another, for example: make run PORT=8123"
            ) from error


def why(error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return "is busy: another program listens there"
    if error.errno == errno.EACCES:
        return "is reserved for root"
    return f"cannot be used ({error.strerror})"
