"""The files that go along inside a report's PDF: its data, their schema, and the working of every number."""

import json

from django.utils.translation import gettext as _
from django.utils.translation import override

from isecg.canonical import Content, canonical
from isecg.pdf.archive import Attachment
from reports.figures import FIGURES
from reports.figures.files import csv_of, described
from reports.snapshot import SCHEMA, upgrade


def attachments(content: Content, sha256: str) -> list[Attachment]:
    """The same content gives the same files, whatever the language of the copy. `sha256` is the snapshot's,
    and that of the first file."""
    with override(content["language"]):
        told = upgrade(content)
        figures = [row for row in told["figures"] if row["name"] in FIGURES]
        return [_snapshot(content), _schema(), _figures(figures, told, sha256), *map(_csv, figures)]


def _snapshot(content: Content) -> Attachment:
    words = _("Everything this report says, as data: it was made from this alone.")
    return Attachment("snapshot.json", "application/json", canonical(content), words, "Source")


def _schema() -> Attachment:
    words = _("What every snapshot fits, as JSON Schema.")
    return Attachment(
        "snapshot.schema.json", "application/schema+json", SCHEMA.read_bytes(), words, "Supplement"
    )


def _figures(figures: list[Content], content: Content, sha256: str) -> Attachment:
    told = [described(row, content, sha256) for row in figures]
    data = json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True).encode()
    words = _("Every number of this report: definition, value, rows counted.")
    return Attachment("figures.json", "application/json", data, words, "Data")


def _csv(row: Content) -> Attachment:
    figure = FIGURES[row["name"]]
    words = _("%(figure)s: the rows counted") % {"figure": figure.label}
    return Attachment(f"figure-{figure.name}.csv", "text/csv", csv_of(row), words, "Data")
