"""Reports of every shape are laid out well: nothing leaves its place, lies on others or stands alone."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.test import override_settings
from weasyprint import Document

from reports.pdf import document
from reports.pdf.chapters import chapters
from reports.pdf.engine import engine
from reports.pdf.fetcher import ReportFetcher
from tests.reports import stress
from tests.reports.overflow import findings

SHAPES: dict[str, tuple[dict[str, Any], str, str]] = {
    "hardly anything": ({"agencies": 4, "paragraphs": 0, "pictures": "none", "items": 3}, "de", "letter"),
    "eleven agencies": ({"agencies": 11, "paragraphs": 2, "items": 12}, "en", "a4"),
    "by destination": ({"agencies": 6, "arrangement": "destination", "pictures": "wide"}, "de", "a4"),
    "two highlights each": (
        {"agencies": 11, "items": 12, "highlights": 2, "pictures": "tall", "arrangement": "destination"},
        "en",
        "letter",
    ),
    "long texts": ({"agencies": 4, "paragraphs": 9, "pictures": "strip", "items": 26}, "en", "letter"),
    "all agencies, any script": (
        {"agencies": 27, "paragraphs": 0, "pictures": "tall", "items": 5, "scripts": True, "endless": True},
        "en",
        "letter",
    ),
}


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Document]:
    """The pages of a report of a shape."""
    folder = tmp_path_factory.mktemp("photographs")
    stress.put_photographs(folder)

    def lay_out(shape: str) -> Document:
        made, language, paper = SHAPES[shape]
        printed = stress.printed(stress.content(**made), language, paper)
        with override_settings(MEDIA_ROOT=folder):
            html = document.html(printed)
            return engine(paper).lay_out(html, ReportFetcher(document.photographs(printed)))

    return lay_out


@pytest.mark.parametrize("shape", SHAPES)
def test_a_report_is_laid_out_without_a_flaw(laid_out: Callable[[str], Document], shape: str) -> None:
    assert findings(laid_out(shape)) == []


def test_names_in_any_script_are_set_in_our_own_fonts(
    laid_out: Callable[[str], Document], tmp_path: Path
) -> None:
    made: dict[str, Any] = {
        "agencies": 27,
        "highlights": 0,
        "paragraphs": 0,
        "pictures": "none",
        "items": 1,
        "scripts": True,
    }
    printed = stress.printed(stress.content(**made))
    press = engine("a4")
    pdf = press.write(press.lay_out(document.html(printed)), b"x" * 16)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        names = {
            str(font.BaseFont).split("+")[-1]
            for page in opened.pages
            for font in page.Resources.Font.values()
        }
    assert all(name.startswith(("Source", "Noto")) for name in names)
    assert {"Noto-Sans-Arabic", "Noto-Sans-SC", "Noto-Sans-KR"} <= names


@pytest.mark.parametrize("arrangement", ["agency", "destination"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_the_contents_of_a_report_of_all_agencies_are_one_page_so_that_the_year_is_a_spread(
    language: str, arrangement: str
) -> None:
    for paper in ("a4", "letter"):
        content = stress.content(27, paragraphs=0, pictures="none", items=3, arrangement=arrangement)
        told = stress.printed(content, language, paper)
        shown = [each for each in chapters(told) if each.key in ("cover", "contents", "foreword", "year")]
        pages = engine(paper).lay_out(document.fragment(told, shown)).pages
        where = {name: number for number, page in enumerate(pages, 1) for name in page.anchors}
        assert (where["contents"], where["foreword"], where["year"], where["year-when"]) == (2, 3, 4, 5)


def test_a_flaw_is_found_where_there_is_one() -> None:
    page = """<html lang="en"><style>@page { size: 100mm 60mm; margin: 10mm } td { white-space: nowrap }
    h1, h2 { break-after: auto } table { table-layout: fixed; width: 80mm }</style>
    <p>The cover is not measured.</p><h1 style="break-before: page">Title</h1>
    <table><tr><td>A cell whose words are far longer than it</td><td>Another</td></tr></table>
    <p style="height: 11mm">Space</p><h2>Alone</h2><p style="break-before: page">What it is of</p><p>b</p>"""
    found = " ".join(findings(engine("a4").lay_out(page)))
    assert "leaves its column" in found
    assert "lies on “Another”" in found
    assert "ends with “Alone”" in found
