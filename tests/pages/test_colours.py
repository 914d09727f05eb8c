"""Contrast, computed from the style sheet itself."""

import re

import pytest

from isecg import ROOT, palette

SHEETS = sorted((ROOT / "static" / "css").rglob("*.css"))
USED = re.compile(r"var\(--([a-z0-9-]+)\)")
DARK = re.compile(r"--([a-z-]+):\s*#[0-9a-f]{6};")
WRITTEN_OUT = re.compile(r"#[0-9a-f]{3,8}\b")


@pytest.mark.parametrize("scheme", palette.SCHEMES)
def test_colours_that_meet_can_be_told_apart(scheme: str) -> None:
    assert [each for each in palette.meetings(scheme) if not each.holds] == []


def test_contrast_is_the_formula_of_the_guideline() -> None:
    assert palette.contrast("000000", "ffffff") == 21
    assert palette.contrast("777777", "ffffff") == 4.47  # the well-known grey that just fails
    assert palette.contrast("143f7c", "143f7c") == 1


def test_dark_scheme_changes_every_colour_of_text_and_ground() -> None:
    light, dark = palette.colours("light"), palette.colours("dark")
    same = {name for name in light if light[name] == dark[name]}
    assert same == {"on-band", "soft-on-band", "accent-on-band", "paper"}


def test_dark_scheme_changes_nothing_but_colours() -> None:
    """So what axe finds right in the light, colours aside, is right in the dark (test_accessible)."""
    sheets = {sheet: sheet.read_text().partition("@media (prefers-color-scheme")[2] for sheet in SHEETS}
    assert [sheet.name for sheet, dark in sheets.items() if dark] == ["tokens.css"]
    rules = re.sub(r"/\*.*?\*/", "", sheets[palette.SHEET])
    assert set(re.findall(r"([a-z-]+):\s*[^;{]+;", rules)) == {f"--{name}" for name in DARK.findall(rules)}
    templates = [path for path in (ROOT / "templates").rglob("*.html") if "mail" not in path.parts]
    assert [path.name for path in templates if "prefers-color-scheme" in path.read_text()] == []


def test_every_colour_is_held_against_the_ground_it_stands_on() -> None:
    measured = {name for colour, grounds, _needed in palette.MEETINGS for name in (colour, *grounds)}
    assert set(palette.colours("light")) - measured == {"line", "band-line", "paper"}  # no words on these


def test_every_name_that_a_sheet_uses_exists() -> None:
    given = set(re.findall(r"--([a-z0-9-]+):", "".join(sheet.read_text() for sheet in SHEETS)))
    used = {name for sheet in SHEETS for name in USED.findall(sheet.read_text())}
    assert used - given == set()


def test_colours_are_written_out_in_the_tokens_only() -> None:
    exempt = {"tokens.css", "print.css"}
    found = {
        sheet.name: WRITTEN_OUT.findall(sheet.read_text()) for sheet in SHEETS if sheet.name not in exempt
    }
    assert {name: colours for name, colours in found.items() if colours} == {}
