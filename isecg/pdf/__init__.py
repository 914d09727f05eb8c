"""What every PDF of the portal shares: from laying out to the checks of the finished, archival file.

`engine` lays out and writes (it imports WeasyPrint, so only workers import it); `fetcher` lets nothing in but
the portal's own files; `structure` mends the tags on the way; `fragments`, `join` and `typefaces` make one
file of parts; `archive` seals it as PDF/A-3a and PDF/UA-1; `check` and `conformance` look at the finished
file (`verapdf` with Java, `reading` always), in `sentences` that are told in the reader's language; `key`
names what draws. Each app adds its documents and its style sheets: `reports/pdf/`, `recommendations/pdf/`.
"""
