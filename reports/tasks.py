"""Renderings, in the worker."""

from isecg.jobs import performs
from reports.models import Rendering


@performs(Rendering)
def render(rendering: Rendering) -> None:
    """Make the PDF of the rendering's snapshot (see `reports.rendering.perform`)."""
    from reports import rendering as work  # WeasyPrint, which web processes never import

    work.perform(rendering)
