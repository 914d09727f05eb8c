"""Renderings and previews, in the worker."""

from celery.signals import worker_process_init

from isecg.jobs import performs
from reports.models import Preview, Rendering


@performs(Rendering)
def render(rendering: Rendering) -> None:
    """Make the PDF of the rendering's snapshot (see `reports.rendering.perform`)."""
    from reports import rendering as work  # WeasyPrint, which web processes never import

    work.perform(rendering)


@performs(Preview)
def draw(preview: Preview) -> None:
    """Draw the pages of a chapter that somebody is writing (see `reports.rendering.previews.perform`)."""
    from reports.rendering import previews  # WeasyPrint again

    previews.perform(preview)


@worker_process_init.connect
def warm_up(**_: object) -> None:
    """Read fonts and style sheet when a child starts, rather than in its first rendering."""
    from reports.pdf.engine import engine

    engine()
