"""What every PDF of the portal shares: engine, fonts, general typography, checks of the finished file.

`engine` lays out and writes (it imports WeasyPrint, so only workers import it); `fetcher` lets nothing in
but the portal's own files; `check` looks at the finished file; `key` names what draws. Each app adds its
documents and its style sheet: `reports/pdf/`, `recommendations/pdf/`.
"""
