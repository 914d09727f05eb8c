"""`python -m isecg.stack exec`: a command with both servers up."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from isecg import ROOT

from . import processes

SHOW = ["sh", "-c", "echo $DATABASE_URL $REDIS_URL $DATA_DIR"]


def finish(process: subprocess.Popen[str], answer: str | None = None) -> tuple[int, str]:
    with process:
        said, _ = process.communicate(answer, timeout=300)
    return process.returncode, said


def start(folder: Path, *words: str, **extra: str) -> subprocess.Popen[str]:
    outer = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    return subprocess.Popen(
        [sys.executable, "-m", "isecg.stack", "exec", *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
        env=outer | {"DATA_DIR": str(folder)} | extra,
    )


def test_the_exit_code_is_the_commands_and_nothing_is_left_running(tmp_path: Path) -> None:
    assert finish(start(tmp_path, "--", "sh", "-c", "exit 7"))[0] == 7
    assert finish(start(tmp_path, "--", "sh", "-c", "kill -9 $$"))[0] == 128 + signal.SIGKILL
    assert processes.of_folder(tmp_path) == {}


def test_a_command_that_does_not_exist_is_a_sentence(tmp_path: Path) -> None:
    assert finish(start(tmp_path, "--", "no-such-command")) == (
        1,
        "no-such-command: No such file or directory\n",
    )
    assert processes.of_folder(tmp_path) == {}


def test_two_at_once_have_servers_of_their_own(tmp_path: Path) -> None:
    first = start(tmp_path, "--", "sh", "-c", "echo $DATA_DIR; read line")
    assert first.stdout
    assert first.stdout.readline() == f"{tmp_path}/test-1\n"
    second = start(tmp_path, "--", *SHOW)
    assert finish(second)[1].endswith(f" {tmp_path}/test-2\n")
    assert finish(first, "\n") == (0, "")


def test_nested_it_uses_the_servers_that_run_already(tmp_path: Path) -> None:
    inner = f"{' '.join([sys.executable, '-m', 'isecg.stack', 'exec', '--'])} sh -c 'echo $DATABASE_URL'"
    _, said = finish(start(tmp_path, "--", "sh", "-c", f"echo $DATABASE_URL; {inner}"))
    outer, nested = said.split()
    assert nested == outer
    assert [entry.name for entry in tmp_path.iterdir()] == ["test-1"]


def test_test_data_that_cannot_be_read_are_made_anew(tmp_path: Path) -> None:
    assert finish(start(tmp_path, "--", "true")) == (0, "")
    (tmp_path / "test-1" / "postgres" / "cluster" / "PG_VERSION").write_text("12\n")
    assert finish(start(tmp_path, "--", "true")) == (0, "")


def test_a_terminated_run_ends_its_command_and_its_servers(tmp_path: Path) -> None:
    process = start(tmp_path, "--", "sh", "-c", "echo up; exec sleep 600")
    assert process.stdout
    assert process.stdout.readline() == "up\n"
    process.terminate()
    assert finish(process) == (128 + signal.SIGTERM, "")
    assert processes.of_folder(tmp_path) == {}
