"""What the logs say reaches the terminal: errors, with the name of who said it, and nothing else."""

from pathlib import Path

from isecg.stack.children import Child
from isecg.stack.watch import STEPS, Watch

from . import processes


def test_errors_are_said_with_the_name_of_the_process(tmp_path: Path) -> None:
    child = Child("worker", [], tmp_path / "worker.log")
    child.log.write_text("ERROR from an earlier run\n")
    said: list[str] = []
    with Watch([child], said.append), child.log.open("a") as log:
        log.write("[INFO] all is well\n[ERROR] the disk is full\n[ERROR] half a li")
        log.flush()
        assert processes.eventually(lambda: said == ["worker | [ERROR] the disk is full"])
        log.write("ne\nERRORS is another word\n")
        log.flush()
        assert processes.eventually(lambda: said[1:] == ["worker | [ERROR] half a line"])


def test_a_log_that_does_not_exist_yet_is_waited_for(tmp_path: Path) -> None:
    child = Child("web", [], tmp_path / "web.log")
    said: list[str] = []
    with Watch([child], said.append):
        child.log.write_text("[CRITICAL] no\n")
        assert processes.eventually(lambda: said == ["web | [CRITICAL] no"])


def test_long_steps_are_said_when_they_begin(tmp_path: Path) -> None:
    child = Child("prepare", [], tmp_path / "prepare.log")
    said: list[str] = []
    with Watch([child], said.append, STEPS):
        child.log.write_text("migrate ...\n  Applying one... OK\nload_demo ...\n")
        assert processes.eventually(lambda: said == ["prepare | migrate ...", "prepare | load_demo ..."])


def test_parts_of_a_long_step_are_said_as_they_begin(tmp_path: Path) -> None:
    child = Child("prepare", [], tmp_path / "prepare.log")
    said: list[str] = []
    with Watch([child], said.append, STEPS):
        child.log.write_text("load_demo: recommendation 3 of 13 ...\nDemonstration: 13 added.\n")
        assert processes.eventually(lambda: said == ["prepare | load_demo: recommendation 3 of 13 ..."])
