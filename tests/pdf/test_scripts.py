"""Words in any script are read as they were written, whatever the glyphs that draw them."""

import io

import pikepdf
import pypdfium2
import pytest

from isecg.pdf.archive import About, seal
from isecg.pdf.check import plain
from isecg.pdf.engine import Engine
from isecg.pdf.reading import paragraphs
from tests.pdf import world

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
        fonts = document.pages[0].Resources.Font
        assert all("/ToUnicode" in font for font in fonts.values())
