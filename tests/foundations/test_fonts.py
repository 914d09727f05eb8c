"""Names in any script are printed: by our own fonts, the same bytes anywhere, only where needed."""

import io

import pikepdf
import pypdf
import pytest

from isecg.pdf import fonts
from isecg.pdf.engine import Engine
from isecg.pdf.errors import CannotRender
from isecg.pdf.sentences import in_words

NAMES = {
    "Arabic": "وكالة الإمارات للفضاء",
    "Hebrew": "סוכנות החלל הישראלית",
    "SC": "中国国家航天局",
    "KR": "우주항공청",
    "Devanagari": "भारतीय अंतरिक्ष",
    "Thai": "สำนักงานพัฒนา",
}


def made(words: str) -> bytes:
    engine = Engine([])
    page = f'<html lang="en"><meta charset="utf-8"><title>t</title><p>{words}</p><h1>{words}</h1></html>'
    return engine.write(engine.lay_out(page), b"x" * 16)


def families(pdf: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        found = [font.BaseFont for page in document.pages for font in page.Resources.Font.values()]
    return {str(name).split("+")[-1] for name in found}


def test_a_plain_document_brings_in_no_other_fonts() -> None:
    assert fonts.needed("Only ASCII, <b>tags</b>; and Ä, ß, Ж, – “quotes” → arrows") == []


@pytest.mark.parametrize(("script", "name"), NAMES.items())
def test_a_name_is_set_in_a_font_that_has_its_letters(script: str, name: str) -> None:
    used = families(made(name))
    assert all(family.startswith(("Source", "Noto")) for family in used)
    assert any(script in family for family in used)


def test_names_in_all_scripts_can_be_read_back_and_the_bytes_repeat() -> None:
    first, second = made(" ".join(NAMES.values())), made(" ".join(NAMES.values()))
    text = pypdf.PdfReader(io.BytesIO(first)).pages[0].extract_text()
    assert first == second
    assert "中国国家航天局" in text
    assert "우주항공청" in text


def test_letters_that_no_font_has_are_named_not_drawn_as_boxes() -> None:
    with pytest.raises(CannotRender) as refusal:
        made("private \ue123 letters")
    assert "U+E123" in in_words(refusal.value.sentence)


def test_marks_that_show_nothing_need_no_font() -> None:
    assert fonts.unknown("a\u202eb\u200bc\ufe0f\u00ad") == set()


def test_every_font_has_the_letters_it_stands_for() -> None:
    samples = "بש中한अঅਅઅଅஅఅಅഅඅกກကაአកաʔ⚑🚀"
    assert fonts.unknown(samples) == set()
    assert len(fonts.needed(samples)) == len(fonts.OTHERS)
