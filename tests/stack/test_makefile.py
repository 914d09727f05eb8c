"""The commands of the Makefile: each is listed with a line, and both names of a newcomer are there."""

import re
import subprocess

from isecg import ROOT


def test_make_alone_lists_every_command_with_a_line() -> None:
    done = subprocess.run(["make", "-s"], cwd=ROOT, capture_output=True, text=True, check=True)
    listed = dict(re.findall(r"^  make ([a-z]+) +(\S.*)$", done.stdout, re.MULTILINE))
    declared = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert declared
    assert set(listed) == set(declared[1].split())
    assert {"run", "test", "check", "fix"} <= set(listed)


def test_port_and_data_folder_reach_the_command() -> None:
    done = subprocess.run(
        ["make", "-s", "run", "PORT=no-number"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "PORT must be a number from 1 to 65535, not “no-number”." in done.stderr
    assert "Traceback" not in done.stderr


def test_ci_runs_both_and_fails_when_either_does() -> None:
    text = (ROOT / ".ci" / "run").read_text()
    assert text.index("make check || failed=1") < text.index("make test || failed=1")
    assert text.rstrip().endswith('exit "$failed"')
