"""Counting all figures of a content, quoting them in texts, and showing them in templates."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from isecg.canonical import Content
from reports.figures.registry import FIGURES

QUOTE = re.compile(r"\[\[\s*([^\[\]\n]{0,60}?)\s*\]\]")


def counted(content: Content) -> list[Content]:
    """Every figure of a snapshot's content: name, value, and the rows it counted, by name. Pure."""
    found = []
    for name in sorted(FIGURES):
        rows = list(FIGURES[name].rows(content))
        found.append({"name": name, "value": FIGURES[name].value(rows), "rows": rows})
    return found


def quoted(text: str) -> list[str]:
    """The names a text quotes as `[[name]]`, each once, in order."""
    return list(dict.fromkeys(QUOTE.findall(text)))


def unknown(text: str) -> list[str]:
    """Those of them that no figure has."""
    return [name for name in quoted(text) if name not in FIGURES]


def filled(text: str, values: dict[str, int]) -> str:
    """The text with the values in the place of the names; a name without a value stays as it is."""
    return QUOTE.sub(lambda quote: str(values.get(quote[1], quote[0])), text)


@dataclass(frozen=True)
class Shown:
    """A figure as a report prints it. `address` leads to its working: definition, rows, day."""

    name: str
    value: int
    words: str
    address: str


def shown(content: Content, number: int | None = None, base: str = "") -> dict[str, Shown]:
    """The figures of a snapshot's content by name, in the language that is active, for the templates' tag
    `{% figure %}`. `number` is the edition's; `base` is put before the addresses (the site's, on paper)."""
    return dict(_shown(content, number, base))


def _shown(content: Content, number: int | None, base: str) -> Iterable[tuple[str, Shown]]:
    query = f"?edition={number}" if number else ""
    for row in content["figures"]:
        if figure := FIGURES.get(row["name"]):
            path = reverse("reports:figure", args=[content["report"]["year"], figure.name])
            words = figure.words(row["value"])
            yield figure.name, Shown(figure.name, row["value"], words, f"{base}{path}{query}")
