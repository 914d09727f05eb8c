"""Redline: two texts as one, word by word, for screen and PDF alike. Pure functions.

`compare` holds two texts of one paragraph against each other; `redline` two revisions, paragraph by
paragraph as the concordance has them. Moved paragraphs are moved, not removed and added; words whose
formatting alone has changed are marked as that.
"""

from recommendations.redline.blocks import Block, redline
from recommendations.redline.runs import Op, Run, compare

__all__ = ["Block", "Op", "Run", "compare", "redline"]
