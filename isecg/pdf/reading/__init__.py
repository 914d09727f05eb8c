"""How a finished PDF reads aloud: its structure tree as text, and what is wrong with it.

A validator asks whether tags are allowed, not whether they read well. `spoken` shows what a reader without
eyes gets, `paragraphs` its blocks of words in order, `findings` what a person would stumble over.
"""

from isecg.pdf.reading.findings import CHECKS, Finding, findings
from isecg.pdf.reading.tree import Part, paragraphs, read, spoken

__all__ = ["CHECKS", "Finding", "Part", "findings", "paragraphs", "read", "spoken"]
