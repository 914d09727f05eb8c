"""Production refuses to start with values that are missing or unsafe, each with a sentence; health."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from isecg import env, health
from isecg.checks import production_values, refuse_unsafe_start
from isecg.models import Heartbeat

GOOD = {
    "SECRET_KEY": "kq3v9w8e7r6t5y4u3i2o1p0a9s8d7f6g5h4j3k2l1z0x9c8v7b6n5m4",
    "ALLOWED_HOSTS": ["portal.example.org"],
    "SITE_URL": "https://portal.example.org",
    "DEBUG": False,
    "DEMO": False,
    "LOCAL": False,
}


@pytest.fixture
def production(settings: Any, monkeypatch: Any) -> Callable[..., list[str]]:
    """`production(DEBUG=True)`: what the portal says to an otherwise good production with that value."""

    def say(**values: Any) -> list[str]:
        for name, value in {**GOOD, **values}.items():
            setattr(settings, name, value)
        return [error.msg for error in production_values(None)]

    for name, variable in env.VARIABLES.items():
        if variable.needed:
            monkeypatch.setenv(name, "set")
    return say


def test_good_values_start(production: Callable[..., list[str]]) -> None:
    assert production() == []


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"DEBUG": True}, "DEBUG shows the portal's inside"),
        ({"DEMO": True}, "DEMO lets anybody sign in as anybody"),
        ({"LOCAL": True}, "LOCAL switches https off"),
        ({"ALLOWED_HOSTS": ["*"]}, "ALLOWED_HOSTS has a wildcard"),
        (
            {"SECRET_KEY": "insecure-only-for-commands-that-serve-nobody-at-all-1234"},
            "SECRET_KEY is a default",
        ),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is a default or too short"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY is a default or too short"),
        ({"SITE_URL": "http://portal.example.org"}, "SITE_URL does not begin with https"),
    ],
)
def test_unsafe_value_is_refused_with_its_sentence(
    values: dict[str, Any], sentence: str, production: Callable[..., list[str]]
) -> None:
    (said,) = production(**values)
    assert sentence in said


@pytest.mark.parametrize("name", [name for name, variable in env.VARIABLES.items() if variable.needed])
def test_missing_value_is_refused_with_its_sentence(
    name: str, production: Callable[..., list[str]], monkeypatch: Any
) -> None:
    monkeypatch.delenv(name)
    (said,) = production()
    assert said.startswith(f"{name} is not set. ")
    assert len(said) > len(f"{name} is not set. ") + 10


def test_start_with_unsafe_values_ends_with_all_sentences(production: Callable[..., list[str]]) -> None:
    production(DEBUG=True, DEMO=True)
    with pytest.raises(SystemExit) as caught:
        refuse_unsafe_start()
    assert "DEBUG" in str(caught.value)
    assert "DEMO" in str(caught.value)


def test_local_demonstration_on_its_own_addresses_starts(production: Callable[..., list[str]]) -> None:
    assert production(LOCAL=True, DEMO=True, ALLOWED_HOSTS=["localhost", "127.0.0.1"], SECRET_KEY="x") == []


def test_local_on_another_address_is_refused(production: Callable[..., list[str]]) -> None:
    assert production(LOCAL=True, ALLOWED_HOSTS=["localhost", "portal.example.org"]) != []


def test_alive_asks_neither_database_nor_broker(client: Client) -> None:
    page = client.get("/healthz")  # a query would fail here: the test has no database
    assert (page.status_code, page.text) == (200, "alive\n")


@pytest.fixture
def states(client: Client, monkeypatch: Any, db: None) -> Callable[[], tuple[int, dict[str, str]]]:
    """What /readyz says, with a worker that answers."""
    monkeypatch.setitem(health.QUESTIONS, "worker", lambda: True)

    def ask() -> tuple[int, dict[str, str]]:
        page = client.get("/readyz")
        return page.status_code, page.json()

    return ask


def test_ready_when_everybody_answers(states: Callable[[], Any]) -> None:
    Heartbeat.objects.create(process="beat", seen_at=timezone.now())
    assert states() == (200, {"database": "ok", "broker": "ok", "worker": "ok", "beat": "ok"})


@pytest.mark.parametrize("ago", [31, None])
def test_not_ready_when_the_clock_stands_still(ago: int | None, states: Callable[[], Any]) -> None:
    if ago:
        Heartbeat.objects.create(process="beat", seen_at=timezone.now() - dt.timedelta(seconds=ago))
    status, said = states()
    assert (status, said["beat"], said["database"]) == (503, "not seen", "ok")


def test_not_ready_says_no_secret_of_what_is_away(states: Callable[[], Any], monkeypatch: Any) -> None:
    def away() -> bool:
        raise ConnectionError("redis://:hunter2@broker:6379")

    monkeypatch.setitem(health.QUESTIONS, "broker", away)
    status, said = states()
    assert (status, said["broker"]) == (503, "away (ConnectionError)")


def test_mail_without_a_server_becomes_files_in_the_data_folder() -> None:
    assert Path(settings.EMAIL_FILE_PATH) == env.data_dir() / "mail"  # type: ignore[misc]  # set by URL
