"""How an issued recommendation is cited: as text, BibTeX, RIS and CSL-JSON. Pure functions.

What is cited is what was issued (`Issue.content`), so that a citation never changes.
"""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

ISSUER = "International Space Exploration Coordination Group"
SERIES = "ISECG recommendation"
NOTE = "Legally non-binding"
ESCAPED = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}


@dataclass(frozen=True)
class Cited:
    """What a citation needs to know."""

    number: str
    title: str
    day: dt.date
    address: str


def cited(content: dict[str, Any], site: str, path: str) -> Cited:
    """From the content that was issued, and the address of the site."""
    day = dt.datetime.fromisoformat(content["issued_at"]).date()
    return Cited(content["number"], " ".join(content["title"].split()), day, site + path)


def text(it: Cited) -> str:
    """As people write it in a footnote."""
    day = f"{it.day:%d %B %Y}".lstrip("0")
    return f"{ISSUER}: {it.title}. {SERIES} {it.number}, {day}. {NOTE}. {it.address}"


def bibtex(it: Cited) -> str:
    """For LaTeX; what means something to it is escaped."""
    fields = {
        "author": "{" + ISSUER + "}",
        "title": "{" + _tex(it.title) + "}",
        "type": SERIES,
        "number": it.number,
        "institution": "ISECG",
        "year": f"{it.day:%Y}",
        "month": f"{it.day:%m}",
        "note": NOTE,
        "url": it.address,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    return "\n".join([f"@techreport{{isecg-{it.number},", *lines, "}"])


def _tex(words: str) -> str:
    return "".join(ESCAPED.get(letter, letter) for letter in words)


def ris(it: Cited) -> str:
    """For reference managers."""
    tags = [
        ("TY", "RPRT"),
        ("AU", ISSUER),
        ("TI", it.title),
        ("T2", SERIES),
        ("SN", it.number),
        ("PY", f"{it.day:%Y}"),
        ("DA", f"{it.day:%Y/%m/%d}"),
        ("PB", "ISECG"),
        ("N1", NOTE),
        ("UR", it.address),
        ("ER", ""),
    ]
    return "\n".join(f"{tag}  - {value}" for tag, value in tags)


def csl(it: Cited) -> str:
    """Citation Style Language, as JSON."""
    item = {
        "id": f"isecg-{it.number}",
        "type": "report",
        "title": it.title,
        "author": [{"literal": ISSUER}],
        "collection-title": SERIES,
        "number": it.number,
        "issued": {"date-parts": [[it.day.year, it.day.month, it.day.day]]},
        "publisher": "ISECG",
        "note": NOTE,
        "URL": it.address,
    }
    return json.dumps([item], indent=2, ensure_ascii=False)


def every(it: Cited) -> list[tuple[str, str]]:
    """(name of the form, citation)."""
    return [("BibTeX", bibtex(it)), ("RIS", ris(it)), ("CSL-JSON", csl(it))]
