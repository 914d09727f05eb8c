"""PostgreSQL and Valkey as child processes: what survives, what repairs itself, what says why it cannot."""

import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from isecg import ROOT
from isecg.stack import cluster, folders, ports, valkey
from isecg.stack.errors import StackError
from isecg.stack.folders import DataFolder, InUse
from isecg.stack.servers import Servers

from . import processes

pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[Servers]:
    with Servers(tmp_path / "data", given={}) as running:
        yield running


def rows(servers: Servers) -> int:
    with psycopg.connect(servers.database_url) as connection:
        found = connection.execute("SELECT count(*) FROM kept").fetchone()
    assert found
    return int(found[0])


def write_row(servers: Servers) -> None:
    with psycopg.connect(servers.database_url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (id int)")
        connection.execute("INSERT INTO kept VALUES (1)")


def client(servers: Servers, patience: float = 120) -> "redis.Redis":
    return redis.Redis.from_url(servers.redis_url, socket_timeout=patience, retry=valkey.ONCE)


def test_the_application_is_no_superuser_and_may_create_its_test_databases(servers: Servers) -> None:
    with psycopg.connect(servers.database_url) as connection:
        role = connection.execute("SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user")
        assert role.fetchone() == (False, True)


def test_the_servers_listen_on_loopback_only_and_want_their_password(servers: Servers) -> None:
    with psycopg.connect(servers.database_url) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("127.0.0.1",)
    assert not list(servers.data.path.rglob(".s.PGSQL*"))
    wrong = servers.database_url.replace(servers.postgres.password, "wrong")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=servers.valkey.port).ping()


@pytest.mark.parametrize("user", [cluster.ADMINISTRATOR, "nobody"])
def test_nobody_else_signs_in_whatever_the_password(servers: Servers, user: str) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(
            host="127.0.0.1", port=servers.postgres.port, user=user, password="guess", dbname="postgres"
        )


def test_secrets_are_readable_by_their_owner_only(servers: Servers) -> None:
    servers.data.secret_key()
    secrets = ["secret_key", "postgres/password", "valkey/valkey.conf"]
    modes = {name: stat.S_IMODE((servers.data.path / name).stat().st_mode) for name in secrets}
    assert modes == dict.fromkeys(secrets, 0o600)
    assert stat.S_IMODE(servers.data.path.stat().st_mode) == 0o700


def test_an_acknowledged_write_survives_kill_9(servers: Servers) -> None:
    write_row(servers)
    address = servers.database_url
    servers.postgres.kill()
    servers.postgres.start()
    assert rows(servers) == 1
    assert servers.database_url == address


def test_messages_survive_kill_9(servers: Servers) -> None:
    client(servers).set("kept", "1")
    with client(servers) as connection:
        connection.execute_command("WAITAOF", 1, 0, 60_000)
    servers.valkey.kill()
    servers.valkey.start()
    assert client(servers).get("kept") == b"1"


def test_frozen_servers_do_not_answer_until_resumed(servers: Servers) -> None:
    servers.valkey.freeze()
    with pytest.raises(redis.TimeoutError):
        client(servers, patience=1).ping()
    servers.valkey.resume()
    assert client(servers).ping()
    with psycopg.connect(servers.database_url) as connection:
        servers.postgres.freeze()
        assert processes.eventually(lambda: "T" in state(connection.info.backend_pid))
        servers.postgres.resume()
        assert connection.execute("SELECT 1").fetchone() == (1,)


def state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def test_wiping_forgets_every_message(servers: Servers) -> None:
    client(servers).set("kept", "1")
    servers.valkey.wipe()
    assert client(servers).get("kept") is None


def test_a_second_start_keeps_data_and_secret_key(tmp_path: Path) -> None:
    with Servers(tmp_path, given={}) as first:
        write_row(first)
        key = first.data.secret_key()
    with Servers(tmp_path, given={}) as second:
        assert rows(second) == 1
        assert second.data.secret_key() == key


def test_fresh_servers_forget(tmp_path: Path) -> None:
    with Servers(tmp_path, given={}, fast=True) as first:
        write_row(first)
    with (
        Servers(tmp_path, given={}, fast=True, fresh=True) as second,
        pytest.raises(psycopg.errors.UndefinedTable),
    ):
        rows(second)


