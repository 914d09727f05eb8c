"""Figures: counted from a content alone, each with its rows; quoted in texts; told apart when they differ."""

import csv
import io
import json
from typing import Any

import pytest

from reports import figures, snapshot
from reports.attachments import attachments
from reports.differences import differences
from reports.figures import FIGURES
from reports.figures.differing import against
from reports.figures.files import csv_of
from reports.figures.words import said
from tests.reports import contents


def value(content: dict[str, Any], name: str) -> int:
    return next(row["value"] for row in content["figures"] if row["name"] == name)


def rows(content: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return next(row["rows"] for row in content["figures"] if row["name"] == name)


def test_the_full_content_fits_the_schema() -> None:
    snapshot.validator().validate(contents.full())


@pytest.mark.parametrize(
    ("name", "counted"),
    [
        ("members", 3),
        ("founders", 1),
        ("joined", 0),
        ("left", 1),
        ("chairs", 1),
        ("highlights", 3),
        ("photographs", 1),
        ("agencies_with_highlights", 2),
        ("agencies_without_highlights", 1),
        ("nothing_to_report", 1),
        ("activities", 1),
        ("highlights_moon", 1),
        ("highlights_mars", 1),
        ("highlights_earth_orbit", 0),
        ("highlights_elsewhere", 1),
        ("work_items", 5),
        ("work_items_done", 1),
        ("work_items_on_track", 1),
        ("work_items_late", 1),
        ("work_items_not_started", 1),
        ("work_items_dropped", 1),
        ("work_items_unreported", 1),
        ("work_items_changed", 1),
        ("work_plan_percent", 38),
        ("progress_entries", 4),
        ("plan_changes", 1),
        ("goals", 1),
        ("goals_of_the_year", 3),
        ("goals_met", 1),
        ("goals_partly", 1),
        ("goals_missed", 0),
        ("goals_open", 1),
        ("recommendations", 1),
        ("documents", 1),
        ("meetings", 1),
    ],
)
def test_a_figure_counts(name: str, counted: int) -> None:
    assert value(contents.full(), name) == counted


def test_the_states_of_the_work_plan_add_up() -> None:
    content = contents.full()
    states = ("done", "on_track", "late", "not_started", "dropped")
    assert sum(value(content, f"work_items_{state}") for state in states) == value(content, "work_items")


def test_highlights_of_all_destinations_add_up() -> None:
    content = contents.full()
    parts = [name for name in FIGURES if name.startswith("highlights_")]
    assert sum(value(content, name) for name in parts) == value(content, "highlights")


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_every_row_has_exactly_the_columns_of_its_figure(name: str) -> None:
    found = rows(contents.full(), name)
    assert [set(row) for row in found] == [set(FIGURES[name].columns)] * len(found)


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_every_figure_counts_nothing_of_an_empty_year(name: str) -> None:
    empty = contents.full(**{key: [] for key, each in contents.full().items() if isinstance(each, list)})
    assert value(empty, name) == 0


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_every_figure_has_a_definition_and_words(name: str) -> None:
    figure = FIGURES[name]
    assert str(figure.definition).endswith(".")
    assert figure.words(1)
    assert figure.label


def test_a_row_says_a_day_as_exactly_as_it_is_known() -> None:
    assert [row["joined"] for row in rows(contents.full(), "members")] == ["2007-05", "2019", "2019"]
    assert said("joined", "2007-05") == "May 2007"
    assert said("joined", "2019") == "2019"


def test_a_day_by_which_something_had_begun_is_said_as_such() -> None:
    known = contents.agency("esa", joined=contents.day("2007-11-06", "by"))
    (row,) = rows(contents.full(agencies=[known], **empty_records()), "members")
    assert row["joined"] == "by 2007-11-06"
    assert said("joined", row["joined"]) == "by 6 November 2007"


def empty_records() -> dict[str, Any]:
    """Nothing that names an agency."""
    return {key: [] for key in contents.RECORDS}


def test_codes_of_rows_are_said_in_words() -> None:
    assert said("status", "not_started") == "not started"
    assert said("destination", "") == ""
    assert said("outcome", "open") == "not stated"
    assert said("nothing_to_report", True) == "yes"
    assert said("country", "DE") == "Germany"


def test_filled_puts_values_in_the_place_of_names() -> None:
    text = "We are [[members]], of which [[ founders ]] founded it; [[nonsense]] stays."
    assert figures.filled(text, {"members": 27, "founders": 14}) == (
        "We are 27, of which 14 founded it; [[nonsense]] stays."
    )


def test_quoted_names_each_figure_once_in_order() -> None:
    assert figures.quoted("[[goals]] [[members]] [[goals]] [a](b) [[]]") == ["goals", "members", ""]


def test_unknown_names_what_no_figure_has() -> None:
    assert figures.unknown("[[members]] and [[member]]") == ["member"]


def test_against_is_empty_for_the_same_content() -> None:
    assert against(contents.full(), contents.full()) == []


def test_against_names_a_value_that_does_not_follow() -> None:
    content = contents.full()
    next(row for row in content["figures"] if row["name"] == "members")["value"] = 28
    (found,) = against(content, contents.full())
    assert (found.figure.name, found.printed, found.counted, found.itself) == ("members", 28, 3, True)


def test_against_names_the_rows_that_came_and_went_though_the_number_stayed() -> None:
    other = contents.full(documents=[{**contents.RECORDS["documents"][0], "title": "Another"}])
    (found,) = against(contents.full(), other)
    assert (found.printed, found.counted, found.itself) == (1, 1, False)
    assert [row["title"] for row in found.gone] == ["Roadmap"]
    assert [row["title"] for row in found.new] == ["Another"]


def test_against_overlooks_rows_that_an_earlier_release_wrote_down_otherwise() -> None:
    content = contents.full()
    for row in content["figures"]:
        row["rows"] = [{"named": "otherwise"} for _each in row["rows"]]
    assert against(content, contents.full()) == []


def test_csv_neutralises_formulas_and_keeps_numbers() -> None:
    content = contents.full(
        work_items=[contents.item("WP-01", title='=HYPERLINK("http://evil")', percent=40)]
    )
    row = next(row for row in content["figures"] if row["name"] == "work_items")
    table = list(csv.reader(io.StringIO(csv_of(row).decode("utf-8-sig"))))
    assert table == [
        ["code", "title", "due", "percent", "status"],
        ["WP-01", '\'=HYPERLINK("http://evil")', "2026-06-30", "40", "on_track"],
    ]


def test_attachments_are_snapshot_schema_figures_and_a_csv_each() -> None:
    files = attachments(contents.full(), "0" * 64)
    names = [each.name for each in files]
    assert names[:3] == ["snapshot.json", "snapshot.schema.json", "figures.json"]
    assert names[3:] == [f"figure-{name}.csv" for name in sorted(FIGURES)]
    assert all(each.description for each in files)


def test_attachments_can_be_checked_with_each_other() -> None:
    files = {each.name: each.data for each in attachments(contents.full(), "0" * 64)}
    told = json.loads(files["snapshot.json"])
    listed = {row["name"]: row["value"] for row in json.loads(files["figures.json"])}
    assert listed == {row["name"]: row["value"] for row in figures.counted(told)}
    assert json.loads(files["snapshot.schema.json"]) == snapshot.validator().schema


def test_attachments_are_the_same_in_every_language(settings: Any) -> None:
    from django.utils.translation import override

    with override("de"):
        german = attachments(contents.full(), "0" * 64)
    assert german == attachments(contents.full(), "0" * 64)


def first_schema() -> dict[str, Any]:
    """A content as the portal wrote it before there was a second schema."""
    content = contents.full(work_items=[contents.item("WP-01")])
    for key in ("activities", "figures", "goals_kept", "goals_record", "meetings", "nothing_to_report"):
        del content[key]
    for key in ("recommendations", "sections"):
        del content[key]
    del content["report"]["cover"], content["report"]["arrangement"]
    for row in content["highlights"]:
        for key in ("destination", "activities", "recommendations"):
            del row[key]
        if row["photograph"]:
            del row["photograph"]["focal"]
    for row in content["work_items"]:
        del row["dropped"], row["changes"]
    for row in content["goals"]:
        del row["continues"]
    return {**content, "schema": 1}


def test_upgrade_of_the_first_schema_fits_the_second() -> None:
    old = first_schema()
    new = snapshot.upgrade(old)
    snapshot.validator().validate(new)
    assert value(new, "members") == 3
    assert old["schema"] == 1, "what is stored stays as it is"


def test_upgrade_leaves_what_is_of_today() -> None:
    content = contents.full()
    assert snapshot.upgrade(content) is content


def test_an_upgraded_content_can_be_compared() -> None:
    assert differences(snapshot.upgrade(first_schema()), snapshot.upgrade(first_schema())) == []
