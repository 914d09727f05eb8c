"""Every service's own command, started for real with production settings and only the image's packages.

No container engine is needed: PostgreSQL and Valkey come from their wheels, and names become addresses of
this machine.
"""

import http.server
import os
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from isecg import ROOT
from isecg.stack import children, cluster, postgres, unpacked, valkey
from isecg.stack.children import Child

from . import deployment, processes
from .deployment import Machine, Nginx

HOST = deployment.SECRETS["ALLOWED_HOSTS"]
# The wheel has the server only; this says what the image's own client would say.
VALKEY_CLI = f"""#!{sys.executable}
import os, sys, redis
connection = redis.Redis(port=int(os.environ["VALKEY_PORT"]), password=os.environ["REDISCLI_AUTH"])
answer = connection.execute_command(*sys.argv[1:])
print("PONG" if answer is True else answer)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("machine")


@pytest.fixture(scope="module")
def services(folder: Path) -> dict[str, dict[str, Any]]:
    return deployment.services(folder)


@pytest.fixture(scope="module")
def image(folder: Path) -> Path:
    """What the Dockerfile installs and nothing else: a package for development that it needs shows."""
    venv = folder / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    install = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--require-hashes", "--no-deps"]
    python = str(venv / "bin" / "python")
    subprocess.run([*install, "--python", python, "-r", ROOT / "requirements.txt"], check=True)
    return venv / "bin"


@pytest.fixture(scope="module")
def machine(folder: Path, image: Path) -> Machine:
    wheels = folder / "programs"
    wheels.mkdir()
    (wheels / "valkey-server").symlink_to(valkey.binary())
    (wheels / "valkey-cli").write_text(VALKEY_CLI)
    (wheels / "valkey-cli").chmod(0o755)
    return Machine(folder, [image, wheels, cluster.binary("postgres").parent])


@contextmanager
def running(child: Child) -> Iterator[Child]:
    child.start()
    try:
        yield child
    finally:
        child.stop(20)


def until_healthy(machine: Machine, child: Child, service: dict[str, Any], **extra: str) -> None:
    def well() -> bool:
        assert child.running, child.last_lines(30)
        return machine.healthy(service, **extra).returncode == 0

    assert processes.eventually(well), child.last_lines(30)


@pytest.fixture(scope="module")
def database(machine: Machine, services: dict[str, dict[str, Any]]) -> Iterator[Child]:
    """As the image's entry point does it: create with these arguments, run the script, start the command."""
    service, home = services["database"], machine.folder / "postgres"
    env = machine.environment(service)
    home.mkdir(mode=0o700)
    identity = cluster.identity_for(home)
    data, secret = home / "cluster", home / "secret"
    data.mkdir(mode=0o700)
    secret.write_text(env["POSTGRES_PASSWORD"])
    for path in (data, secret):
        cluster.give(path, identity)
    wanted = [*env["POSTGRES_INITDB_ARGS"].split(), "--auth=scram-sha-256", "--no-sync"]
    who = ["--username=postgres", f"--pwfile={secret}"]
    children.call([cluster.binary("initdb"), "-D", data, *who, *wanted], identity=identity)
    port = str(machine.port("database"))
    place = [
        "-D",
        str(data),
        f"--port={port}",
        "--listen_addresses=127.0.0.1",
        "--unix_socket_directories=",
    ]
    with running(machine.child("database", service, *place, identity=identity)) as child:
        wire = {"PGHOST": "127.0.0.1", "PGPORT": port, "PGPASSWORD": env["POSTGRES_PASSWORD"]}
        ready = [str(cluster.binary("pg_isready")), "--quiet", "-h", "127.0.0.1", "-p", port]
        assert processes.eventually(lambda: subprocess.run(ready, check=False).returncode == 0), (
            child.output()
        )
        script = ["sh", str(ROOT / "isecg" / "deploy" / "database.sh")]
        subprocess.run(script, env=env | wire, check=True)
        yield child


@pytest.fixture(scope="module")
def broker(machine: Machine, services: dict[str, dict[str, Any]]) -> Iterator[Child]:
    place = f"valkey-server - --port {machine.port('broker')} --dir /data"
    service = services["broker"]
    words = [word.replace("valkey-server -", place, 1) for word in service["command"]]
    child = machine.child("broker", service | {"command": words})
    with running(child):
        until_healthy(machine, child, service, VALKEY_PORT=str(machine.port("broker")))
        yield child


@pytest.fixture(scope="module")
def released(machine: Machine, services: dict[str, dict[str, Any]], database: Child) -> Machine:
    for _ in range(2):  # safe to repeat
        release_once(machine.child("release", services["release"]))
    return machine


