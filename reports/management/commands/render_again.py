"""Whether an edition still gives the same bytes, here and now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from isecg.pdf.errors import CannotRender
from reports.models import Edition
from reports.rendering.again import Again, again, drawn_otherwise, is_whole


class Command(BaseCommand):
    help = "Make every copy of an edition again, from its snapshot alone, and compare SHA-256."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument("--edition", type=int, help="Without it: the newest one.")

    def handle(self, *args: Any, year: int, edition: int | None, **options: Any) -> None:
        """Prints a line a copy. Changes nothing; ends with code 1 and a sentence when any differs."""
        found = _edition(year, edition)
        if not is_whole(found):
            raise CommandError(f"{found}: the snapshot no longer matches its checksum.", returncode=1)
        try:
            made = [self._told(each) for each in again(found)]
        except CannotRender as error:
            raise CommandError(f"{found}: cannot be made again. {error.sentence}", returncode=1) from error
        if not all(each.same for each in made):
            raise CommandError(_why(found, made), returncode=1)
        self.stdout.write(f"{found}: the same bytes.")

    def _told(self, each: Again) -> Again:
        words = "the same" if each.same else f"made now {each.made}, kept {each.kept or 'nowhere'}"
        self.stdout.write(f"{each.copy}: {each.copy.sha256}, {words}")
        return each


def _edition(year: int, number: int | None) -> Edition:
    rows = Edition.objects.filter(report__year=year).select_related("report", "rendering", "snapshot")
    found = (rows.filter(number=number) if number is not None else rows.order_by("-number")).first()
    if found is None:
        raise CommandError(f"There is no such edition of the annual report {year}.", returncode=1)
    return found


def _why(edition: Edition, made: list[Again]) -> str:
    """A sentence on what differs, and on what explains it."""
    damaged = [each for each in made if each.kept != each.copy.sha256]
    differing = [each for each in made if each.made != each.copy.sha256]
    told = []
    if damaged:
        told.append(f"{len(damaged)} kept files are missing or damaged.")
    if differing:
        told.append(
            f"{len(differing)} of {len(made)} copies have other bytes than on the day they were made."
        )
    if differing and drawn_otherwise(edition):
        told.append(
            "What draws reports (templates, style sheets, fonts, versions or the portal's address) "
            "has changed since."
        )
    elif differing:
        told.append("Nothing that draws reports has changed since: this machine draws otherwise.")
    return f"{edition}: {' '.join(told)}"
