"""The comment table as XLSX, DOCX and PDF: for every reader the rows of the page, in its order, no more."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pypdf
import pytest
from django.test import Client
from docx.oxml.ns import qn

from agencies.models import Agency
from isecg import jobs
from isecg.pdf.check import plain
from members.models import Member
from recommendations.models import Comment, Consultation, Disposition, Print, Verdict
from recommendations.queries import prints as queries
from recommendations.queries.rows import Filters, tallies
from recommendations.queries.table import rows
from recommendations.tables.cells import cells, headers, totals
from tests.recommendations import world

Browser = Callable[[Member | None], Client]
SECRET = "marker of a working note"


@pytest.fixture
def table(over: Consultation, dlr: Agency, jaxa: Agency, head_a: Member, head_b: Member) -> Consultation:
    """Comments of two agencies, some decided, one late, one a formula in disguise, and a working note."""
    for number in range(6):
        agency, head = (dlr, head_a) if number % 2 else (jaxa, head_b)
        comment = world.submitted(
            over,
            agency,
            head,
            key=f"p{number % 3 + 5}",
            text=f"Comment {number} says\nsomething.",
            from_text="state times" if number % 2 else "",
            to_text='=HYPERLINK("http://127.0.0.1")' if number == 3 else "state the times",
            reason="Clearer.",
            late=number == 4,
        )
        if number > 2:
            Disposition.objects.create(comment=comment, verdict=Verdict.NOTED, reason=f"Reason {number}")
    Comment.objects.create(consultation=over, agency=dlr, author=head_a, key="p5", text=SECRET)
    return over


def address(table: Consultation, rest: str) -> str:
    return f"/recommendations/{table.recommendation.number}/{rest}"


def seen(table: Consultation, reader: Member, **chosen: Any) -> list[list[str]]:
    """What the page's rows say to this reader."""
    sort = chosen.pop("sort", "place")
    return [cells(row) for row in rows(table.recommendation, reader, filters=Filters(**chosen), sort=sort)]