def release_once(child: Child) -> None:
    with running(child):
        assert processes.eventually(lambda: not child.running, 600)
        assert child.exit_words() == "exit code 0", child.last_lines(30)


@pytest.fixture(scope="module")
def web(released: Machine, services: dict[str, dict[str, Any]]) -> Iterator[Child]:
    own = {"PORT": str(released.port("web")), "BIND": "127.0.0.1"}
    child = released.child("web", services["web"], extra=own)
    with running(child):
        until_healthy(released, child, services["web"], **own)
        yield child


def test_the_database_answers_its_health_check(
    machine: Machine, services: dict[str, dict[str, Any]], database: Child
) -> None:
    port = str(machine.port("database"))
    until_healthy(machine, database, services["database"], PGPORT=port)
    assert machine.healthy(services["database"], PGPORT="1").returncode != 0


def test_the_portals_role_is_no_superuser(machine: Machine, database: Child) -> None:
    import psycopg

    secret = deployment.SECRETS["DATABASE_PASSWORD"]
    with psycopg.connect(machine.here(f"postgres://portal:{secret}@database:5432/portal")) as wire:
        row = wire.execute(
            "SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        )
        assert row.fetchone() == (False, False, False)


def test_the_broker_wants_its_password_and_keeps_what_it_is_told(machine: Machine, broker: Child) -> None:
    import redis

    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=machine.port("broker")).ping()
    wire = redis.Redis(port=machine.port("broker"), password=deployment.SECRETS["VALKEY_PASSWORD"])
    kept = wire.config_get()
    wire.close()
    assert (kept["appendonly"], kept["maxmemory-policy"]) == ("yes", "noeviction")
    # The shell has become the server, so that it hears the signal to stop, and the password is in no list.
    command = Path(f"/proc/{broker.pid}/cmdline").read_bytes().decode()
    assert command.startswith("valkey-server")
    assert deployment.SECRETS["VALKEY_PASSWORD"] not in command


def test_a_health_check_fails_when_nobody_is_there(
    machine: Machine, services: dict[str, dict[str, Any]], released: Machine, broker: Child
) -> None:
    sick = {name: machine.healthy(services[name], PORT="1") for name in ("web", "worker", "beat")}
    assert {name: done.returncode for name, done in sick.items()} == {"web": 1, "worker": 1, "beat": 1}
    assert "does not answer" in sick["web"].stderr
    assert "celery@" in sick["worker"].stderr
    assert "was not seen" in sick["beat"].stderr


def test_web_answers_its_health_check_with_production_settings(web: Child) -> None:
    assert web.running


def test_worker_answers_its_health_check(
    released: Machine, services: dict[str, dict[str, Any]], broker: Child
) -> None:
    child = released.child("worker", services["worker"])
    with running(child):
        until_healthy(released, child, services["worker"])
        child.stop(60)
        assert child.exit_words() == "exit code 0"


def test_beat_answers_its_health_check(
    released: Machine, services: dict[str, dict[str, Any]], broker: Child
) -> None:
    service = services["beat"]
    own = [word.replace("/tmp/", f"{released.folder}/") for word in service["command"]]
    child = released.child("beat", service | {"command": own})
    with running(child):
        until_healthy(released, child, service)


@pytest.mark.parametrize("name", ["SECRET_KEY", "SITE_URL", "EMAIL_URL"])
def test_no_process_starts_without_its_values(
    name: str, released: Machine, services: dict[str, dict[str, Any]]
) -> None:
    child = released.child("web", services["web"], extra={"PORT": str(released.port("web")), name: ""})
    with running(child):
        assert processes.eventually(lambda: not child.running)
        assert f"{name} is not set." in child.output()
        assert "Traceback" not in child.output()


NGINX = unpacked.program()


@pytest.fixture(scope="module")
def nginx(machine: Machine, web: Child) -> Iterator[Nginx]:
    if not NGINX:
        pytest.skip("nginx is not on this machine, and could not be unpacked here (isecg/stack/unpacked.py)")
    front = Nginx(machine, HOST)
    command = [NGINX, "-c", str(front.file), "-e", str(front.log)]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    child = Child("nginx", [*command, "-g", "daemon off;"], front.log)
    with running(child):
        alive = f"http://127.0.0.1:{front.http}/nginx-alive"
        assert processes.eventually(lambda: answers(alive)), child.output()
        yield front


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.read() == b"alive\n")
    except OSError:
        return False


