"""A small document that has everything a page break can spoil, laid out once."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.test import override_settings
from pikepdf import Dictionary

from isecg.pdf.archive import About, Attachment, seal
from isecg.pdf.engine import Engine
from tests.pdf import world

Spoil = Callable[[pikepdf.Pdf], Any]


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    sheet = tmp_path_factory.mktemp("sheet") / "sheet.css"
    sheet.write_text(world.SHEET)
    return Engine([sheet])


@pytest.fixture(scope="session")
def raw(engine: Engine) -> bytes:
    """The document as it is written, its tags mended."""
    return engine.write(engine.lay_out(world.HTML), b"x" * 16)


@pytest.fixture(scope="session")
def about(engine: Engine) -> About:
    return About.of(engine.lay_out(world.HEAD), b"0123456789abcdef")


@pytest.fixture(scope="session")
def sealed(raw: bytes, about: About) -> bytes:
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        return seal(pdf, about, [Attachment("data.json", "application/json", b"{}", "The data")])


@pytest.fixture
def spoilt(sealed: bytes) -> Iterator[Callable[[Spoil], pikepdf.Pdf]]:
    """`spoilt(change)`: the good document with a fault planted by `change`."""
    opened: list[pikepdf.Pdf] = []

    def make(change: Spoil) -> pikepdf.Pdf:
        pdf = pikepdf.open(io.BytesIO(sealed))
        opened.append(pdf)
        change(pdf)
        return pdf

    yield make
    for each in opened:
        each.close()


@pytest.fixture
def java() -> Iterator[None]:
    """veraPDF for this test; skipped where it cannot run."""
    from isecg.pdf import verapdf

    with override_settings(JAVA="java"):
        if verapdf.java() is None:
            pytest.skip("This machine has no Java: veraPDF cannot run. All other checks of PDFs have run.")
        yield


def elements(pdf: pikepdf.Pdf, tag: str = "") -> list[Any]:
    """The elements of the structure in order, of one tag if named."""

    def walk(element: Any) -> Iterator[Any]:
        if isinstance(element, Dictionary) and "/S" in element:
            yield element
            kids: Any = element.get("/K", [])
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                if isinstance(kid, Dictionary):
                    yield from walk(kid)

    found = list(walk(pdf.Root.StructTreeRoot.K[0]))
    return [each for each in found if not tag or str(each.S) == f"/{tag}"]


def path_of(folder: Path, data: bytes) -> Path:
    file = folder / "file.pdf"
    file.write_bytes(data)
    return file
