"""How a work of the group is cited: in words, for BibTeX, RIS, and as CSL-JSON. Pure."""

import datetime as dt
import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

# What BibTeX would read as its own signs.
SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
SPECIAL |= {sign: f"\\{sign}" for sign in "&%$#_"}


@dataclass(frozen=True)
class Work:
    """What is cited. `key` is its name in a bibliography, `address` leads to exactly this version."""

    key: str
    title: str
    author: str
    place: str
    publisher: str
    day: dt.date
    edition: str
    address: str
    number: str = ""
    language: str = "en"
    note: str = ""


def words(work: Work) -> str:
    """One line for a list of references."""
    edition = f", {work.edition}" if work.edition else ""
    return (
        f"{work.author} ({work.day.year}): {_line(work.title)}{edition}. "
        f"{work.place}: {work.publisher}, {work.day:%d %B %Y}. {work.address}"
    )


def bibtex(work: Work) -> str:
    """An entry of type `techreport`, braces keep names and capitals as they are."""
    fields = {
        "author": f"{{{_tex(work.author)}}}",
        "title": f"{{{_tex(work.title)}}}",
        "institution": _tex(work.publisher),
        "address": _tex(work.place),
        "year": str(work.day.year),
        "month": f"{work.day:%b}".lower(),
        "number": _tex(work.number),
        "edition": _tex(work.edition),
        "url": work.address,
        "note": _tex(work.note),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@techreport{{{_key(work.key)},\n" + ",\n".join(lines) + "\n}\n"


def ris(work: Work) -> str:
    """A record of type RPRT; lines end as the format asks, with CR LF."""
    fields = [
        ("TY", "RPRT"),
        ("AU", work.author),
        ("TI", work.title),
        ("PY", str(work.day.year)),
        ("DA", f"{work.day:%Y/%m/%d}"),
        ("PB", work.publisher),
        ("CY", work.place),
        ("ET", work.edition),
        ("SN", work.number),
        ("LA", work.language),
        ("N1", work.note),
        ("UR", work.address),
        ("ER", ""),
    ]
    return "".join(f"{name}  - {_line(value)}\r\n" for name, value in fields if value or name == "ER")


def csl(work: Work) -> list[dict[str, Any]]:
    """As citation programs exchange it (CSL-JSON)."""
    fields = {
        "id": _key(work.key),
        "type": "report",
        "title": _line(work.title),
        "author": [{"literal": _line(work.author)}],
        "issued": {"date-parts": [[work.day.year, work.day.month, work.day.day]]},
        "publisher": work.publisher,
        "publisher-place": work.place,
        "edition": work.edition,
        "number": work.number,
        "language": work.language,
        "note": _line(work.note),
        "URL": work.address,
    }
    return [{name: value for name, value in fields.items() if value}]


def csl_json(work: Work) -> str:
    """`csl` as text."""
    return json.dumps(csl(work), ensure_ascii=False, indent=2) + "\n"


def _line(text: str) -> str:
    """One line without signs that steer: a line's end would begin another field."""
    return " ".join("".join(c for c in text if unicodedata.category(c) != "Cf").split())


def _tex(text: str) -> str:
    return "".join(SPECIAL.get(sign, sign) for sign in _line(text))


def _key(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9:-]+", "-", text)
