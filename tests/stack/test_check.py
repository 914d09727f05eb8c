"""`make check` runs everything, says everything, and fails when anything failed."""

import sys

import pytest

from isecg.stack.check import CHECKS, Check, check

GOOD = Check("good", [sys.executable, "-c", "print('quiet when well')"])
BAD = Check("bad", [sys.executable, "-c", "print('why it is bad'); raise SystemExit(3)"])
GONE = Check("gone", ["/no/such/tool"])


def test_one_failure_does_not_hide_the_next(capfd: pytest.CaptureFixture[str]) -> None:
    assert check([BAD, GOOD, GONE]) == 1
    said = capfd.readouterr().out
    assert "why it is bad" in said
    assert "quiet when well" not in said
    assert "/no/such/tool: No such file or directory" in said
    assert said.endswith("Failed: bad, gone.\n")


def test_all_well(capfd: pytest.CaptureFixture[str]) -> None:
    assert check([GOOD, GOOD]) == 0
    assert capfd.readouterr().out.endswith("All 2 checks passed.\n")


def test_a_check_has_a_database_and_its_own_environment(capfd: pytest.CaptureFixture[str]) -> None:
    code = "import os, psycopg; psycopg.connect(os.environ['DATABASE_URL']).close(); exit(os.environ['WHY'])"
    assert check([Check("asks", [sys.executable, "-c", code], {"WHY": "because"})]) == 1
    assert "    because" in capfd.readouterr().out


def test_every_kind_of_check_is_there() -> None:
    programs = {word.rpartition("/")[2] for one in CHECKS for word in one.command}
    assert {
        "mypy",
        "ruff",
        "djlint",
        "lint-imports",
        "makemigrations",
        "generated",
        "translations",
    } <= programs
    deploy = next(one for one in CHECKS if "--deploy" in one.command)
    assert deploy.env["DEBUG"] == deploy.env["DEMO"] == deploy.env["LOCAL"] == "0"
