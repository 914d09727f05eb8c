"""Snapshots of earlier schemas, read as if they were of today's. What they did not say stays unsaid."""

from isecg.canonical import Content
from reports import figures

REPORT = {"cover": None, "arrangement": "agency"}
HIGHLIGHT = {"destination": "", "activities": [], "recommendations": []}
ITEM: Content = {"dropped": None, "changes": []}
LISTS = (
    "activities",
    "goals_kept",
    "goals_record",
    "meetings",
    "nothing_to_report",
    "recommendations",
    "sections",
)


def upgrade(content: Content) -> Content:
    """The content in today's schema; unchanged if it is. Pure: a stored snapshot stays as it is."""
    if content["schema"] >= 2:
        return content
    told = {
        **content,
        **{name: [] for name in LISTS},
        "schema": 2,
        "report": REPORT | content["report"],
        "highlights": [_highlight(row) for row in content["highlights"]],
        "work_items": [ITEM | row for row in content["work_items"]],
        "goals": [{"continues": None} | row for row in content["goals"]],
    }
    return {**told, "figures": figures.counted(told)}


def _highlight(row: Content) -> Content:
    picture = row["photograph"]
    return {**HIGHLIGHT, **row, "photograph": picture and {"focal": [50, 50]} | picture}
