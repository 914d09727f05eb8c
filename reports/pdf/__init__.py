"""From a snapshot's content to the bytes of a PDF: chapters, templates, style sheet, fonts, checks.

`chapters` says what each part needs; `engine` lays out and writes (it imports WeasyPrint, so only workers
import it); `fetcher` lets nothing in but the report's own files; `check` looks at the finished file; `key`
names the content.
"""
