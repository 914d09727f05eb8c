"""Load the sourced facts: agencies, names, memberships, chair terms, documents, highlights."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, models, transaction

from agencies.models import Agency, AgencyName, ChairTerm, Membership
from isecg.seed import rows
from reports.models import Document, Highlight

# Kind, model, natural key, in the order in which they need each other.
KINDS: list[tuple[str, type[models.Model], list[str]]] = [
    ("agencies", Agency, ["slug"]),
    ("names", AgencyName, ["agency", "start"]),
    ("memberships", Membership, ["agency", "start"]),
    ("chair_terms", ChairTerm, ["start"]),
    ("documents", Document, ["slug"]),
    ("highlights", Highlight, ["agency", "day", "title"]),
]


class Command(BaseCommand):
    """Creates what is missing in one transaction; what exists, or was taken out by people, is left alone."""

    help = "Load the sourced facts about ISECG. What people wrote, changed or removed is left alone."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                counts = {kind: len(_load(kind, model, key)) for kind, model, key in KINDS}
        except (ValidationError, IntegrityError) as error:
            words = "; ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            raise CommandError(
                f"The facts do not fit what is in this portal; nothing was loaded. {words}"
            ) from error
        new = ", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in counts.items() if count)
        self.stdout.write(f"Facts: {new or 'nothing'} added.")


def _load(kind: str, model: type[models.Model], key: list[str]) -> list[models.Model]:
    seats = Agency.objects.in_bulk(field_name="slug")
    found = [_with_seat(rows.dated(row), seats) for row in rows.read(kind)]
    return rows.add_missing(model, found, key)


def _with_seat(row: rows.Row, seats: dict[str, Agency]) -> rows.Row:
    """The row with the agency in place of its address."""
    return {**row, "agency": seats[row["agency"]]} if "agency" in row else row
