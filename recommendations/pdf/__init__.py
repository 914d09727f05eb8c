"""From the content of a print to the HTML that WeasyPrint lays out: a text, a redline, a comment table.

`document` makes the HTML, `engine` is `isecg.pdf`'s with our sheet (only workers import it), `key` names the
content. No query anywhere: all that a print says is in its content.
"""
