"""A portal with the facts, and one with the demonstration on top.

Each is loaded once per file and rolled back after it; what a test changes is rolled back after the test.
Pictures and layouts are small or left out: other tests look at them.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from PIL import Image

from isecg.pdf.check import Finished
from isecg.seed import illustrations
from reports import rendering
from reports.rendering import copies


@contextmanager
def loaded(blocker: Any, *commands: str) -> Iterator[None]:
    """The commands' records for as long as the block lasts."""
    with blocker.unblock(), transaction.atomic():
        for command in commands:
            call_command(command, stdout=io.StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def _facts(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with loaded(django_db_blocker, "load_reference"):
        yield


@pytest.fixture(scope="module")
def _demonstration(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    folder: Path = tmp_path_factory.mktemp("data")
    with (
        pytest.MonkeyPatch.context() as patch,
        override_settings(
            DEMO=True, SECOND_FACTOR_FOR_SECRETARIAT=False, DATA_DIR=folder, MEDIA_ROOT=folder / "media"
        ),
    ):
        quickly(patch, folder)
        with loaded(django_db_blocker, "load_reference", "load_demo"):
            yield


def quickly(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Take small plain pictures, and make an edition without a layout."""
    for number, name in enumerate(illustrations.SCENES):
        Image.new("RGB", (640, 400), (number * 13, 9, 9)).save(folder / f"{name}.webp")
    patch.setattr(illustrations, "FOLDER", folder)
    patch.setattr(
        copies, "make", lambda _row, printed, *_more: f"%PDF- {printed.code} {printed.variant}".encode()
    )
    patch.setattr(rendering, "look_at", lambda *_words, **_more: Finished(31, b"cover"))
    patch.setattr(rendering, "examine", lambda _pdf: [])


@pytest.fixture
def facts(_facts: None, db: None) -> None:
    """The sourced facts, loaded."""


@pytest.fixture
def demonstration(_demonstration: None, db: None) -> None:
    """The demonstration, loaded on top of the facts."""


@pytest.fixture
def row_counts() -> Callable[[], dict[str, int]]:
    """How many rows each table has, histories and the event log included."""
    return lambda: {model._meta.db_table: model._default_manager.count() for model in apps.get_models()}
