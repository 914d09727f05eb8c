"""Figures as files: the same bytes beside the page and inside the PDF, in no reader's language."""

from typing import Any

from isecg.canonical import Content
from isecg.spreadsheets import as_csv
from reports.figures.registry import FIGURES


def csv_of(row: Content) -> bytes:
    """The rows that a figure of a snapshot (`content["figures"]`) counted."""
    columns = FIGURES[row["name"]].columns
    return as_csv(columns, ([_cell(each[column]) for column in columns] for each in row["rows"]))


def _cell(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def described(row: Content, content: Content, sha256: str) -> Content:
    """A figure with its definition in the language that is active, and where and when it was counted."""
    figure = FIGURES[row["name"]]
    return {
        "name": figure.name,
        "label": figure.label,
        "definition": str(figure.definition),
        "value": row["value"],
        "columns": list(figure.columns),
        "rows": row["rows"],
        "report": content["report"]["year"],
        "counted_on": content["report"]["period"]["last_day"],
        "snapshot": sha256,
    }
