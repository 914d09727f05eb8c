"""The data folder: made, checked, held by one run at a time."""

import errno
import fcntl
import os
import secrets
import shutil
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from .errors import StackError

ROOM = 200_000_000  # bytes; below this PostgreSQL may stop half-way through its first checkpoint


class DataFolder:
    """A folder held for the length of a run; entering it fails with a sentence when it cannot be used."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self._lock: IO[str] | None = None

    def __enter__(self) -> Self:
        make(self.path)
        self._lock = hold(self.path)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    @property
    def log(self) -> Path:
        return self.path / "log"

    def secret_key(self) -> str:
        """A random key that stays the same for this data folder, so that sessions survive a restart."""
        file = self.path / "secret_key"
        if not file.exists() or not file.read_text().strip():
            write_private(file, secrets.token_urlsafe(48))
        return file.read_text().strip()


def make(path: Path) -> None:
    """Create the folder (closed to others) and see that it can be written and has room."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = path / f".probe-{os.getpid()}"
        probe.write_bytes(b"x")
        probe.unlink()
    except OSError as error:
        raise StackError(f"The data folder {path} cannot be used: {reason(error)}.") from error
    free = shutil.disk_usage(path).free
    if free < ROOM:
        raise StackError(
            f"The disk that holds the data folder {path} has {free // 1_000_000} MB left; "
            f"{ROOM // 1_000_000} MB are needed."
        )


def hold(path: Path) -> IO[str]:
    """Take the folder's lock; the kernel lets go of it when this process ends, however it ends."""
    lock = (path / "lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.seek(0)
        holder = lock.read().strip()
        lock.close()
        raise InUse(f"The data folder {path} is in use by another run (process {holder}).") from error
    lock.seek(0)
    lock.truncate()
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


class InUse(StackError):
    """Another run holds the data folder."""


def write_private(path: Path, text: str) -> None:
    """Write a file that only we can read, whole or not at all."""
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    new.replace(path)


def reason(error: OSError) -> str:
    words = {
        errno.ENOSPC: "the disk is full",
        errno.EDQUOT: "your share of the disk is used up",
        errno.EROFS: "the disk is read-only",
        errno.EACCES: "you may not write there",
        errno.EPERM: "you may not write there",
        errno.EEXIST: "there is a file of that name",
        errno.ENOTDIR: "there is a file in its path",
    }
    return words.get(error.errno or 0, (error.strerror or str(error)).lower())
