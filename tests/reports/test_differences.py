"""What two snapshots say differently: every value that can differ is said, by record and in words."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from recommendations.redline import Op
from reports.differences import Entry, What, differences
from tests.reports import contents

Path = tuple[Any, ...]
FRAME = ("schema", "language", "figures")


def leaves(value: Any, path: Path = ()) -> Iterator[Path]:
    """Where values stand in a content."""
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, child in children:
        yield from leaves(child, (*path, key))
    if not isinstance(value, dict | list):
        yield path


def changed(content: dict[str, Any], path: Path) -> dict[str, Any]:
    """The content with another value there."""
    content = copy.deepcopy(content)
    place: Any = content
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = other(place[path[-1]], path)
    return content


def other(value: Any, path: Path) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if path[-1] == "precision":
        return "year" if value != "year" else "day"
    if path[-1] in NULLS and value is None:
        return NULLS[path[-1]]
    if isinstance(value, str) and len(value) == 10 and value[4] == "-":
        return "2024-02-03"
    return f"{value or ''}x"


NULLS = {
    "photograph": contents.photograph("d"),
    "dropped": {"on": "2025-05-05", "decision": "Plenary"},
    "left": contents.day("2025-05-05"),
    "joined": contents.day("2025-05-05"),
    "end": contents.day("2025-05-05"),
    "last_day": "2025-05-05",
    "decided_on": "2025-05-05",
    "continued_by": {"year": 2026, "number": 9},
}
PATHS = [path for path in leaves(contents.full()) if path[0] not in FRAME]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: ".".join(map(str, path)))
def test_every_value_that_differs_is_said(path: Path) -> None:
    old = contents.full()
    parts = {part.key: part for part in differences(old, changed(old, path))}
    entries = parts[path[0]].entries
    assert entries
    assert all(entry.values for entry in entries if entry.what == What.CHANGED)


def entries(**instead: Any) -> list[Entry]:
    """What a content with `instead` says otherwise than the full one, figures apart."""
    parts = differences(contents.full(), contents.full(**instead))
    return [entry for part in parts if part.key != "figures" for entry in part.entries]


def highlights(*rows: Any) -> dict[str, Any]:
    return {"highlights": list(rows)}


HIGHLIGHTS = contents.RECORDS["highlights"]


def test_the_same_content_has_no_differences() -> None:
    assert differences(contents.full(), contents.full()) == []


def test_a_changed_highlight_is_named_in_words_with_a_redline() -> None:
    first = {**HIGHLIGHTS[1], "text": "It landed hard.\n\nSoftly."}
    (entry,) = entries(**highlights(HIGHLIGHTS[0], first, HIGHLIGHTS[2]))
    assert (entry.what, entry.name) == (What.CHANGED, "Highlight “Landing 2” of JAXA")
    (value,) = entry.values
    inserted = [run.text.strip() for block in value.blocks for run in block.runs if run.op == Op.INSERTED]
    assert inserted == ["hard"]


def test_a_record_that_came_is_said_with_its_text() -> None:
    (entry,) = entries(**highlights(*HIGHLIGHTS, contents.highlight(9)))
    assert (entry.what, entry.name) == (What.ADDED, "Highlight “Landing 9” of DLR")
    assert [value.label for value in entry.values] == ["Text"]


def test_a_record_that_went_is_said() -> None:
    (entry,) = entries(**highlights(*HIGHLIGHTS[:2]))
    assert (entry.what, entry.name) == (What.REMOVED, "Highlight “Landing 3” of DLR")


def test_the_record_that_was_moved_is_said_and_no_other() -> None:
    (entry,) = entries(**highlights(HIGHLIGHTS[2], *HIGHLIGHTS[:2]))
    assert (entry.what, entry.name) == (What.MOVED, "Highlight “Landing 3” of DLR")


def test_days_and_codes_are_said_as_people_read_them() -> None:
    items = [contents.item("WP-01", due="2026-07-31", status="late"), *contents.RECORDS["work_items"][1:]]
    (entry,) = entries(work_items=items)
    assert entry.name == "Work item WP-01, Roadmap update"
    assert [(value.label, value.before, value.after) for value in entry.values] == [
        ("Status", "on track", "late"),
        ("Due", "30 June 2026", "31 July 2026"),
    ]


def test_a_figure_is_said_when_its_number_changes_and_not_for_its_rows() -> None:
    renamed = contents.full(documents=[{**contents.RECORDS["documents"][0], "title": "Another"}])
    assert "figures" not in [part.key for part in differences(contents.full(), renamed)]
    figures = next(
        part for part in differences(contents.full(), contents.full(documents=[])) if part.key == "figures"
    )
    (entry,) = figures.entries
    assert entry.name == "Documents released"
    assert [(value.before, value.after) for value in entry.values] == [("1", "0")]


def test_a_text_too_deep_to_take_apart_is_still_compared() -> None:
    deep = "> " * 60 + "deep"
    (entry,) = entries(report={**contents.REPORT, "foreword": deep})
    (value,) = entry.values
    assert not value.blocks
    assert any(run.op == Op.INSERTED for run in value.runs)
