"""Tags are mended: what layout takes apart is read as one, in the right place, and as what it is."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest

from isecg.pdf.reading import paragraphs, read
from isecg.pdf.reading.tree import Part
from tests.pdf import world
from tests.pdf.conftest import elements


@pytest.fixture(scope="module")
def pdf(sealed: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(sealed)) as document:
        yield document


@pytest.fixture(scope="module")
def root(pdf: pikepdf.Pdf) -> Part:
    found = read(pdf).root
    assert found is not None
    return found


def tagged(root: Part, *tags: str) -> list[Part]:
    return [part for part in root.walk() if part.tag in tags]


def test_a_paragraph_over_pages_is_one(root: Part) -> None:
    [long] = [part for part in tagged(root, "P") if part.text.startswith("Begin.")]
    assert len(set(long.pages())) > 1
    assert long.text == f"Begin. {world.WORDS * 8}End."


def test_a_list_over_pages_is_one_with_labels_and_bodies(root: Part) -> None:
    [items] = [part for part in tagged(root, "L") if "Item 1." in part.text]
    assert [[kid.tag for kid in item.parts] for item in items.parts] == [["Lbl", "LBody"]] * 4
    assert len(set(items.pages())) > 1
    assert items.parts[3].parts[1].text == f"Item 4. {world.WORDS}".strip()


def test_a_table_over_pages_is_one_and_its_head_is_read_once(root: Part) -> None:
    [table] = tagged(root, "Table")
    assert len(set(table.pages())) > 1
    assert [part.tag for part in table.parts] == ["THead", "TBody"]
    assert [row.parts[0].text for row in table.parts[1].parts] == [f"Row {number}" for number in range(1, 13)]


def test_header_cells_say_what_they_head(root: Part) -> None:
    cells = [(cell.text, cell.scope) for cell in tagged(root, "TH")]
    assert cells[:4] == [("Name", "Column"), ("What", "Column"), ("Number", "Column"), ("Row 1", "Row")]


def test_running_heads_and_numbers_are_not_read(root: Part, pdf: pikepdf.Pdf) -> None:
    assert "A running head" not in root.text
    assert len(pdf.pages) > 4
    for page in pdf.pages:
        assert b"/Pagination" in page.Contents.read_bytes()


def test_notes_are_read_after_the_block_that_calls_them(root: Part) -> None:
    order = [part for part in root.walk() if part.tag in ("H1", "P", "Note")]
    after = {order[at].text: order[at + 1] for at in range(len(order) - 1)}
    assert after["One"].tag == "Note"
    assert after["One"].text.endswith("Where this is from.")
    assert after["Words with a strong part and another and more."].text.endswith("A second note.")
    names = [note.identifier for note in tagged(root, "Note")]
    assert len(names) == len(set(names)) == 2
    assert all(names)


def test_notes_can_be_found_by_name(pdf: pikepdf.Pdf) -> None:
    names = list(pdf.Root.StructTreeRoot.IDTree.Names)
    assert {str(name) for name in names[::2]} == {str(note.ID) for note in elements(pdf, "Note")}


def test_a_figure_has_its_words_and_its_caption(pdf: pikepdf.Pdf, root: Part) -> None:
    [figure] = tagged(root, "Figure")
    assert figure.alternative == "A bar, half full"
    assert [kid.text for kid in figure.parts] == ["Figure of a bar"]
    left, bottom, right, top = (float(each) for each in elements(pdf, "Figure")[0].A.BBox)
    width, height = (float(each) for each in pdf.pages[0].mediabox[2:])
    assert 0 < left < right < width
    assert 0 < bottom < top < height
    assert right - left == pytest.approx(40 / 25.4 * 72, abs=1)


def test_contents_are_a_contents_list(root: Part) -> None:
    [contents] = tagged(root, "TOC")
    assert [(kid.tag, kid.text) for kid in contents.parts if kid.tag == "TOCI"] == [
        ("TOCI", "1. One"),
        ("TOCI", "2. Two"),
    ]
    assert not [part for part in contents.walk() if part.tag in ("L", "LI")]


def test_terms_and_what_is_said_of_them_are_one_item(root: Part) -> None:
    [facts] = [part for part in tagged(root, "L") if "Brazil" in part.text]
    assert [[(kid.tag, kid.text) for kid in item.parts] for item in facts.parts] == [
        [("Lbl", "Country"), ("LBody", "Brazil")],
        [("Lbl", "Since"), ("LBody", "2019")],
    ]


def test_words_in_another_language_say_so(root: Part) -> None:
    assert [part.text for part in root.walk() if part.language == "de"] == ["Ein Satz auf Deutsch."]


def test_a_heading_in_two_languages_stays_a_heading(root: Part) -> None:
    [heading] = [part for part in tagged(root, "H2") if part.text.startswith("A box")]
    assert [(kid.tag, kid.language, kid.text) for kid in heading.parts] == [("Span", "fr", "Une boîte")]


def test_words_of_a_box_are_a_paragraph(root: Part) -> None:
    assert "Only words in a box." in [part.text for part in tagged(root, "P")]


def test_words_are_not_split_by_hyphens_nor_run_together(pdf: pikepdf.Pdf) -> None:
    told = paragraphs(pdf)
    assert "Words with a strong part and another and more." in told
    assert not [text for text in told if "\u00ad" in text or "\u2010" in text]
    assert b"ActualText" in b"".join(page.Contents.read_bytes() for page in pdf.pages)


def test_every_mark_belongs_to_the_element_that_the_parent_tree_names(pdf: pikepdf.Pdf) -> None:
    numbers: Any = pdf.Root.StructTreeRoot.ParentTree.Nums
    owners = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
    pages = {page.obj.objgen: int(page.StructParents) for page in pdf.pages}
    seen = 0
    for element in elements(pdf):
        kids: Any = element.K
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                assert owners[pages[element.Pg.objgen]][kid].objgen == element.objgen
                seen += 1
            elif kid.get("/Type") == pikepdf.Name.MCR:
                assert owners[pages[kid.Pg.objgen]][int(kid.MCID)].objgen == element.objgen
                seen += 1
            elif kid.get("/Type") == pikepdf.Name.OBJR:
                assert owners[int(kid.Obj.StructParent)].objgen == element.objgen
    assert seen > 50
