"""Prints, in the worker."""

from isecg.celery import readies
from isecg.jobs import performs
from recommendations.models import Print


@performs(Print)
def make(wanted: Print) -> None:
    """Make the PDF of a print (see `recommendations.rendering.perform`)."""
    from recommendations import rendering as work  # WeasyPrint, which web processes never import

    work.perform(wanted)


@readies
def import_once() -> None:
    """What prints import."""
    from recommendations import rendering  # noqa: F401
