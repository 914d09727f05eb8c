"""Records that point to several others: changed and told of like a field."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from isecg.versions import Record, change


def change_with_links(
    row: Record, *, version: int, links: dict[str, Iterable[models.Model]], **fields: Any
) -> tuple[Record, dict[str, list[Any]]]:
    """`isecg.versions.change` for fields and many-to-many `links` alike. Raises Stale, ValidationError."""
    row, changes = change(row, version=version, **fields)
    counted = bool(changes)
    for name, chosen in links.items():
        changes |= _set(row, name, chosen)
    if changes and not counted:
        row.version += 1
        row.save(update_fields=["version"])
    return row, changes


def _set(row: models.Model, name: str, chosen: Iterable[models.Model]) -> dict[str, list[Any]]:
    related = getattr(row, name)
    old, new = set(related.all()), set(chosen)
    if old == new:
        return {}
    related.set(new)
    return {name: [sorted(map(str, old)), sorted(map(str, new))]}