def test_nothing_is_left_running(tmp_path: Path) -> None:
    with Servers(tmp_path, given={}):
        assert {"postgres", "valkey-server"} <= set(processes.of_folder(tmp_path).values())
    assert processes.of_folder(tmp_path) == {}


def test_kill_9_of_the_run_leaves_nothing_running_and_the_next_one_starts(tmp_path: Path) -> None:
    code = f"""
import time; from pathlib import Path; from isecg.stack.servers import Servers
with Servers(Path({str(tmp_path)!r}), given={{}}):
    print("up", flush=True); time.sleep(600)
"""
    run = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=ROOT)
    with run:
        assert run.stdout
        assert run.stdout.readline() == b"up\n"
        run.send_signal(signal.SIGKILL)
        run.wait()
        # At once, while the old servers are still ending.
        with Servers(tmp_path, given={}) as servers:
            write_row(servers)
    assert processes.eventually(lambda: processes.of_folder(tmp_path) == {})


def test_a_half_made_database_is_thrown_away_and_made_anew(tmp_path: Path) -> None:
    half = tmp_path / "postgres.new" / "cluster"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    with Servers(tmp_path, given={}) as servers:
        write_row(servers)
    assert not half.exists()


def test_a_stale_lock_file_of_postgresql_that_names_another_program_is_removed(tmp_path: Path) -> None:
    with Servers(tmp_path, given={}) as servers:
        write_row(servers)
    # As after a restart of the machine: the number now belongs to somebody else, here to this test.
    pid_file = servers.postgres.cluster / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{servers.postgres.cluster}\n")
    with Servers(tmp_path, given={}) as servers:
        assert rows(servers) == 1


def test_damaged_messages_are_set_aside(tmp_path: Path) -> None:
    with Servers(tmp_path, given={}) as servers:
        client(servers).set("kept", "1")
    for file in (tmp_path / "valkey" / "appendonlydir").glob("*.incr.aof"):
        file.write_bytes(b"*3\r\n$3\r\nSETgarbage that is no command\r\n" * 20)
    with Servers(tmp_path, given={}) as servers:
        assert client(servers).ping()
    assert len(list(tmp_path.glob("valkey.damaged-*"))) == 1


def test_a_folder_in_use_says_by_whom(tmp_path: Path) -> None:
    with (
        DataFolder(tmp_path),
        pytest.raises(InUse, match=rf"in use by another run \(process {os.getpid()}\)"),
    ):
        Servers(tmp_path, given={}).__enter__()


def test_a_file_in_the_way_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    with pytest.raises(StackError, match="cannot be used: there is a file of that name"):
        Servers(tmp_path / "data", given={}).__enter__()


def test_a_read_only_place_is_a_sentence() -> None:
    with pytest.raises(StackError, match=r"The data folder /proc/portal cannot be used: .+"):
        Servers(Path("/proc/portal"), given={}).__enter__()


def test_a_full_disk_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: type("Usage", (), {"free": 3_000_000})())
    with pytest.raises(StackError, match="has 3 MB left; 200 MB are needed"):
        folders.make(tmp_path)


def test_a_database_that_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    with Servers(tmp_path, given={}) as servers:
        pass
    (servers.postgres.cluster / "PG_VERSION").write_text("12\n")
    with pytest.raises(
        StackError, match="PostgreSQL did not start: database files are incompatible with server"
    ):
        Servers(tmp_path, given={}).__enter__()
    assert processes.of_folder(tmp_path) == {}


def test_a_port_taken_in_between_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Servers(tmp_path / "one", given={}, fast=True) as first:
        taken, free = [first.postgres.port], ports.free_port
        monkeypatch.setattr(ports, "free_port", lambda: taken.pop() if taken else free())
        second = Servers(tmp_path / "two", given={}, fast=True)
        second.valkey.port = first.valkey.port
        with second:
            assert second.postgres.port not in (0, first.postgres.port)
            assert second.valkey.port not in (0, first.valkey.port)
            assert client(second).ping()


def test_servers_of_the_environment_are_used_and_none_is_started(tmp_path: Path) -> None:
    given = {"DATABASE_URL": "postgresql://elsewhere/portal", "REDIS_URL": "redis://elsewhere/0"}
    with Servers(tmp_path, given=given) as servers:
        assert servers.environment() == given
        assert processes.of_folder(tmp_path) == {}
    assert not (tmp_path / "postgres").exists()
    assert valkey.configuration(1, "x", tmp_path, fast=False).count("appendonly yes") == 1
