"""What a PDF's bytes depend on is in its key: packages, and the machine's own libraries."""

import re
from collections.abc import Callable, Iterator

import pytest

from isecg.pdf import key


@pytest.fixture
def fresh() -> Iterator[Callable[[], bytes]]:
    """The key of all that draws, found anew."""

    def found() -> bytes:
        key.drawing.cache_clear()
        return key.drawing()

    yield found
    key.drawing.cache_clear()


def test_the_machines_own_libraries_are_those_that_draw() -> None:
    from weasyprint.text.ffi import pango  # importing it is what the key spares web processes

    told = dict(row.split(" ", 1) for row in key.libraries())
    major, minor, micro = (int(part) for part in told["libpango-1.0.so.0"].split("."))
    assert pango.pango_version() == major * 10000 + minor * 100 + micro
    assert re.fullmatch(r"[\d.]+", told["libharfbuzz.so.0"])
    assert told["libz.so.1"][0].isdigit()


def test_another_library_is_another_key(fresh: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    before = fresh()
    assert fresh() == before
    monkeypatch.setattr(key, "libraries", lambda: ["libpango-1.0.so.0 99.0.0"])
    assert fresh() != before


def test_a_library_that_is_missing_is_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key, "LIBRARIES", {"libnowhere.so.7": "version"})
    assert list(key.libraries()) == ["libnowhere.so.7 is not here"]
