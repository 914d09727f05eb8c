"""Words in any script are read as they were written, whatever the glyphs that draw them."""

import io
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pikepdf
import pypdfium2
import pytest
from django.test import override_settings
from fontTools.ttLib import TTFont

from isecg.pdf.archive import About, seal
from isecg.pdf.check import plain
from isecg.pdf.conformance import examine
from isecg.pdf.engine import Engine
from isecg.pdf.fragments import Fragment
from isecg.pdf.reading import paragraphs
from reports.models import Rendering
from reports.rendering import copies
from reports.rendering.work import Order
from tests.pdf import world
from tests.reports import stress

NAMES = {
    "Arabic": "وكالة الإمارات للفضاء",
    "Hebrew": "סוכנות החלל הישראלית",
    "Chinese": "国家航天局",
    "Japanese": "宇宙航空研究開発機構",
    "Korean": "우주항공청",
    "Thai": "สำนักงานพัฒนาเทคโนโลยีอวกาศ",
    "Devanagari": "भारतीय अंतरिक्ष अनुसंधान संगठन",
    "Russian": "Роскосмос",
    "Vietnamese": "Trung tâm Vũ trụ Việt Nam",
}


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """Each name as a paragraph, and each within a sentence."""
    told = "".join(f"<p>{name}</p><p>Told by {name}, in 3 + 4 parts.</p>" for name in NAMES.values())
    engine = Engine([])
    pages = engine.lay_out(world.HEAD.replace("<body>x", f"<body><h1>Names</h1>{told}"))
    with pikepdf.open(io.BytesIO(engine.write(pages, b"x" * 16))) as written:
        return seal(written, About.of(pages, b"x" * 16))


@pytest.mark.parametrize("script", NAMES)
def test_a_name_is_read_aloud_as_it_is_written(pdf: bytes, script: str) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        told = paragraphs(document)
    assert NAMES[script] in told
    assert f"Told by {NAMES[script]}, in 3 + 4 parts." in told


@pytest.mark.parametrize("script", NAMES)
def test_a_name_in_a_sentence_is_copied_as_it_is_written(pdf: bytes, script: str) -> None:
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    text = page.get_textpage()
    lines = text.get_text_range().splitlines()
    for each in (text, page, document):
        each.close()
    [line] = [plain(line) for line in lines if "Told by" in line and plain(NAMES[script]) in plain(line)]
    assert line == plain(f"Told by {NAMES[script]}, in 3 + 4 parts.")


def test_each_glyph_of_a_name_still_has_a_letter(pdf: bytes) -> None:
    """Readers that know of no other text than the glyphs' have at least those."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        tables = [font.ToUnicode.read_bytes() for font in document.pages[0].Resources.Font.values()]
    assert len(tables) > 5
    assert [table for table in tables if b"<>" in table] == []


def test_glyphs_of_chinese_and_korean_have_the_numbers_that_the_page_shows_them_by(pdf: bytes) -> None:
    """Otherwise the engine's own viewer shows them, and another shows other letters or none."""
    found = 0
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for font in document.pages[0].Resources.Font.values():
            [drawn] = font.DescendantFonts
            if "/FontFile3" not in drawn.FontDescriptor:
                continue
            program = TTFont(io.BytesIO(drawn.FontDescriptor.FontFile3.read_bytes()))
            top = program["CFF "].cff[0]
            assert top.charset[:3] == [".notdef", "cid00001", "cid00002"]
            assert top.charset == [".notdef", *(f"cid{at:05}" for at in range(1, top.numGlyphs))]
            found += 1
    assert found >= 2


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_report_of_all_agencies_with_names_in_their_scripts_breaks_no_rule(
    paper: str, tmp_path: Path, java: None
) -> None:
    content = stress.content(27, paragraphs=0, pictures="none", items=1, scripts=True)
    printed = stress.printed(content, "de" if paper == "letter" else "en", paper)
    with override_settings(MEDIA_ROOT=tmp_path):
        pdf = copies.make(Mock(), printed, [], lambda _phase, _share: None, made)
    assert [check for check in examine(pdf) if check["passed"] is not True] == []


def made(_rendering: Rendering, orders: list[Order], _tell: Any) -> list[Fragment]:
    """Laid out here, kept nowhere."""
    return [order.made() for order in orders]
