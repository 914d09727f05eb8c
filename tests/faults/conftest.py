"""Faults are tried on a portal of their own: what is killed here nobody else needs."""

from collections.abc import Iterator

import pytest

from tests.live import Live, live


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/faults/" in item.path.as_posix():
            item.add_marker(pytest.mark.xdist_group("faults"))


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with live(tmp_path_factory.mktemp("faults")) as running:
        yield running
