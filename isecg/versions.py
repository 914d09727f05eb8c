"""Lost updates are refused: an edit form carries the version it was opened with."""

from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction


class Stale(Exception):
    """Somebody saved this record after the form was opened. `current` is the record as it stands."""

    def __init__(self, current: models.Model) -> None:
        super().__init__(f"{current} was changed meanwhile")
        self.current = current


class Versioned(models.Model):
    """A record that people edit in a form; `version` counts its savings."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


Record = TypeVar("Record", bound=Versioned)
Model = TypeVar("Model", bound=models.Model)


def lock(record: Record, version: int) -> Record:
    """The record, locked until the transaction ends, if it still is at `version`.

    Raises Stale with the current record otherwise. Call inside a transaction.
    """
    current = type(record)._default_manager.select_for_update().get(pk=record.pk)
    if current.version != version:
        raise Stale(current)
    return current


def change(record: Record, *, version: int, **fields: Any) -> tuple[Record, dict[str, list[Any]]]:
    """Set `fields` on the record if it still is at `version`; returns it with {field: [old, new]}.

    Raises Stale. Call inside a transaction; constraints speak through `full_clean`.
    """
    current = lock(record, version)
    changes = {
        name: [getattr(current, name), value]
        for name, value in fields.items()
        if getattr(current, name) != value
    }
    if changes:
        for name, (_, value) in changes.items():
            setattr(current, name, value)
        current.version += 1
        store(current, update_fields=[*changes, "version"])
    return current, changes


def store(record: Model, **saving: Any) -> Model:
    """Save a record that keeps every rule; raises ValidationError with the rule's sentence otherwise.

    A rule that two people break together, each unseen by the other, is caught by the database: the second
    then reads the same sentence. Call inside a transaction.
    """
    record.full_clean()
    try:
        with transaction.atomic():
            record.save(**saving)
    except IntegrityError:
        record.full_clean()
        raise
    return record
