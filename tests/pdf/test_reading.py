"""The reading check: silent on a good document, and every planted fault is found and named."""

import io
import re
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from isecg.pdf.engine import OPTIONS, Engine
from isecg.pdf.reading import findings, paragraphs, spoken
from isecg.pdf.sentences import in_words
from tests.pdf import world
from tests.pdf.conftest import Spoil, elements

Spoilt = Callable[[Spoil], pikepdf.Pdf]


def found(pdf: pikepdf.Pdf) -> dict[str, str]:
    """The first sentence of each check that found something."""
    told: dict[str, str] = {}
    for each in findings(pdf):
        told.setdefault(each.check, in_words(each.words))
    return told


def test_a_good_document_has_no_findings(sealed: bytes) -> None:
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        assert findings(pdf) == []


def test_what_weasyprint_makes_by_itself_reads_badly(engine: Engine) -> None:
    written = engine.lay_out(world.HTML).write_pdf(**OPTIONS)
    with pikepdf.open(io.BytesIO(written)) as pdf:
        assert {"joined", "figures", "tables"} <= set(found(pdf))


def test_a_document_without_structure(spoilt: Spoilt) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.StructTreeRoot

    assert found(spoilt(change)) == {"structure": "The PDF has no structure; it cannot be read aloud."}


def test_a_missing_language(spoilt: Spoilt) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.Lang

    assert found(spoilt(change)) == {"language": "The document does not say in which language it is."}


def test_a_language_that_does_not_exist(spoilt: Spoilt) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        [part] = [each for each in elements(pdf) if each.get("/Lang") == "de"]
        part.Lang = String("German")

    assert "names a language that does not exist" in found(spoilt(change))["language"]


@pytest.mark.parametrize("words", [None, "", "  "])
def test_a_picture_without_words(spoilt: Spoilt, words: str | None) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        figure = elements(pdf, "Figure")[0]
        del figure.Alt
        if words is not None:
            figure.Alt = String(words)

    assert "has no alternative text" in found(spoilt(change))["figures"]


def test_a_caption_apart_from_its_picture(spoilt: Spoilt) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        caption = elements(pdf, "Caption")[0]
        figure, section = caption.P, caption.P.P
        figure.K = Array([kid for kid in figure.K if isinstance(kid, int)])
        section.K.append(caption)

    assert found(spoilt(change))["figures"].startswith("The caption “Figure of a bar”")


def split(pdf: pikepdf.Pdf, tag: str) -> None:
    """Make two of the first element of a tag that goes over pages, as a page break does."""
    for element in elements(pdf, tag):
        kids = list(element.K)
        pages = [_page(kid, element) for kid in kids]
        cut = next((at for at, page in enumerate(pages) if page != pages[0]), None)
        if cut is None:
            continue
        second = new(pdf, element.S, element.P, *kids[cut:])
        element.K = Array(kids[:cut])
        place = next(at for at, kid in enumerate(element.P.K) if kid.objgen == element.objgen)
        element.P.K.insert(place + 1, second)
        return
    raise AssertionError(f"no {tag} goes over pages")


def _page(kid: Any, parent: Any) -> Any:
    """The page that a piece, or the first piece in an element, is on."""
    if isinstance(kid, int):
        return parent.Pg.objgen
    if "/Pg" in kid:
        return kid.Pg.objgen
    return _page(kid.K[0] if isinstance(kid.K, Array) else kid.K, kid)


def new(pdf: pikepdf.Pdf, tag: Name, parent: Any, *kids: Any) -> Any:
    return pdf.make_indirect(Dictionary(Type=Name.StructElem, S=tag, P=parent, K=Array(kids)))


def test_a_paragraph_left_split(spoilt: Spoilt) -> None:
    sentence = found(spoilt(lambda pdf: split(pdf, "P")))["joined"]
    assert sentence.startswith("The paragraph “")
    assert sentence.endswith("ends with page 1 and begins anew on the next.")


def test_a_list_left_split(spoilt: Spoilt) -> None:
    assert found(spoilt(lambda pdf: split(pdf, "L")))["joined"].startswith("The list that page")


def test_a_table_left_split(spoilt: Spoilt) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        [table] = elements(pdf, "Table")
        body = table.K[1]
        rows = list(body.K)
        more = new(pdf, Name.Table, table.P)
        cut = next(at for at, row in enumerate(rows) if _page(row, body) != _page(rows[0], body))
        more.K = Array([new(pdf, Name.TBody, more, *rows[cut:])])
        body.K = Array(rows[:cut])
        place = next(at for at, kid in enumerate(table.P.K) if kid.objgen == table.objgen)
        table.P.K.insert(place + 1, more)

    assert found(spoilt(change))["joined"].startswith("The table that page")


