"""A QR code as a drawing like any other."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import segno

from isecg.drawing import Area, Box, Drawing

MODULE = 10
QUIET = 4  # modules left free around it, as the standard asks
INK, GROUND = "#101a2e", "#ffffff"  # in dark schemes, too: readers of codes want dark on light


def code(words: str, title: str, description: str) -> Drawing:
    """The code that says `words`, readable with a seventh of it lost."""
    matrix = segno.make(words, error="m", micro=False).matrix
    side = (len(matrix) + 2 * QUIET) * MODULE
    drawing = Drawing(title=title, description=description, width=side, height=side)
    drawing.grounds.append(Box(0, 0, side, side, GROUND))
    drawing.areas.append(Area(tuple(_runs(matrix)), INK))
    return drawing


def _runs(lines: Sequence[Sequence[int]]) -> Iterator[tuple[int, int, int, int]]:
    """Each stretch of dark modules as a box."""
    for across, line in enumerate(lines):
        for dark, run in groupby(enumerate(line), key=lambda module: bool(module[1])):
            places = [place for place, _dark in run]
            if dark:
                x, y = ((place + QUIET) * MODULE for place in (places[0], across))
                yield x, y, len(places) * MODULE, MODULE
