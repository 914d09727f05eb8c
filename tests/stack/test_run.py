"""`make run` from outside: a real process, its words, its exit code, and what it leaves behind."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from isecg import ROOT
from isecg.stack import ports
from isecg.stack.errors import StackError
from isecg.stack.run import data_dir

from . import processes

ADDRESS = "The portal is at http://127.0.0.1:"


class Run:
    """`python -m isecg.stack run` with a port and a data folder of its own."""

    def __init__(self, folder: Path, **extra: str) -> None:
        self.folder = folder
        self.port = ports.free_port()
        own = {"PORT": str(self.port), "DATA_DIR": str(folder)}
        outer = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "isecg.stack", "run"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=ROOT,
            env=outer | own | extra,
        )
        self.said = ""

    def wait_for(self, words: str) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.said += line
            if words in line:
                return
        raise AssertionError(f"it ended without saying “{words}”:\n{self.said}")

    def end(self) -> int:
        self.said += self.process.communicate(timeout=300)[0]
        return self.process.returncode

    def pid_of(self, words: str) -> int:
        for pid in processes.of_folder(self.folder):
            if words in processes.command_of(pid):
                return pid
        raise AssertionError(f"no process has “{words}” on its command line")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One data folder for the whole file: loading the demonstration is slow the first time only."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def run(folder: Path) -> Iterator[Run]:
    started = Run(folder)
    yield started
    started.process.kill()
    started.end()


def fetch(url: str) -> tuple[int, str]:
    with urllib.request.urlopen(url, timeout=60) as answer:
        return answer.status, answer.read().decode()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_is_when_it_answers_and_stops_cleanly(run: Run, number: signal.Signals) -> None:
    run.wait_for(ADDRESS)
    assert f"{run.port}/demo/" in run.said
    status, page = fetch(f"http://127.0.0.1:{run.port}/")
    assert status == 200
    assert "<h1" in page
    run.process.send_signal(number)
    assert run.end() == 0, run.said
    assert "Everything has stopped; the data are kept." in run.said
    assert processes.of_folder(run.folder) == {}
    assert "Traceback" not in run.said


def test_a_second_run_keeps_the_data_and_is_quick(run: Run) -> None:
    run.wait_for(ADDRESS)
    run.process.terminate()
    assert run.end() == 0
    before = (run.folder / "secret_key").read_text(), (run.folder / "postgres" / "password").read_text()
    second = Run(run.folder)
    second.wait_for(ADDRESS)
    second.process.terminate()
    assert second.end() == 0
    after = (run.folder / "secret_key").read_text(), (run.folder / "postgres" / "password").read_text()
    assert after == before
    assert "Applying" not in (run.folder / "log" / "prepare.log").read_text().rpartition("migrate ...")[2]


def test_a_second_run_on_the_same_folder_says_so(run: Run) -> None:
    run.wait_for(ADDRESS)
    second = Run(run.folder)
    assert second.end() == 1
    assert second.said.endswith(f"is in use by another run (process {run.process.pid}).\n")
    assert fetch(f"http://127.0.0.1:{run.port}/healthz")[0] == 200


def test_a_worker_that_dies_is_named_and_everything_stops(run: Run) -> None:
    run.wait_for(ADDRESS)
    os.kill(run.pid_of("isecg worker"), signal.SIGKILL)
    assert run.end() == 1
    assert "The worker process has ended (killed by SIGKILL):" in run.said
    assert processes.of_folder(run.folder) == {}


def test_kill_9_of_the_run_leaves_nothing_running(run: Run) -> None:
    run.wait_for(ADDRESS)
    run.process.kill()
    assert processes.eventually(lambda: processes.of_folder(run.folder) == {})


def test_ctrl_c_while_it_starts_stops_what_was_started(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.wait_for("prepare | load_demo")
    run.process.send_signal(signal.SIGINT)
    assert run.end() == 0, run.said
    assert processes.of_folder(run.folder) == {}


def test_a_busy_port_says_so_before_anything_is_started(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        refused = Run(tmp_path / "data", PORT=str(port))
        assert refused.end() == 1
    assert refused.said == (
        f"Port {port} is busy: another program listens there; "
        "choose another, for example: make run PORT=8123\n"
    )
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("text", ["abc", "0", "65536", "-1", "80.5"])
def test_a_port_that_is_no_port_is_refused(text: str) -> None:
    with pytest.raises(StackError, match=rf"PORT must be a number from 1 to 65535, not “{text}”"):
        ports.chosen_port(text)


def test_a_failing_preparation_shows_why(tmp_path: Path) -> None:
    refused = Run(tmp_path, DATABASE_URL="postgresql://portal:x@127.0.0.1:1/portal")
    assert refused.end() == 1
    assert "\nThe database could not be prepared:\n" in refused.said
    assert processes.of_folder(tmp_path) == {}


def test_the_data_folder_is_below_the_project_unless_it_is_absolute() -> None:
    assert data_dir({}) == ROOT / ".data"
    assert data_dir({"DATA_DIR": "elsewhere"}) == ROOT / "elsewhere"
    assert data_dir({"DATA_DIR": "/somewhere"}) == Path("/somewhere")
