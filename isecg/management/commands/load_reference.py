"""Load the sourced facts: agencies with names and memberships, chair terms, missions, meetings, documents,
highlights."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, models, transaction

from agencies.models import Activity, Agency, AgencyName, ChairTerm, Membership
from isecg.seed import rows
from reports.models import Document, Highlight, Meeting

# Kind, model, natural key, in the order in which they need each other.
KINDS: list[tuple[str, type[models.Model], list[str]]] = [
    ("agencies", Agency, ["slug"]),
    ("names", AgencyName, ["agency", "start"]),
    ("memberships", Membership, ["agency", "start"]),
    ("chair_terms", ChairTerm, ["start"]),
    ("activities", Activity, ["slug"]),
    ("meetings", Meeting, ["slug"]),
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
    found = [_with_seats(rows.dated(row), seats) for row in rows.read(kind)]
    return rows.add_missing(model, found, key)


def _with_seats(row: rows.Row, seats: dict[str, Agency]) -> rows.Row:
    """The row with agencies in place of their addresses."""
    one = {name: seats[row[name]] for name in ("agency", "host") if name in row}
    several = {"agencies": [seats[slug] for slug in row["agencies"]]} if "agencies" in row else {}
    return row | one | several
