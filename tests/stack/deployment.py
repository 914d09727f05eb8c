"""docker-compose.yml as an operator's tool reads it, and its services started without containers."""

import http.client
import os
import re
import shutil
import ssl
import subprocess
from pathlib import Path
from typing import Any

import yaml

from isecg import ROOT
from isecg.stack import ports, unpacked
from isecg.stack.check import PRODUCTION
from isecg.stack.children import OURSELVES, Child, Identity

COMPOSE = ROOT / "docker-compose.yml"
EXAMPLE = ROOT / ".env.example"
NGINX = ROOT / "isecg" / "deploy" / "nginx.conf"
ASSIGNMENT = re.compile(r"^#?([A-Z][A-Z0-9_]*)=(.*)$")
SECRETS = {
    **{name: PRODUCTION[name] for name in ("SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "EMAIL_URL")},
    "DEFAULT_FROM_EMAIL": PRODUCTION["DEFAULT_FROM_EMAIL"],
    "DATABASE_PASSWORD": "databasepassword123",
    "POSTGRES_PASSWORD": "administrator456",
    "VALKEY_PASSWORD": "valkeypassword789",
    "TLS_CERTIFICATE": "/etc/ssl/portal.pem",
    "TLS_KEY": "/etc/ssl/portal.key",
}


def example() -> dict[str, str]:
    """The variables of .env.example with their values; commented ones count."""
    found = [ASSIGNMENT.match(line) for line in EXAMPLE.read_text().splitlines()]
    return {match[1]: match[2] for match in found if match}


def source() -> dict[str, Any]:
    """The file as it is written, variables and all."""
    loaded = yaml.safe_load(COMPOSE.read_text())
    assert isinstance(loaded, dict)
    return loaded


def compose_config(folder: Path, values: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """`docker-compose config` with these values and nothing of our own environment."""
    (folder / ".env").write_text("".join(f"{name}={value}\n" for name, value in values.items()))
    command = ["docker-compose", "--env-file", str(folder / ".env"), "-f", str(COMPOSE), "config"]
    env = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=env, cwd=ROOT)


def services(folder: Path) -> dict[str, dict[str, Any]]:
    """Every service as docker-compose resolves it."""
    done = compose_config(folder, SECRETS)
    assert done.returncode == 0, done.stderr
    loaded = yaml.safe_load(done.stdout)["services"]
    assert isinstance(loaded, dict)
    return loaded


class Machine:
    """What stands for the containers: names become addresses of this machine, /data becomes a folder."""

    def __init__(self, folder: Path, programs: list[Path]) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.data.mkdir()
        self.ports = {name: ports.free_port() for name in ("database:5432", "broker:6379", "web:8000")}
        # Only what the image would have, before the system's own.
        self.path = os.pathsep.join([*map(str, programs), "/usr/local/bin", "/usr/bin", "/bin"])

    def port(self, name: str) -> int:
        return next(port for place, port in self.ports.items() if place.startswith(f"{name}:"))

    def here(self, text: str) -> str:
        for place, port in self.ports.items():
            text = text.replace(place, f"127.0.0.1:{port}")
        return text.replace("/data", str(self.data)).replace("$$", "$")

    def environment(self, service: dict[str, Any], **extra: str) -> dict[str, str]:
        values = {name: self.here(str(value)) for name, value in service.get("environment", {}).items()}
        own = {"PATH": self.path, "HOME": str(self.folder), "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
        return own | values | extra

    def child(
        self,
        name: str,
        service: dict[str, Any],
        *more: str,
        identity: Identity = OURSELVES,
        extra: dict[str, str] | None = None,
    ) -> Child:
        """The service's own command, not yet started."""
        words = [self.here(word) for word in service["command"]]
        return Child(
            name,
            [*words, *more],
            self.folder / f"{name}.log",
            env=self.environment(service, **(extra or {})),
            cwd=ROOT,
            identity=identity,
        )

    def healthy(self, service: dict[str, Any], **extra: str) -> subprocess.CompletedProcess[str]:
        """One run of the service's own health check."""
        kind, *words = [self.here(word) for word in service["healthcheck"]["test"]]
        command = ["sh", "-c", *words] if kind == "CMD-SHELL" else words
        program = shutil.which(command[0], path=self.path) or command[0]
        return subprocess.run(
            [program, *command[1:]],
            env=self.environment(service, **extra),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )


class Nginx:
    """nginx with our configuration; only addresses, folders and the user differ."""

    def __init__(self, machine: Machine, host: str) -> None:
        self.host = host
        self.folder = machine.folder / "nginx"
        self.folder.mkdir()
        self.http, self.https, self.stub = (ports.free_port() for _ in range(3))
        self.log = self.folder / "log"
        self.file = self.folder / "nginx.conf"
        text = machine.here(NGINX.read_text())
        changes = {
            "listen 80 ": f"listen 127.0.0.1:{self.http} ",
            "listen 443 ": f"listen 127.0.0.1:{self.https} ",
            "/run/nginx.pid": str(self.folder / "pid"),
            "/etc/nginx/mime.types": str(unpacked.kinds_of_files()),
            "/etc/nginx/tls": str(self.folder),
            "worker_processes auto;": "worker_processes 1;" + (" user root;" if os.geteuid() == 0 else ""),
            "default_type application/octet-stream;": self._folders(),
        }
        # Beside the portal: somebody who hands out a file, as the portal does with editions.
        here = f"location = /stub {{ proxy_pass http://127.0.0.1:{self.stub}; }}"
        changes["location ~ ^/(de/)?accounts/"] = f"{here} location ~ ^/(de/)?accounts/"
        for old, new in changes.items():
            assert old in text, old
            text = text.replace(old, new)
        self.file.write_text(text)
        self._certificate()

    def _folders(self) -> str:
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        return "".join(f"{kind}_temp_path {self.folder}/{kind};\n" for kind in kinds)

    def _certificate(self) -> None:
        command = [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
        ]
        where = ["-keyout", f"{self.folder}/key.pem", "-out", f"{self.folder}/certificate.pem"]
        name = ["-days", "1", "-subj", f"/CN={self.host}", "-addext", f"subjectAltName=DNS:{self.host}"]
        subprocess.run([*command, *where, *name], check=True, capture_output=True)

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, list[str]], bytes]:
        """Over TLS with our own certificate, under the portal's name; nothing is followed."""
        trusted = ssl.create_default_context(cafile=str(self.folder / "certificate.pem"))
        wire = http.client.HTTPSConnection("127.0.0.1", self.https, context=trusted, timeout=60)
        trusted.check_hostname = False
        wire.request("GET", path, headers={"Host": self.host, **headers})
        answer = wire.getresponse()
        body = answer.read()
        wire.close()
        found: dict[str, list[str]] = {}
        for key, value in answer.getheaders():
            found.setdefault(key.lower(), []).append(value)
        return answer.status, found, body
