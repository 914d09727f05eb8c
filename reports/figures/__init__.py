"""Every number a report prints: what it counts, in words, the rows it counted, and how.

Figures are counted from a snapshot's content alone, so that a reader can count again what was printed, and
anybody the records as they are now.
"""

from reports.figures.counting import Shown, counted, filled, quoted, shown, unknown
from reports.figures.differing import Difference, differing
from reports.figures.figure import Figure, Row
from reports.figures.registry import FIGURES, GROUPS

__all__ = [
    "FIGURES",
    "GROUPS",
    "Difference",
    "Figure",
    "Row",
    "Shown",
    "counted",
    "differing",
    "filled",
    "quoted",
    "shown",
    "unknown",
]
