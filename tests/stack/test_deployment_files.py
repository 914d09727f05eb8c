"""Compose file, settings, `.env.example`, image and nginx say the same."""

import re
import shutil
from pathlib import Path

import pytest

from isecg import ROOT, env
from isecg.stack import cluster, system

from . import deployment

# Read by gunicorn's settings, not by Django's.
OF_THE_WEB_SERVER = {"BIND", "PORT", "WEB_WORKERS", "WEB_THREADS"}
VARIABLE = re.compile(r"(?<!\$)\$\{([A-Z][A-Z0-9_]*)(:?[?-])?([^}]*)\}")


def used_by_compose() -> dict[str, tuple[str, str]]:
    """Every variable with how it is asked for: the last way counts that says more than its name."""
    found: dict[str, tuple[str, str]] = {}
    for name, kind, words in VARIABLE.findall(deployment.COMPOSE.read_text()):
        if kind or name not in found:
            found[name] = (kind, words)
    return found


def given_to_the_portal() -> set[str]:
    services = deployment.source()["services"]
    return {name for part in ("release", "web", "worker", "beat") for name in services[part]["environment"]}


def test_docker_compose_accepts_the_file(tmp_path: Path) -> None:
    assert shutil.which("docker-compose"), "make test installs it"
    services = deployment.services(tmp_path)
    assert {"database", "broker", "release", "web", "worker", "beat", "nginx", "mail"} <= set(services)


@pytest.mark.parametrize("name", sorted(deployment.SECRETS))
def test_a_missing_value_is_refused_with_a_sentence(name: str, tmp_path: Path) -> None:
    values = {other: value for other, value in deployment.SECRETS.items() if other != name}
    refused = deployment.compose_config(tmp_path, values)
    assert refused.returncode != 0
    assert f"Set {name} in .env" in refused.stderr


def test_every_variable_of_the_settings_stands_in_the_example() -> None:
    assert set(env.VARIABLES) <= set(deployment.example())


def test_every_variable_of_the_example_is_read_by_somebody() -> None:
    read = set(env.VARIABLES) | set(used_by_compose()) | OF_THE_WEB_SERVER
    assert set(deployment.example()) - read == set()


def test_every_variable_of_compose_stands_in_the_example() -> None:
    assert set(used_by_compose()) - set(deployment.example()) == set()


def test_every_variable_of_the_example_is_explained() -> None:
    explained = False
    for line in deployment.EXAMPLE.read_text().splitlines():
        if deployment.ASSIGNMENT.match(line):
            assert explained, line
        elif line.startswith("# "):
            explained = True
        else:
            explained = False


def test_every_variable_of_the_settings_is_given_in_compose() -> None:
    only_web = {"DATABASE_POOL"}
    assert set(env.VARIABLES) <= given_to_the_portal()
    worker = set(deployment.source()["services"]["worker"]["environment"])
    assert set(env.VARIABLES) - worker == only_web


def test_compose_gives_nothing_that_nobody_reads() -> None:
    assert given_to_the_portal() - set(env.VARIABLES) - OF_THE_WEB_SERVER == set()


def test_the_web_servers_variables_are_the_ones_its_settings_read() -> None:
    text = (ROOT / "isecg" / "deploy" / "gunicorn.py").read_text()
    assert set(re.findall(r'environ\.get\("([A-Z_]+)"', text)) == OF_THE_WEB_SERVER


def test_no_secret_has_a_default() -> None:
    used, values = used_by_compose(), deployment.example()
    needed = {name for name, variable in env.VARIABLES.items() if variable.needed}
    secrets = set(deployment.SECRETS) | (needed - {"DATABASE_URL", "REDIS_URL"})
    assert {name: used[name][0] for name in secrets} == dict.fromkeys(secrets, ":?")
    assert {name: values[name] for name in secrets} == dict.fromkeys(secrets, "")


def test_defaults_of_compose_and_of_the_example_are_equal() -> None:
    values = deployment.example()
    defaults = {name: words for name, (kind, words) in used_by_compose().items() if kind == ":-"}
    assert {name: values[name] for name in defaults} == defaults


def test_every_service_says_how_it_is_and_keeps_its_data(tmp_path: Path) -> None:
    for name, service in deployment.services(tmp_path).items():
        if name != "release":  # it ends
            assert service["healthcheck"]["test"], name
            assert service["restart"] == "unless-stopped", name
    volumes = deployment.source()["volumes"]
    assert set(volumes) == {"data", "database", "broker"}


def test_the_portals_containers_can_do_little(tmp_path: Path) -> None:
    services = deployment.services(tmp_path)
    for name in ("release", "web", "worker", "beat"):
        assert services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]
        assert services[name]["security_opt"] == ["no-new-privileges:true"]
    assert [name for name, service in services.items() if service.get("ports")] == ["mail", "nginx"]
    assert "\nUSER portal\n" in (ROOT / "Dockerfile").read_text()


def test_text_sorts_the_same_in_production_as_here(tmp_path: Path) -> None:
    given = deployment.services(tmp_path)["database"]["environment"]["POSTGRES_INITDB_ARGS"]
    ours = [word for word in cluster.INITDB if not word.startswith(("--auth", "--username"))]
    assert given.split() == ours


def test_the_image_has_the_libraries_that_make_run_installs() -> None:
    image = (ROOT / "Dockerfile").read_text()
    needed = {need.package for need in system.RUN if need.package.startswith("lib")}
    assert {package for package in needed if package not in image} == set()


def test_the_image_is_made_of_hashed_requirements_only() -> None:
    image = (ROOT / "Dockerfile").read_text()
    installs = [line for line in image.splitlines() if "pip install" in line]
    assert len(installs) == 1
    assert "--require-hashes" in installs[0]
    assert "-r /requirements.txt" in installs[0]


def test_the_build_leaves_out_what_is_private_or_made_here() -> None:
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {".git", ".venv", ".data", ".env"} <= set(ignored)


def test_files_that_compose_mounts_exist(tmp_path: Path) -> None:
    for service in deployment.services(tmp_path).values():
        for volume in service.get("volumes", []):
            text = volume if isinstance(volume, str) else volume.get("source", "")
            place = text.partition(":")[0]
            if place.startswith(str(ROOT)):
                assert Path(place).is_file(), place
