"""From a snapshot's content to the bytes of a PDF: chapters, templates, style sheet.

`chapters` says what each part needs; `engine` is `isecg.pdf`'s with the report's sheet (only workers import
it); `fetcher` lets in the report's own photographs; `key` names the content.
"""
