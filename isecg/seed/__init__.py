"""The facts and the demonstration that a new portal starts with.

`reference/` holds sourced facts about ISECG, one TOML file per kind; `manage.py load_reference` loads them.
`demonstration/` holds what was composed to show the portal at work: accounts, a work plan, highlights, goals
and two annual reports; `manage.py load_demo` loads it, and only where DEMO=1.

How to correct a fact
---------------------
- In a portal that runs: in the browser, as the secretariat. Loading again never undoes that: a row whose
  natural key (such as an agency's address or the first day of a chair term) ever stood in the table, as its
  history tells, is not created again, even if people have changed or removed it since. No row is changed.
- For portals to come: in the TOML file. Change the row and its `source`. Short names in square brackets are
  spelled out in `reference/sources.toml`.

What the rows keep to
---------------------
- Every row has a `source`: the public page on which it was read. "[GK]" marks general knowledge.
- What is not known stays empty. A day that is known by its year or month says so in `precision`; "by" is a
  day by which something had begun. No person is named who is not named in the source.
- What was composed for the demonstration says so in its `source`, and on the cover of its reports.
"""
