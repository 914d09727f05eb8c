"""Faults are tried on a portal of their own: what is killed here nobody else needs."""

from collections.abc import Iterator

import pytest

from tests.live import Live, live


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    quick = {"DJANGO_SETTINGS_MODULE": "tests.faults.unvalidated"}
    with live(tmp_path_factory, "faults", **quick) as running:
        yield running
