"""The engine of recommendations. Workers only."""

from functools import cache
from pathlib import Path

from isecg.pdf.engine import Engine

SHEET = Path(__file__).with_name("recommendation.css")


@cache
def engine() -> Engine:
    """This process's engine for recommendations."""
    return Engine([SHEET])
