"""Compiled translations: made where they are missing or older than their source, never committed."""

import os
from collections.abc import Iterator
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from isecg import ROOT

from .errors import StackError
from .folders import reason


def compile_stale(root: Path = ROOT) -> list[Path]:
    """Compile what needs it and return the files written."""
    return [compile_one(source) for source in sources(root) if stale(source)]


def sources(root: Path) -> Iterator[Path]:
    """Only folders that may hold them are searched: a virtual environment has hundreds of its own."""
    for folder in sorted(root.iterdir()):
        if folder.is_dir() and not folder.name.startswith("."):
            yield from sorted(folder.glob("**/locale/*/LC_MESSAGES/*.po"))


def stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns


def compile_one(source: Path) -> Path:
    """Written beside and renamed: a process that reads meanwhile sees the old file or the new one."""
    compiled = source.with_suffix(".mo")
    new = source.with_suffix(f".mo.{os.getpid()}")
    try:
        with source.open("rb") as po, new.open("wb") as mo:
            write_mo(mo, read_po(po, locale=source.parts[-3]))
        new.replace(compiled)
    except OSError as error:
        raise StackError(f"The translations {compiled} cannot be written: {reason(error)}.") from error
    return compiled
