"""The sheet that a delegation takes away: what is in it, and what can never be."""

import io
from collections.abc import Callable

import openpyxl
import pytest
from django.test import Client
from django.utils.translation import override

from agencies.models import Agency
from members.models import Member
from recommendations.models import Comment, Consultation
from recommendations.queries import sheets as queries
from recommendations.sheets.columns import Column
from recommendations.sheets.marks import row_mark
from recommendations.sheets.read import read
from recommendations.sheets.write import write
from tests.recommendations import commenting, world

Browser = Callable[[Member | None], Client]


@pytest.fixture
def asking(editor: Member, asked: list[Agency]) -> Consultation:
    return commenting.open_now(editor, asked)


@pytest.fixture
def note(asking: Consultation, delegate_a: Member, dlr: Agency) -> Comment:
    return commenting.note(asking, delegate_a, dlr, "=1+1", from_text="state times", to_text="state them")


def fetched(browser: Client, asking: Consultation) -> bytes:
    answer = browser.get(f"/recommendations/{asking.recommendation.number}/sheet.xlsx")
    assert "attachment" in answer["Content-Disposition"], answer.status_code
    return answer.content


def test_it_holds_ones_own_notes_and_comments(
    asking: Consultation, note: Comment, delegate_a: Member, head_a: Member, dlr: Agency, sign_in: Browser
) -> None:
    comment = commenting.note(asking, delegate_a, dlr, "Submitted.", key="")
    commenting.hand_in(asking, head_a, comment)
    sheet = read(fetched(sign_in(delegate_a), asking))
    places = [(row.cells["place"], row.cells["text"]) for row in sheet.rows]
    assert places == [("general", "Submitted."), ("1", "=1+1")]
    assert [row.cells["id"] for row in sheet.rows] == [row_mark(pk, dlr.pk) for pk in (comment.pk, note.pk)]
    assert sheet.rows[1].formulas == ()


def test_it_knows_what_it_was_made_for(
    asking: Consultation, note: Comment, delegate_a: Member, dlr: Agency, sign_in: Browser
) -> None:
    assert read(fetched(sign_in(delegate_a), asking)).mark == queries.mark_of(asking, dlr)


def test_nothing_of_another_agency_is_in_it(
    asking: Consultation, note: Comment, delegate_b: Member, sign_in: Browser
) -> None:
    data = fetched(sign_in(delegate_b), asking)
    book = openpyxl.load_workbook(io.BytesIO(data))
    said = {str(cell.value) for sheet in book for row in sheet for cell in row}
    assert not any("=1+1" in each or "DLR" in each for each in said)


@pytest.mark.parametrize("who", ["editor", "chair", "administrator"])
def test_it_is_for_delegations_only(
    who: str, asking: Consultation, sign_in: Browser, request: pytest.FixtureRequest
) -> None:
    browser = sign_in(request.getfixturevalue(who))
    for rest in ("sheet.xlsx", "sheet/"):
        answer = browser.get(f"/recommendations/{asking.recommendation.number}/{rest}")
        assert answer.status_code == 403
        assert "Only the delegations of the agencies that are asked" in answer.content.decode()


def test_strangers_do_not_learn_of_it(asking: Consultation, former: Member, sign_in: Browser) -> None:
    number = asking.recommendation.number
    assert sign_in(former).get(f"/recommendations/{number}/sheet.xlsx").status_code == 404
    assert sign_in(None).get(f"/recommendations/{number}/sheet.xlsx").status_code == 302


def test_the_text_stands_beside_it(asking: Consultation, delegate_a: Member, sign_in: Browser) -> None:
    book = openpyxl.load_workbook(io.BytesIO(fetched(sign_in(delegate_a), asking)))
    rows = [(row[0].value, row[1].value) for row in book["Text of revision 1"].iter_rows(min_row=4)]
    assert ("2", "Participating agencies name the scale of every time they exchange.") in rows
    assert len(rows) == asking.revision.paragraphs.count()


def test_it_can_be_filled_and_printed(asking: Consultation, delegate_a: Member, sign_in: Browser) -> None:
    book = openpyxl.load_workbook(io.BytesIO(fetched(sign_in(delegate_a), asking)))
    sheet = book["Comments"]
    [rule] = sheet.data_validations.dataValidation
    hidden = [name for name, column in sheet.column_dimensions.items() if column.hidden]
    assert rule.formula1 == '"general,technical,editorial"'
    assert hidden == ["I"]
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToHeight, sheet.freeze_panes) == (0, "A10")
    assert "legally non-binding" in sheet.oddFooter.left.text


def test_a_german_reader_gets_a_sheet_that_is_understood_too(
    asking: Consultation, note: Comment, delegate_a: Member, dlr: Agency
) -> None:
    with override("de"):
        data = write(queries.contents(asking, dlr, delegate_a, asking.opens_at + world.HOUR))
    [row] = read(data).rows
    assert set(row.cells) == {column.value for column in Column}
    assert (row.cells["text"], row.cells["to_text"]) == ("=1+1", "state them")


def test_the_same_notes_give_the_same_file(
    asking: Consultation, note: Comment, delegate_a: Member, dlr: Agency
) -> None:
    contents = queries.contents(asking, dlr, delegate_a, asking.opens_at + world.HOUR)
    assert write(contents) == write(contents)
