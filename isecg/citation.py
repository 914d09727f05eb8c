"""How a work of the group is cited: in words, for BibTeX, RIS, and as CSL-JSON. Pure, but for `as_file`.

`FORMS` are the four forms by the ending of their file; templates/components/citations.html shows them.
"""

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from isecg.access import Sentence

AUTHOR = "International Space Exploration Coordination Group (ISECG)"
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
    series: str = ""


def words(work: Work) -> str:
    """One line for a list of references."""
    edition = f", {work.edition}" if work.edition else ""
    series = f"{work.series} {work.number}. " if work.series else ""
    note = f"{_line(work.note)}. " if work.note else ""
    return (
        f"{work.author} ({work.day.year}): {_line(work.title)}{edition}. {series}"
        f"{work.place}: {work.publisher}, {work.day.day} {work.day:%B %Y}. {note}{work.address}"
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
        "type": _tex(work.series),
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
        ("T2", work.series),
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
        "collection-title": work.series,
        "number": work.number,
        "language": work.language,
        "note": _line(work.note),
        "URL": work.address,
    }
    return [{name: value for name, value in fields.items() if value}]


def csl_json(work: Work) -> str:
    """`csl` as text."""
    return json.dumps(csl(work), ensure_ascii=False, indent=2) + "\n"


@dataclass(frozen=True)
class Form:
    """One way to cite: what it is called, who writes it, and what its file is."""

    name: Sentence
    write: Callable[[Work], str]
    kind: str


FORMS = {
    "txt": Form(_("In words"), words, "text/plain; charset=utf-8"),
    "bib": Form("BibTeX", bibtex, "application/x-bibtex; charset=utf-8"),
    "ris": Form("RIS", ris, "application/x-research-info-systems; charset=utf-8"),
    "json": Form("CSL-JSON", csl_json, "application/vnd.citationstyles.csl+json"),
}


class Ending:
    """The ending of a citation's file, in an address."""

    regex = "|".join(FORMS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


@dataclass(frozen=True)
class Cited:
    """A citation in one form, as its page shows it: `address` is that of its file."""

    name: Sentence
    ending: str
    text: str
    address: str
    language: str


def every(work: Work, address: Callable[[str], str]) -> list[Cited]:
    """All four; `address` gives the one of the file with an ending."""
    return [
        Cited(form.name, ending, form.write(work), address(ending), work.language)
        for ending, form in FORMS.items()
    ]


def as_file(work: Work, ending: str, name: str) -> HttpResponse:
    """One of the four as a file called `name`."""
    form = FORMS[ending]
    response = HttpResponse(form.write(work), content_type=form.kind)
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response


def _line(text: str) -> str:
    """One line without signs that steer: a line's end would begin another field."""
    return " ".join("".join(c for c in text if unicodedata.category(c) != "Cf").split())


def _tex(text: str) -> str:
    return "".join(SPECIAL.get(sign, sign) for sign in _line(text))


def _key(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9:-]+", "-", text)
