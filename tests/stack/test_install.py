"""From a machine that has only Python: what is installed, what is repaired, and what says why it cannot."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from isecg import ROOT
from isecg.stack import install, system, unpacked
from isecg.stack.errors import StackError

SMALL = "sqlparse"  # one small requirement of the real file stands for all


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The set-up alone, with the installer and one small requirement."""
    (tmp_path / "isecg").mkdir()
    shutil.copy(ROOT / "isecg" / "__init__.py", tmp_path / "isecg")
    shutil.copytree(ROOT / "isecg" / "stack", tmp_path / "isecg" / "stack")
    requirements = (ROOT / "requirements-dev.txt").read_text()
    few = install.block("uv", requirements) + install.block(SMALL, requirements)
    (tmp_path / "requirements-dev.txt").write_text(few)
    return tmp_path


def bootstrap(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "isecg/stack/bootstrap.py", "--", *(words or ("-c", f"import {SMALL}"))]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False, timeout=600)


def test_an_empty_project_gets_its_requirements_and_a_broken_one_is_repaired(project: Path) -> None:
    first = bootstrap(project, "-c", f"import sys, {SMALL}; print(sys.prefix)")
    assert first.returncode == 0, first.stderr
    assert first.stdout.splitlines()[-1] == str(project / ".venv")
    assert "Creating .venv" in first.stdout

    again = bootstrap(project)
    assert (again.returncode, again.stdout) == (0, "")

    # As if the first attempt had been cut short in the middle of a package.
    (project / ".venv" / "installed").unlink()
    broken = next((project / ".venv").glob(f"lib/*/site-packages/{SMALL}/__init__.py"))
    broken.write_text("raise ImportError('half a file')")
    repaired = bootstrap(project)
    assert repaired.returncode == 0, repaired.stderr
    assert "Creating" not in repaired.stdout

    # As if the Python it was made from had gone.
    (project / ".venv" / "bin" / "python").unlink()
    (project / ".venv" / "installed").unlink()
    anew = bootstrap(project)
    assert anew.returncode == 0, anew.stderr
    assert "Creating .venv" in anew.stdout


def test_a_requirement_whose_hash_does_not_fit_is_not_installed(project: Path) -> None:
    file = project / "requirements-dev.txt"
    head, _, tail = file.read_text().partition(f"{SMALL}==")
    version = tail.split()[0]
    file.write_text(f"{head}{SMALL}=={version} --hash=sha256:{'0' * 64}\n")
    done = bootstrap(project)
    assert done.returncode == 1
    assert "The installation stopped at" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (project / ".venv" / "installed").exists()


