"""Renderings and previews, in the worker."""

import gc

from celery.signals import worker_process_init

from isecg.celery import readies
from isecg.jobs import helps, performs
from reports.models import Paper, Preview, Rendering


@performs(Rendering)
def render(rendering: Rendering) -> None:
    """Make the PDF of the rendering's snapshot (see `reports.rendering.perform`)."""
    from reports import rendering as work  # WeasyPrint, which web processes never import

    work.perform(rendering)


@helps(Rendering)
def lay_out_parts(rendering: Rendering) -> None:
    """Take a share of a rendering that another worker is at (see `reports.rendering.work`)."""
    from isecg.pdf.engine import undisturbed
    from reports.rendering.work import help_with

    with undisturbed():
        help_with(rendering)


@performs(Preview)
def draw(preview: Preview) -> None:
    """Draw the pages of a chapter that somebody is writing (see `reports.rendering.previews.perform`)."""
    from reports.rendering import previews  # WeasyPrint again

    previews.perform(preview)


@readies
def import_once() -> None:
    """What renderings and previews import, and the checksum of all that draws."""
    from isecg.pdf.key import drawing
    from reports.pdf.key import DRAWING
    from reports.rendering import previews  # noqa: F401

    drawing(*DRAWING)


@worker_process_init.connect
def warm_up(**_: object) -> None:
    """Read fonts and style sheets when a child starts, rather than in its first rendering, and keep the
    garbage collector away from them."""
    from reports.pdf.engine import engine

    for paper in Paper.values:
        engine(paper)
    gc.collect()
    gc.freeze()
