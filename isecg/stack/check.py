"""`make check`: every check, none hiding another; it changes nothing. `make fix`: what needs no thinking."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from isecg import ROOT

from . import messages
from .execute import enter_first_free

AT_ONCE = 2
MANAGE = [sys.executable, "manage.py"]
# What an operator would give; every value is refused or warned about when it is missing or unsafe.
PRODUCTION = {
    "SECRET_KEY": "only-for-checks-0123456789-ABCDEFGHIJKLMNOPQRSTUVWXYZ-0123456789-abcdefgh",
    "ALLOWED_HOSTS": "portal.example.org",
    "SITE_URL": "https://portal.example.org",
    "EMAIL_URL": "smtp+tls://portal:secret@mail.example.org:587",
    "DEFAULT_FROM_EMAIL": "portal@example.org",
    "TRUSTED_PROXIES": "1",
    "DEBUG": "0",
    "DEMO": "0",
    "LOCAL": "0",
}


# A command on this machine serves nobody, so it needs none of the values of production.
HERE = {"DJANGO_SETTINGS_MODULE": "isecg.settings", "LOCAL": "1"}


@dataclass(frozen=True)
class Check:
    name: str
    command: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)


def tool(name: str, *words: str) -> list[str]:
    """A program of `.venv`, whatever is on PATH."""
    return [str(Path(sys.executable).with_name(name)), *words]


# The slowest first: the others run beside it.
CHECKS = (
    Check("types", tool("mypy")),
    Check("rules", tool("ruff", "check", ".")),
    Check("format", tool("ruff", "format", "--check", ".")),
    Check("template rules", tool("djlint", "templates", "--lint", "--quiet")),
    Check("import order", tool("lint-imports")),
    Check("missing migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"]),
    Check("production settings", [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
    Check("generated files", [*MANAGE, "generated", "--check"]),
    Check("translations", [*MANAGE, "translations", "--check"]),
)
FIXES = (
    tool("ruff", "check", "--fix", "."),
    tool("ruff", "format", "."),
    [*MANAGE, "generated"],
)


@dataclass(frozen=True)
class Outcome:
    check: Check
    code: int
    output: str
    seconds: float


def check(checks: Sequence[Check] = CHECKS) -> int:
    """Run them all with a database at hand; 0 only when every one of them passed."""
    messages.compile_stale()
    with ExitStack() as opened, ThreadPoolExecutor(AT_ONCE) as pool:
        servers = enter_first_free(opened, fresh=False)
        env = servers.environment() | {"DATA_DIR": str(servers.data.path)}
        outcomes = list(map(report, pool.map(lambda one: carry_out(one, env), checks)))
    failed = [outcome.check.name for outcome in outcomes if outcome.code != 0]
    print(
        f"\nFailed: {', '.join(failed)}." if failed else f"\nAll {len(outcomes)} checks passed.", flush=True
    )
    return 1 if failed else 0


def carry_out(one: Check, servers: Mapping[str, str]) -> Outcome:
    begun = time.monotonic()
    env = {**os.environ, **servers, **HERE, **one.env}
    try:
        done = subprocess.run(
            one.command,
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        return Outcome(one, 127, f"{one.command[0]}: {error.strerror}", 0)
    return Outcome(one, done.returncode, done.stdout, time.monotonic() - begun)


def report(outcome: Outcome) -> Outcome:
    verdict = "ok" if outcome.code == 0 else f"FAILED (exit code {outcome.code})"
    print(f"{outcome.check.name:<22}{verdict}  {outcome.seconds:.1f} s", flush=True)
    if outcome.code != 0:
        print("\n".join(f"    {line}" for line in outcome.output.splitlines()), flush=True)
    return outcome


def fix() -> int:
    """Every repair, even after one that found something only a person can settle."""
    env = {**os.environ, **HERE}
    return max(subprocess.run(command, cwd=ROOT, env=env, check=False).returncode for command in FIXES)
