"""nginx for the tests of its configuration: its Debian packages are unpacked here, not installed.

Installed it would serve on port 80 of this machine at once, and the tests need its program only. Where it
cannot be had they are skipped and say so. Standard library only: it runs before anything is installed.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from isecg import ROOT

from . import system

FOLDER = ROOT / ".data" / "nginx"
PACKAGES = ("nginx", "nginx-common")  # the program, and the names of the kinds of files
QUIET = ["-q", "-o", "APT::Sandbox::User=root"]  # else it remarks that its own user may not write here


def program(folder: Path = FOLDER) -> str | None:
    """Where nginx is: the machine's own, or ours."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin")
    ours = folder / "usr" / "sbin" / "nginx"
    return found or (str(ours) if ours.exists() else None)


def kinds_of_files(folder: Path = FOLDER) -> Path:
    """What `include /etc/nginx/mime.types` means to that program."""
    machine = Path("/etc/nginx/mime.types")
    return machine if machine.exists() else folder / "etc" / "nginx" / "mime.types"


def provide(folder: Path = FOLDER) -> None:
    """Fetch and unpack what is missing; a machine on which that fails goes without."""
    if program(folder) or not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        return
    print("Unpacking nginx for the tests ...", flush=True)
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as place:
        whole = Path(place) / "whole"
        if not (fetched(Path(place)) and unpacked(Path(place), whole) and starts(whole)):
            print("nginx cannot be had here: the tests of its configuration are skipped.", flush=True)
            return
        shutil.rmtree(folder, ignore_errors=True)
        whole.rename(folder)


def fetched(place: Path) -> bool:
    """The packages' files; a machine that has no list of packages yet is given one where that is allowed."""
    download = ["apt-get", *QUIET, "download", *PACKAGES]
    if succeeds(download, place):
        return True
    installer = system.installer()
    return bool(installer) and succeeds([*(installer or ()), "update", "-q"]) and succeeds(download, place)


def unpacked(place: Path, whole: Path) -> bool:
    files = sorted(place.glob("*.deb"))
    return bool(files) and all(succeeds(["dpkg-deb", "--extract", str(file), str(whole)]) for file in files)


def starts(whole: Path) -> bool:
    """Whether the libraries that it needs are there."""
    return succeeds([str(whole / "usr" / "sbin" / "nginx"), "-v"])


def succeeds(command: Sequence[str], place: Path | None = None) -> bool:
    try:
        return subprocess.run(command, cwd=place, capture_output=True, check=False).returncode == 0
    except OSError:
        return False