def test_nginx_passes_pages_on_and_doubles_no_header(nginx: Nginx) -> None:
    status, headers, body = nginx.get("/")
    assert status == 200
    assert b"<h1" in body
    lists = {"set-cookie", "vary"}  # these may come in several lines
    assert {name for name, values in headers.items() if len(values) > 1} <= lists
    expected = {
        "strict-transport-security",
        "content-security-policy",
        "x-content-type-options",
        "x-frame-options",
        "referrer-policy",
        "cross-origin-opener-policy",
        "permissions-policy",
    }
    assert expected <= set(headers)
    assert headers["server"] == ["nginx"]


def test_nginx_serves_static_files_itself(nginx: Nginx, machine: Machine) -> None:
    hashed = sorted((machine.data / "static" / "css").glob("*.*.css"))
    assert hashed
    status, headers, body = nginx.get(f"/static/css/{hashed[0].name}")
    assert (status, body) == (200, hashed[0].read_bytes())
    assert headers["cache-control"] == ["public, max-age=31536000, immutable"]
    assert headers["x-content-type-options"] == ["nosniff"]
    packed, headers, _ = nginx.get(f"/static/css/{hashed[0].name}", **{"Accept-Encoding": "gzip"})
    assert (packed, headers["content-encoding"]) == (200, ["gzip"])


@pytest.mark.parametrize("path", ["/static/staticfiles.json", "/static/../secret_key", "/media/x", "/data/x"])
def test_nginx_gives_nothing_else_away(nginx: Nginx, path: str) -> None:
    assert nginx.get(path)[0] in (400, 404)


class HandsOut(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        said = {"Content-Type": "application/pdf", "Content-Disposition": 'attachment; filename="a.pdf"'}
        for name, value in {**said, **GUARDS, "X-Accel-Redirect": "/handed-out/editions/a.pdf"}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()


GUARDS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'",
    "Strict-Transport-Security": "max-age=63072000",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


def test_a_file_that_the_portal_hands_out_keeps_what_was_said_about_it(
    nginx: Nginx, machine: Machine
) -> None:
    (machine.data / "media" / "editions").mkdir(parents=True)
    (machine.data / "media" / "editions" / "a.pdf").write_bytes(b"%PDF-1.7 whole")
    with http.server.HTTPServer(("127.0.0.1", nginx.stub), HandsOut) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        status, headers, body = nginx.get("/stub")
    assert (status, body) == (200, b"%PDF-1.7 whole")
    assert {name: headers[name.lower()] for name in GUARDS} == {
        name: [value] for name, value in GUARDS.items()
    }
    assert headers["content-type"] == ["application/pdf"]
    assert headers["content-disposition"] == ['attachment; filename="a.pdf"']
    assert nginx.get("/handed-out/editions/a.pdf")[0] == 404


def test_plain_http_is_sent_to_https(nginx: Nginx) -> None:
    request = urllib.request.Request(f"http://127.0.0.1:{nginx.http}/chair/?a=b", headers={"Host": HOST})
    with pytest.raises(urllib.error.HTTPError) as answer:
        urllib.request.build_opener(Unfollowed).open(request, timeout=60)
    assert (answer.value.code, answer.value.headers["Location"]) == (308, f"https://{HOST}/chair/?a=b")
    answer.value.close()


class Unfollowed(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def test_another_host_name_is_refused(nginx: Nginx) -> None:
    assert nginx.get("/", Host="elsewhere.example.org")[0] == 400


def test_too_many_attempts_to_sign_in_are_slowed_down(nginx: Nginx) -> None:
    statuses = [nginx.get("/accounts/login/")[0] for _ in range(40)]
    assert statuses[:5] == [200] * 5
    assert 429 in statuses
    assert nginx.get("/")[0] == 200


@pytest.mark.parametrize(
    "door",
    ["/invitations/", "/de/invitations/", "/accounts/password/reset/key/1-", "/accounts/confirm-email/"],
)
def test_no_log_holds_the_secret_of_an_address(door: str, nginx: Nginx, web: Child) -> None:
    for _ in range(40):  # until it is slowed down, which nginx would note as an error
        nginx.get(f"{door}OpenSesame/?and=OpenSesame")
    words = door.removesuffix("1-") + "..."
    assert processes.eventually(lambda: words in nginx.log.read_text())
    assert "OpenSesame" not in nginx.log.read_text() + web.output()


def test_a_killed_web_process_is_not_noticed_by_readers(nginx: Nginx, web: Child) -> None:
    statuses = []
    for turn in range(60):
        if turn in (10, 30):
            victim = postgres.descendants(web.pid)[0]
            os.kill(victim, 9)
        statuses.append(nginx.get("/healthz")[0])
    assert set(statuses) == {200}
