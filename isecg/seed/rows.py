"""Reading the seed files, and creating what is missing from them."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from django.db import models

from isecg.audit import services as audit
from isecg.versions import store

HERE = Path(__file__).parent
COMPOSED = "Composed for the demonstration; not an ISECG document"
PUT_TOGETHER = "Wording of the demonstration"
SHORT_NAME = re.compile(r"\[([A-Z0-9][A-Za-z0-9]*)\]")

Row = dict[str, Any]
Record = TypeVar("Record", bound=models.Model)


def read(kind: str) -> list[Row]:
    """The sourced rows of `reference/<kind>.toml`, in the file's order, with sources spelled out.

    Raises KeyError when a row has no source or names one that `sources.toml` does not have.
    """
    return [_tidy(row) for row in _rows(HERE / "reference" / f"{kind}.toml")]


def composed(kind: str) -> list[Row]:
    """The rows of `demonstration/<kind>.toml`; each says in its source that it was composed."""
    return [
        _tidy({**row, "source": _composition(row)}) for row in _rows(HERE / "demonstration" / f"{kind}.toml")
    ]


def composition(row: Row) -> str:
    """The source of a composed row, or of a part of one, with short names spelled out."""
    return str(_tidy({"source": _composition(row)})["source"])


def _composition(row: Row) -> str:
    return f"{row['source']}. {PUT_TOGETHER}" if "source" in row else COMPOSED


def _rows(path: Path) -> list[Row]:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    return [row for kind in content.values() for row in kind]


def _tidy(row: Row) -> Row:
    words = {name: value.strip() if isinstance(value, str) else value for name, value in row.items()}
    return {**words, "source": SHORT_NAME.sub(lambda found: sources()[found[1]], words["source"])}


@cache
def sources() -> Mapping[str, str]:
    """Short names of public pages."""
    return tomllib.loads((HERE / "reference" / "sources.toml").read_text(encoding="utf-8"))


def dated(row: Row) -> Row:
    """The row with `precision` under the name of the column it belongs to."""
    column = "start_precision" if "start" in row else "day_precision"
    return {column if name == "precision" else name: value for name, value in row.items()}


def missing(model: type[models.Model], found: list[Row], key: list[str]) -> list[Row]:
    """Those of the rows whose `key` never stood in the model's table.

    The history is asked, not the table: what people changed or removed does not come back.
    """
    history: Any = model.pgh_event_model  # type: ignore[attr-defined]
    columns = [model._meta.get_field(name).attname for name in key]  # type: ignore[union-attr]
    known = set(history.objects.values_list(*columns))
    return [row for row in found if tuple(getattr(row[name], "pk", row[name]) for name in key) not in known]


def add_missing(model: type[Record], found: list[Row], key: list[str]) -> list[Record]:
    """Create the `missing` rows by the portal itself; leave all else alone.

    Rows are checked as a form would check them, and each is written to the event log as loaded. Returns the
    new records. Call inside a transaction. Raises ValidationError.
    """
    return [_add(model, row) for row in missing(model, found, key)]


def _add(model: type[Record], row: Row) -> Record:
    """The record; a list in the row is what it links to."""
    links = {name: value for name, value in row.items() if isinstance(value, list)}
    record = store(model(**{name: value for name, value in row.items() if name not in links}))
    for name, linked in links.items():
        getattr(record, name).set(linked)
    audit.record(by=None, verb="load", what=record, why=getattr(record, "source", ""))
    return record
