"""A QR code as a drawing like any other."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import segno

from isecg.drawing import Box, Drawing

MODULE = 10
QUIET = 4  # modules left free around it, as the standard asks
INK, GROUND = "#101a2e", "#ffffff"  # in dark schemes, too: readers of codes want dark on light


def code(words: str, title: str, description: str) -> Drawing:
    """The code that says `words`, readable with a seventh of it lost."""
    matrix = segno.make(words, error="m", micro=False).matrix
    side = (len(matrix) + 2 * QUIET) * MODULE
    drawing = Drawing(title=title, description=description, width=side, height=side)
    drawing.grounds.append(Box(0, 0, side, side, GROUND))
    # Along the rows, and along the columns over it: so no hairline shows between two rows.
    drawing.boxes += [Box(x, y, width, MODULE, INK) for x, y, width in _runs(matrix)]
    columns = list(zip(*matrix, strict=True))
    drawing.boxes += [Box(x, y, MODULE, height, INK) for y, x, height in _runs(columns) if height > MODULE]
    return drawing


def _runs(lines: Sequence[Sequence[int]]) -> Iterator[tuple[int, int, int]]:
    """(along, across, length) of each stretch of dark modules."""
    for across, line in enumerate(lines):
        for dark, run in groupby(enumerate(line), key=lambda module: bool(module[1])):
            places = [place for place, _dark in run]
            if dark:
                yield (places[0] + QUIET) * MODULE, (across + QUIET) * MODULE, len(places) * MODULE
