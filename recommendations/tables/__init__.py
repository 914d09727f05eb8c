"""The comment table as files: the same cells, in the same order, for XLSX, DOCX and PDF.

`cells` makes words of rows (no query), `xlsx` and `docx` write them; the PDF is a print.
"""