def from_xlsx(data: bytes, sheet: int = 0) -> list[list[str]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    found = [[cell.value or "" for cell in row] for row in book.worksheets[sheet].iter_rows(min_row=4)]
    assert all(
        cell.data_type in ("s", "n") and not cell.hyperlink for row in book.worksheets[0] for cell in row
    )
    return [[str(value) for value in row] for row in found]


def from_docx(data: bytes, number: int = 0) -> list[list[str]]:
    document = docx.Document(io.BytesIO(data))
    return [[cell.text for cell in row.cells] for row in document.tables[number].rows]


def from_pdf(browser: Client, table: Consultation, reader: Member, query: str = "") -> tuple[Print, str]:
    browser.get(address(table, f"comments.pdf{query}"))
    rows_of: Any = Print.objects
    wanted = rows_of.filter(reader=reader, what="comments")[0]
    jobs.run("recommendations.print", wanted.pk)
    wanted.refresh_from_db()
    assert wanted.state == "ready", wanted.failure
    pages = pypdf.PdfReader(io.BytesIO(Path(wanted.file.path).read_bytes())).pages
    return wanted, plain("".join(page.extract_text() for page in pages))


@pytest.mark.parametrize("who", ["editor", "head_a", "delegate_b", "chair"])
@pytest.mark.parametrize("query", ["", "?sort=agency", "?agency=DLR&sort=verdict", "?q=Comment+4"])
def test_the_files_hold_the_rows_of_the_page(
    who: str, query: str, table: Consultation, sign_in: Browser, request: pytest.FixtureRequest
) -> None:
    reader = request.getfixturevalue(who)
    browser = sign_in(reader)
    page: Any = browser.get(address(table, f"comments/{query}"))
    shown = [cells(row) for row in page.context["page"]]
    assert shown
    sheet = browser.get(address(table, f"comments.xlsx{query}"))
    letter = browser.get(address(table, f"comments.docx{query}"))
    assert from_xlsx(sheet.content) == [headers(), *shown]
    assert from_docx(letter.content) == [headers(), *shown]


@pytest.mark.parametrize("who", ["editor", "head_a"])
def test_the_pdf_holds_the_rows_of_the_page_in_its_order(
    who: str, table: Consultation, sign_in: Browser, request: pytest.FixtureRequest
) -> None:
    reader = request.getfixturevalue(who)
    wanted, said = from_pdf(sign_in(reader), table, reader, "?sort=agency")
    assert wanted.content["table"]["rows"] == seen(table, reader, sort="agency")
    places = [said.index(plain(row[5])) for row in wanted.content["table"]["rows"]]
    assert places == sorted(places)
    assert len(places) == 6


@pytest.mark.parametrize("who", ["editor", "head_a", "head_b"])
def test_a_working_note_is_in_no_file(
    who: str, table: Consultation, sign_in: Browser, request: pytest.FixtureRequest
) -> None:
    reader = request.getfixturevalue(who)
    browser = sign_in(reader)
    table_of = queries.comments(
        table.recommendation, reader, filters=Filters(), sort="place", now=table.closes_at + world.DAY
    )
    assert SECRET not in str(table_of)
    for kind, read in (("xlsx", from_xlsx), ("docx", from_docx)):
        assert SECRET not in str(read(browser.get(address(table, f"comments.{kind}")).content))


def test_totals_are_counted_per_agency_and_late_ones_apart(
    table: Consultation, editor: Member, sign_in: Browser
) -> None:
    head, counted = totals(tallies(rows(table.recommendation, editor)))
    assert head == ["Agency", "Comments", "undecided", "noted", "late"]
    assert counted == [
        ["DLR", "3", "1", "2", "0"],
        ["JAXA", "3", "2", "1", "1"],
        ["all together", "6", "3", "3", "1"],
    ]
    browser = sign_in(editor)
    assert from_xlsx(browser.get(address(table, "comments.xlsx")).content, 1) == [head, *counted]
    assert from_docx(browser.get(address(table, "comments.docx")).content, 1) == [head, *counted]


def test_verdicts_that_are_not_released_are_in_no_file_of_an_agency(
    table: Consultation, head_a: Member, sign_in: Browser
) -> None:
    data = sign_in(head_a).get(address(table, "comments.xlsx")).content
    assert "Reason 3" not in str(from_xlsx(data))
    assert {row[9] for row in from_xlsx(data)[1:]} == {"not released yet"}


def test_what_looks_like_a_formula_is_words(table: Consultation, editor: Member, sign_in: Browser) -> None:
    data = sign_in(editor).get(address(table, "comments.xlsx")).content
    book = openpyxl.load_workbook(io.BytesIO(data))
    [cell] = [cell for row in book.worksheets[0] for cell in row if str(cell.value).startswith("=HYPER")]
    assert (cell.data_type, cell.hyperlink) == ("s", None)


def test_the_letter_is_landscape_and_repeats_its_headers(
    table: Consultation, editor: Member, sign_in: Browser
) -> None:
    document = docx.Document(io.BytesIO(sign_in(editor).get(address(table, "comments.docx")).content))
    section = document.sections[0]
    assert (section.page_width or 0) > (section.page_height or 0)
    first: Any = document.tables[0].rows[0]._tr
    assert first.trPr.find(qn("w:tblHeader")) is not None
    assert document.core_properties.language == "en"
    assert "legally non-binding" in section.footer.paragraphs[0].text


def test_an_empty_table_still_gives_files(over: Consultation, editor: Member, sign_in: Browser) -> None:
    browser = sign_in(editor)
    assert from_xlsx(browser.get(address(over, "comments.xlsx")).content) == [headers()]
    assert from_docx(browser.get(address(over, "comments.docx")).content) == [headers()]
    _wanted, said = from_pdf(browser, over, editor)
    assert plain("There are no comments.") in said


@pytest.mark.parametrize("kind", ["xlsx", "docx", "pdf"])
def test_the_files_are_for_who_may_see_the_recommendation(
    kind: str, table: Consultation, client: Client, former: Member, sign_in: Browser
) -> None:
    assert client.get(address(table, f"comments.{kind}")).status_code == 302
    assert sign_in(former).get(address(table, f"comments.{kind}")).status_code == 404


def test_a_pdf_made_before_a_redaction_is_not_handed_out_after(
    table: Consultation, editor: Member, sign_in: Browser
) -> None:
    browser = sign_in(editor)
    wanted, _said = from_pdf(browser, table, editor)
    file = f"{wanted.get_absolute_url()}file.pdf"
    assert browser.get(file).status_code == 200
    Comment.objects.filter(text__contains="Comment 5").update(
        redacted_at=table.closes_at, redaction_reason="A name."
    )
    assert browser.get(file).status_code == 409


def test_a_filter_of_nonsense_is_none(table: Consultation, editor: Member, sign_in: Browser) -> None:
    data = sign_in(editor).get(address(table, "comments.xlsx?agency=%00&sort=%00x&round=a&page=9")).content
    assert len(from_xlsx(data)) == 7
