"""What the portal reads from its environment: every variable, once, with the sentence that explains it.

`.env.example`, `docker-compose.yml` and the settings are held together by a test over VARIABLES.
"""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import environ

from isecg import ROOT

reader = environ.Env()


@dataclass(frozen=True)
class Variable:
    """One setting an operator may give; `needed` ones have no default in production."""

    description: str
    default: str = ""
    needed: bool = False


VARIABLES: dict[str, Variable] = {
    "SECRET_KEY": Variable("Signs sessions and links; at least 50 random characters.", needed=True),
    "ALLOWED_HOSTS": Variable("Host names the portal answers to, comma-separated; no wildcard.", needed=True),
    "DATABASE_URL": Variable("PostgreSQL 15 or newer: postgres://user:password@host:5432/name.", needed=True),
    "REDIS_URL": Variable(
        "Valkey or Redis, append-only file on: redis://:password@host:6379/0.", needed=True
    ),
    "SITE_URL": Variable("The address readers use, for links in mails and PDFs.", needed=True),
    "EMAIL_URL": Variable("Outgoing mail: smtp+tls://user:password@host:587.", needed=True),
    "DEFAULT_FROM_EMAIL": Variable("Sender of every mail.", needed=True),
    "DATA_DIR": Variable("Folder for uploads, editions and logs; needs a backup.", default=".data"),
    "DEBUG": Variable("Django's debug pages; refused in production.", default="0"),
    "DEMO": Variable("Demonstration accounts and banner; refused in production.", default="0"),
    "LOCAL": Variable("Plain http on this machine's loopback; refused in production.", default="0"),
    "TRUSTED_PROXIES": Variable("How many proxies stand in front (nginx is one).", default="0"),
    "DATABASE_POOL": Variable("Database connections a web process keeps, 0 for none.", default="0"),
    "WORKER_MEMORY_MB": Variable(
        "Address space a worker's child may use; a job that wants more ends.", default="3072"
    ),
    "HOLD_MINUTES": Variable(
        "Minutes in which circulating, starting silence, issuing and publishing can be recalled.", default="5"
    ),
    "LOG_LEVEL": Variable("How much is logged: DEBUG, INFO, WARNING.", default="INFO"),
}


def text(name: str) -> str:
    """The variable's value, or its default."""
    return reader.str(name, default=VARIABLES[name].default)


def flag(name: str) -> bool:
    """The variable as yes or no."""
    return reader.bool(name, default=VARIABLES[name].default == "1")


def number(name: str) -> int:
    """The variable as a whole number."""
    return reader.int(name, default=int(VARIABLES[name].default))


def names(name: str) -> list[str]:
    """The variable as a list, split at commas."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def data_dir() -> Path:
    """The data folder as an absolute path; relative ones are below the project."""
    return (ROOT / text("DATA_DIR")).resolve()


def scratch() -> Path:
    """Where half-written files live before they are renamed: on the data folder's own disk."""
    folder = data_dir() / "scratch"
    return folder if folder.is_dir() else Path(tempfile.gettempdir())