def test_what_python_compiles_is_kept_in_the_venv_whatever_the_terminal_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    ask = "import sys; print(sys.dont_write_bytecode, sys.pycache_prefix)"
    done = subprocess.run(
        [sys.executable, "-c", ask], env=install.environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", str(install.VENV / "bytecode")]


def test_changed_requirements_make_it_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = install.state()
    other = tmp_path / "requirements-dev.txt"
    other.write_text("something==1\n")
    monkeypatch.setattr(install, "REQUIREMENTS", other)
    assert install.state() != before


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 0), (3, 10, 13), (3, 14, 0)])
def test_another_python_is_one_sentence(version: tuple[int, int, int]) -> None:
    code = (
        f"import sys, runpy; sys.version_info = {version};"
        "runpy.run_path('isecg/stack/bootstrap.py', run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    sentence = f"Python 3.11, 3.12 or 3.13 is needed; this is {version[0]}.{version[1]}. "
    assert done.stderr == f"{sentence}If another is installed, name it: make run PYTHON=python3.12\n"


def test_a_python_of_long_ago_can_read_the_first_file() -> None:
    source = (ROOT / "isecg" / "stack" / "bootstrap.py").read_text()
    ast.parse(source, feature_version=(3, 0))
    assert source.isascii()  # without a declaration Python 2 reads nothing else
    assert not any(isinstance(node, ast.JoinedStr) for node in ast.walk(ast.parse(source)))


OLD = sorted(shutil.which(f"python{version}") or "" for version in ("2.7", "3.6", "3.8", "3.9", "3.10"))


@pytest.mark.parametrize("python", [path for path in OLD if path] or [sys.executable])
def test_the_old_pythons_of_this_machine_say_so_or_go_on(python: str) -> None:
    done = subprocess.run(
        [python, "isecg/stack/bootstrap.py"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr
    assert "SyntaxError" not in done.stderr


def needs(present: bool) -> list[system.Need]:
    return [system.Need("libpango-1.0-0", lambda: present), system.Need("chromium", lambda: True)]


def test_a_missing_library_that_may_not_be_installed_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(system, "succeeds", lambda command: False)
    with pytest.raises(StackError) as refused:
        system.provide(needs(present=False))
    assert str(refused.value) == (
        "Missing on this machine: libpango-1.0-0. Install them with: sudo apt-get install libpango-1.0-0"
    )


@pytest.mark.parametrize(("uid", "front"), [(0, ["env"]), (1000, ["sudo", "-n", "env"])])
def test_missing_libraries_are_installed_where_that_is_allowed(
    monkeypatch: pytest.MonkeyPatch, uid: int, front: list[str]
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(os, "geteuid", lambda: uid)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(system, "succeeds", lambda command: True)
    monkeypatch.setattr(system, "call", lambda command: asked.append(list(command)))
    system.provide([system.Need("libpango-1.0-0", lambda: bool(asked[1:]))])
    assert [command[: len(front)] for command in asked] == [front, front]
    assert asked[0][-2:] == ["update", "-q"]
    assert asked[1][-1] == "libpango-1.0-0"


def test_nothing_is_asked_of_the_machine_when_nothing_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "call", lambda command: pytest.fail(f"{command} was run"))
    system.provide(needs(present=True))


@pytest.fixture
def packages(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """A machine without nginx, and what is asked of it; what is downloaded are two packages."""
    asked: list[list[str]] = []

    def run(command: list[str], place: Path | None = None) -> bool:
        asked.append([Path(command[0]).name, *command[1:]])
        if "download" in command:
            for name in unpacked.PACKAGES:
                (place or Path()).joinpath(f"{name}_1.deb").touch()
        if "--extract" in command:
            ours = Path(command[-1]) / "usr" / "sbin" / "nginx"
            ours.parent.mkdir(parents=True, exist_ok=True)
            ours.touch()
        return True

    found = {"nginx": None}
    monkeypatch.setattr(shutil, "which", lambda name, **_: found.get(name, f"/usr/bin/{name}"))
    monkeypatch.setattr(unpacked, "succeeds", run)
    return asked


def test_nginx_is_unpacked_beside_the_data_once_and_not_installed(
    packages: list[list[str]], tmp_path: Path
) -> None:
    for _ in range(2):
        unpacked.provide(tmp_path / "nginx")
    assert unpacked.program(tmp_path / "nginx") == str(tmp_path / "nginx" / "usr" / "sbin" / "nginx")
    assert [command[0] for command in packages] == ["apt-get", "dpkg-deb", "dpkg-deb", "nginx"]
    assert "install" not in packages[0]
    assert list(tmp_path.iterdir()) == [tmp_path / "nginx"]


def test_a_machine_on_which_nginx_cannot_be_had_goes_without_and_says_so(
    packages: list[list[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(unpacked, "succeeds", lambda command, place=None: False)
    monkeypatch.setattr(system, "installer", lambda: None)
    unpacked.provide(tmp_path / "nginx")
    assert unpacked.program(tmp_path / "nginx") is None
    assert "the tests of its configuration are skipped" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_what_is_looked_for_is_what_weasyprint_loads() -> None:
    """A library that the next WeasyPrint needs as well would be missing from our list."""
    source = Path(install.PYTHON.parent.parent).glob("lib/*/site-packages/weasyprint/text/ffi.py")
    text = next(source).read_text()
    loaded = {line.split("'")[1] for line in text.splitlines() if line.strip().startswith(("ffi, 'lib",))}
    optional = {"libharfbuzz-vector-0"}
    known = {need.package for need in system.RUN}
    for name in loaded - optional:
        stem = name.removesuffix("-0").removesuffix("-1")
        assert any(stem.split("-")[0] in package or "glib" in package for package in known), name


def test_the_requirement_files_name_no_address() -> None:
    for file in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / file).read_text()
        assert "://" not in text
        assert not [line for line in text.splitlines() if line.startswith("-")]