def test_a_running_head_that_is_read(spoilt: Spoilt) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        """Each page's running head becomes words of a paragraph."""
        holder = pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Sect, P=pdf.Root.StructTreeRoot.K[0])
        )
        holder.K = Array()
        for page in pdf.pages:
            data = page.Contents.read_bytes()
            head = b"/Artifact\n<</Type /Pagination>>\nBDC"
            assert head in data
            page.Contents = pdf.make_stream(data.replace(head, b"/Span <</MCID 900>> BDC", 1))
            words = Dictionary(Type=Name.StructElem, S=Name.P, P=holder, Pg=page.obj, K=900)
            holder.K.append(pdf.make_indirect(words))
        pdf.Root.StructTreeRoot.K[0].K.append(holder)

    assert "stands in the margin of" in found(spoilt(change))["heads"]


def test_a_table_head_that_is_read_again(spoilt: Spoilt) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        [table] = elements(pdf, "Table")
        table.K.append(table.K[0])

    assert "is read again on its next page" in found(spoilt(change))["heads"]


def test_a_header_cell_that_heads_nothing(spoilt: Spoilt) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        del elements(pdf, "TH")[0].A

    sentence = found(spoilt(change))["tables"]
    assert re.fullmatch("The header cell “Name” on page [0-9] does not say what it heads.", sentence)


def test_a_table_without_header_cells(spoilt: Spoilt) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        for cell in elements(pdf, "TH"):
            cell.S = Name.TD

    assert "has no header cells" in found(spoilt(change))["tables"]


def test_a_heading_that_skips_an_order(spoilt: Spoilt) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        elements(pdf, "H2")[-1].S = Name.H4

    assert found(spoilt(change)) == {"order": "The heading “Two” skips an order."}


def test_a_paragraph_in_a_heading(spoilt: Spoilt) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        elements(pdf, "H2")[1].K[1].S = Name.P

    assert found(spoilt(change)) == {"order": "The heading “A box Une boîte” has paragraphs in it."}


def test_words_read_before_those_of_an_earlier_page(spoilt: Spoilt) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        top = pdf.Root.StructTreeRoot.K[0]
        top.K = Array(reversed(list(top.K)))

    told = [in_words(each.words) for each in findings(spoilt(change)) if each.check == "order"]
    assert [words for words in told if "is read after words of a later page" in words]


def test_a_note_at_the_end_of_everything(spoilt: Spoilt) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        for note in elements(pdf, "Note"):
            holder = note.P
            holder.K = Array([kid for kid in holder.K if kid.objgen != note.objgen])
            pdf.Root.StructTreeRoot.K[0].K.append(note)

    assert "footnote" in found(spoilt(change))["notes"]


def test_notes_of_one_name(spoilt: Spoilt) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        for note in elements(pdf, "Note"):
            note.ID = String("note")

    assert found(spoilt(change)) == {"notes": "Footnotes have no names of their own."}


def test_a_link_that_leads_nowhere(spoilt: Spoilt) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        link = elements(pdf, "Link")[-1]
        link.K = Array([kid for kid in link.K if isinstance(kid, int)])

    assert found(spoilt(change)) == {"links": "The words “A link” are named a link and lead nowhere."}


def test_letters_that_mean_nothing(spoilt: Spoilt) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            for font in page.Resources.Font.values():
                if "/ToUnicode" in font:
                    del font.ToUnicode

    assert "cannot be read aloud or copied" in found(spoilt(change))["letters"]


def test_words_outside_of_the_structure(spoilt: Spoilt) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        page.Contents = pdf.make_stream(
            page.Contents.read_bytes().replace(b"/Span\n<</MCID 0>>\nBDC", b"q", 1)
        )

    assert "has words that are read to nobody" in found(spoilt(change))["letters"]


def test_the_structure_as_text(sealed: bytes) -> None:
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        lines = spoken(pdf).splitlines()
        told = paragraphs(pdf)
    assert lines[0] == "language en"
    assert "  P [de]: Ein Satz auf Deutsch." in [line[2:] for line in lines]
    assert [line.strip() for line in lines if "Figure (" in line] == ["Figure (A bar, half full)"]
    assert told[0] == "A document"
    assert told.index("Ein Satz auf Deutsch.") == told.index("Only words in a box.") + 1
