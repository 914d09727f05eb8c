"""The tags of a PDF, mended while it is written: what validates as WeasyPrint tags it does not yet read well.

As it comes, a paragraph or table that a page break splits is two; running heads and repeated table heads are
read out; notes stand at the foot of the page, far from the words they belong to; a figure and its caption are
apart; header cells say nothing of what they head. `hints` notes down, while WeasyPrint tags, which element
each tag was made from; `tree` reads the tags and writes them back; the others mend what lies between.

WeasyPrint has no public place for this. Its version is pinned exactly, and the validator is the gate.
"""

import pydyf
from weasyprint import Document

from isecg.pdf.structure import figures, hints, joining, notes, tables, texts, tree

__all__ = ["mend"]

hints.install()


def mend(document: Document, pdf: pydyf.PDF) -> None:
    """Make the tags of a PDF that is about to be written read well; a finisher for `Document.write_pdf`."""
    told = hints.of(pdf)
    root = tree.read(pdf, told)
    found = notes.taken_out(root)
    joining.dissolve(root)
    joining.join(root)
    for note in found:
        joining.dissolve(note)
    found = notes.joined(found)
    for top in (root, *found):
        texts.arrange(top)
        figures.arrange(top)
        tables.arrange(top)
        joining.prune(top)
    notes.put_back(root, found)
    tree.write(pdf, root, told)
    texts.spell(document, pdf, told)
