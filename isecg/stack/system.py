"""The machine's own libraries and programs: looked for, and installed where that is allowed.

WeasyPrint draws text with Pango and HarfBuzz; the browser tests drive Debian's Chromium.
Standard library only: it runs before anything is installed.
"""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from .errors import StackError


@dataclass(frozen=True)
class Need:
    """Something of the machine, how to see that it is there, and the Debian package that brings it."""

    package: str
    present: Callable[[], bool]


def library(*names: str) -> Callable[[], bool]:
    return lambda: any(loads(name) for name in names)


def program(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


def module(name: str) -> Callable[[], bool]:
    return lambda: importlib.util.find_spec(name) is not None


def loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


VERSION = f"python{sys.version_info[0]}.{sys.version_info[1]}"
RUN = (
    Need(f"{VERSION}-venv", module("ensurepip")),
    Need("libglib2.0-0", library("libgobject-2.0.so.0", "libgobject-2.0.dylib")),
    Need("libpango-1.0-0", library("libpango-1.0.so.0", "libpango-1.0.dylib")),
    Need("libpangoft2-1.0-0", library("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib")),
    Need("libharfbuzz0b", library("libharfbuzz.so.0", "libharfbuzz.dylib")),
    Need("libharfbuzz-subset0", library("libharfbuzz-subset.so.0", "libharfbuzz-subset.dylib")),
    Need("libfontconfig1", library("libfontconfig.so.1", "libfontconfig.dylib")),
)
TEST = (
    *RUN,
    Need("chromium", program("chromium")),
    Need("docker-compose", program("docker-compose")),
)
NEEDS = {"run": RUN, "test": TEST}


def provide(needs: Iterable[Need]) -> None:
    """Install what is missing, or say in one sentence what to install."""
    packages = missing(needs)
    if not packages:
        return
    command = installer()
    if command is None:
        raise StackError(f"Missing on this machine: {', '.join(packages)}. {advice(packages)}")
    print(f"Installing Debian packages: {', '.join(packages)} ...", flush=True)
    call([*command, "update", "-q"])
    call([*command, "install", "-q", "-y", "--no-install-recommends", *packages])
    still = missing(needs)
    if still:
        raise StackError(f"{', '.join(still)} did not become usable; see what apt-get said above.")


def missing(needs: Iterable[Need]) -> list[str]:
    return [need.package for need in needs if not need.present()]


def installer() -> list[str] | None:
    """apt-get as root, or through a sudo that asks for no password; else nobody may install."""
    if not shutil.which("apt-get"):
        return None
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "Dpkg::Use-Pty=0"]
    if os.geteuid() == 0:
        return quiet
    if shutil.which("sudo") and succeeds(["sudo", "-n", "true"]):
        return ["sudo", "-n", *quiet]
    return None


def advice(packages: Sequence[str]) -> str:
    if shutil.which("apt-get"):
        return f"Install them with: sudo apt-get install {' '.join(packages)}"
    return "Install them with this system's package manager (the names are Debian's)."


def succeeds(command: Sequence[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def call(command: Sequence[str]) -> None:
    # apt-get says much on a good day; it is shown only on a bad one.
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode != 0:
        print(done.stdout, file=sys.stderr)
        raise StackError(
            "apt-get failed (what it said is above); try again or install the packages yourself."
        )
