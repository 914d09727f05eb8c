"""`.venv` with the hashed requirements and the machine's libraries; quick when there is nothing to do.

Standard library only: it runs before anything is installed. Afterwards it becomes the Python of `.venv`.
"""

import argparse
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from isecg import ROOT

from . import system, unpacked
from .errors import StackError

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed"
# uv brings certificates of its own; where the machine has some, those are the ones its owner trusts.
SYSTEM_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
REQUIREMENTS = ROOT / "requirements-dev.txt"


def main(arguments: Sequence[str]) -> None:
    """Install what is missing, then become `.venv/bin/python` with what follows `--`."""
    parser = argparse.ArgumentParser(prog="bootstrap")
    parser.add_argument("--for", dest="purpose", choices=sorted(system.NEEDS), default="run")
    parser.add_argument("words", nargs="*", metavar="-- argument")
    options = parser.parse_args(arguments)
    try:
        system.provide(system.NEEDS[options.purpose])
        with alone():
            install()
            if options.purpose == "test":
                unpacked.provide()
    except StackError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
    if options.words:
        os.chdir(ROOT)
        os.execve(PYTHON, [str(PYTHON), *options.words], environment())  # noqa: S606 -- no shell wanted


@contextmanager
def alone() -> Iterator[None]:
    """Two commands at once install one after the other; the project folder itself is the lock."""
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def install() -> None:
    if STAMP.exists() and STAMP.read_text() == state():
        return
    finished = STAMP.exists()
    STAMP.unlink(missing_ok=True)
    if not same_python():
        create()
    say("Installing the requirements into .venv ...")
    install_uv()
    install_requirements(again=not finished)
    STAMP.write_text(state())


def state() -> str:
    """What `.venv` was made from; it is stale when this differs from its stamp."""
    hashed = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    return f"{sys.version_info[0]}.{sys.version_info[1]} {ROOT} {hashed}\n"


def same_python() -> bool:
    """Whether `.venv` has a Python that starts, of our version, with pip, and was made in this very place."""
    if not PYTHON.exists() or not (VENV / "bin" / "pip").exists():
        return False
    question = "import sys; print(*sys.version_info[:2], sys.prefix)"
    done = subprocess.run([PYTHON, "-c", question], capture_output=True, text=True, check=False)
    moved = str(VENV) not in (VENV / "bin" / "pip").read_text().splitlines()[0]
    return done.stdout.split() == [*map(str, sys.version_info[:2]), str(VENV)] and not moved


def create() -> None:
    say("Creating .venv ...")
    if VENV.exists():
        shutil.rmtree(VENV)
    call([sys.executable, "-m", "venv", VENV])


def install_uv() -> None:
    """The installer itself comes by hash as well, out of the same file."""
    pinned = VENV / "uv.txt"
    pinned.write_text(block("uv", REQUIREMENTS.read_text()))
    call([PYTHON, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "-r", pinned])


def install_requirements(*, again: bool) -> None:
    """Everything, by hash. `again`: an earlier attempt was cut short, and may have left half a package."""
    what = ["--quiet", "--require-hashes", "-r", str(REQUIREMENTS)]
    try:
        call([PYTHON, "-m", "uv", "pip", "install", *(["--reinstall"] if again else []), *what])
    except StackError:
        # Slower, and it knows what uv does not: the addresses and certificates of pip's own configuration.
        say("Trying again with pip ...")
        call([PYTHON, "-m", "pip", "install", *(["--force-reinstall"] if again else []), *what])


def block(name: str, requirements: str) -> str:
    """One requirement with the lines of hashes that belong to it."""
    lines = requirements.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(f"{name}=="))
    end = next((i for i in range(start + 1, len(lines)) if not lines[i].startswith(" ")), len(lines))
    return "\n".join(lines[start:end]) + "\n"


def call(command: Sequence[str | Path]) -> None:
    """Run it; what it says goes to the terminal, its failure is one sentence."""
    done = subprocess.run([*map(str, command)], env=environment(), check=False)
    if done.returncode != 0:
        words = " ".join(str(word).replace(str(ROOT) + "/", "") for word in command[:5])
        raise StackError(f"The installation stopped at “{words} ...” (what it said is above); try again.")


def environment() -> dict[str, str]:
    """Ours with `.venv` switched on; what the terminal had switched on before may be another one.

    What Python compiles is kept in `.venv`, also for somebody who wants no such files among the sources:
    else every process that starts, and there are many, compiles more than a thousand modules anew.
    """
    elsewhere = ("UV_PYTHON", "PYTHONPATH", "PYTHONHOME", "__PYVENV_LAUNCHER__", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if name not in elsewhere}
    path = f"{VENV / 'bin'}{os.pathsep}{kept.get('PATH', os.defpath)}"
    if SYSTEM_CERTIFICATES.exists():
        kept.setdefault("UV_SYSTEM_CERTS", "1")
    return kept | {"VIRTUAL_ENV": str(VENV), "PATH": path, "PYTHONPYCACHEPREFIX": str(VENV / "bytecode")}


def say(line: str) -> None:
    print(line, flush=True)
