"""Paragraph lineage: what a text's paragraphs are, and which of them an earlier text had already.

Pure functions: Markdown in, paragraphs with numbers out (`parse`, the grammar stands there); two texts in,
permanent keys and a concordance out (`align`, `between`).
"""

from recommendations.lineage.concordance import Change, Row, between
from recommendations.lineage.keys import Alignment, align
from recommendations.lineage.parts import Keyed, Part, TooDeep, parse, with_keys

__all__ = [
    "Alignment",
    "Change",
    "Keyed",
    "Part",
    "Row",
    "TooDeep",
    "align",
    "between",
    "parse",
    "with_keys",
]
