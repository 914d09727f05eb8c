"""The sheet for delegations that work offline: written, read back, recognised row by row.

`columns` says what the columns mean and how their headers may read; `marks` are the hidden signs by which
a sheet and its rows are known again; `write` makes the file; `guard` and `read` take a file from anybody;
`places` and `recognise` (pure) say what each row is.
"""
