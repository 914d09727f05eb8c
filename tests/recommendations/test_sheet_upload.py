"""Filled sheets: shown first, then taken over whole or not at all; and nobody else learns of it."""

import io
import uuid
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from agencies.models import Agency
from isecg.access import WrongMoment
from isecg.audit.models import Event
from isecg.mail.models import Message
from members.models import Mandate, Member
from recommendations.models import Comment, Consultation, Upload
from recommendations.queries import sheets as queries
from recommendations.services import comments as commenting_services
from recommendations.services.sheets import Changed, import_sheet, look_again, understood, upload_sheet
from recommendations.sheets.recognise import Verdict
from recommendations.sheets.write import write
from tests.recommendations import commenting, world
from tests.recommendations.sheetfiles import workbook

Browser = Callable[[Member | None], Client]
NEW = ("DLR", "2", "editorial", "A new one.", "", "")


@pytest.fixture
def asking(editor: Member, asked: list[Agency]) -> Consultation:
    return commenting.open_now(editor, asked)


@pytest.fixture
def note(asking: Consultation, delegate_a: Member, dlr: Agency) -> Comment:
    return commenting.note(asking, delegate_a, dlr)


def filled(asking: Consultation, agency: Agency, by: Member, change: Callable[[Any], None]) -> bytes:
    """The agency's sheet as somebody filled it in a program of their own."""
    data = write(queries.contents(asking, agency, by, asking.opens_at + world.HOUR))
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book.worksheets[0])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def put(text: str, at: int = 10) -> Callable[[Any], None]:
    """Write this comment into a row of the sheet; a place and a kind where there are none."""

    def change(sheet: Any) -> None:
        sheet.cell(at, 2).value = sheet.cell(at, 2).value or "2"
        sheet.cell(at, 4).value = text

    return change


@pytest.fixture
def upload(asking: Consultation, dlr: Agency, delegate_a: Member) -> Callable[..., Upload]:
    def up(data: bytes, **more: Any) -> Upload:
        named = {"by": delegate_a, "agency": dlr, "name": "sheet.xlsx", **more}
        return upload_sheet(named.pop("consultation", asking), data=data, **named)

    return up


def verdicts(found: Upload) -> list[str]:
    return [each.words for each in understood(found)]


def test_a_new_row_becomes_a_working_note(
    upload: Callable[..., Upload], asking: Consultation, delegate_a: Member, dlr: Agency
) -> None:
    import_sheet(upload(workbook([NEW])), by=delegate_a)
    made = Comment.objects.get()
    assert (made.agency, made.text, made.kind, made.author) == (dlr, "A new one.", "editorial", delegate_a)
    assert (made.key, made.is_note) == (commenting.key_of(asking, "2"), True)


def test_uploading_alone_changes_nothing(upload: Callable[..., Upload]) -> None:
    found = upload(workbook([NEW]))
    assert verdicts(found) == ["added"]
    assert not Comment.objects.exists()


def test_a_changed_row_changes_its_note(
    upload: Callable[..., Upload], asking: Consultation, note: Comment, dlr: Agency, delegate_a: Member
) -> None:
    import_sheet(upload(filled(asking, dlr, delegate_a, put("Otherwise."))), by=delegate_a)
    note.refresh_from_db()
    assert (note.text, note.version, Comment.objects.count()) == ("Otherwise.", 2, 1)


def test_what_is_not_understood_is_left_out_and_the_rest_taken(
    upload: Callable[..., Upload], delegate_a: Member
) -> None:
    found = upload(workbook([NEW, ("DLR", "99", "te", "Nowhere.", "", "")]))
    import_sheet(found, by=delegate_a)
    assert [each.text for each in Comment.objects.all()] == ["A new one."]


def test_imported_twice_it_is_taken_over_once(upload: Callable[..., Upload], delegate_a: Member) -> None:
    found = upload(workbook([NEW]))
    import_sheet(found, by=delegate_a)
    import_sheet(found, by=delegate_a)
    again = upload(workbook([NEW]))
    assert verdicts(again) == ["unchanged"]
    import_sheet(again, by=delegate_a)
    assert Comment.objects.count() == 1


def test_what_changed_meanwhile_is_shown_again_and_nothing_taken(
    upload: Callable[..., Upload], asking: Consultation, note: Comment, dlr: Agency, delegate_a: Member
) -> None:
    found = upload(filled(asking, dlr, delegate_a, put("Otherwise.")))
    commenting_services.remove_comment(note, by=delegate_a, version=1)
    with pytest.raises(Changed):
        import_sheet(found, by=delegate_a)
    assert not Comment.objects.exists()
    assert "this note was removed in the portal" in verdicts(look_again(found))[0]
    import_sheet(found, by=delegate_a)
    assert not Comment.objects.exists()


def test_a_row_that_fails_takes_all_back(
    upload: Callable[..., Upload], delegate_a: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = upload(workbook([NEW, ("DLR", "3", "te", "Second.", "", "")]))
    real = commenting_services.add_comment

    def second_fails(*what: Any, **fields: Any) -> Comment:
        if fields["text"] == "Second.":
            raise ValidationError("no")
        return real(*what, **fields)

    monkeypatch.setattr("recommendations.services.sheets.add_comment", second_fails)
    with pytest.raises(ValidationError):
        import_sheet(found, by=delegate_a)
    found.refresh_from_db()
    assert (found.imported_at, Comment.objects.count()) == (None, 0)


def test_a_submitted_comment_stays_as_it_is(
    upload: Callable[..., Upload], asking: Consultation, note: Comment, dlr: Agency, head_a: Member
) -> None:
    commenting.hand_in(asking, head_a, note)
    found = upload(filled(asking, dlr, head_a, put("Otherwise.")), by=head_a)
    assert verdicts(found) == [
        "not understood: it was already submitted, as comment 1, and cannot change any more"
    ]
    import_sheet(found, by=head_a)
    note.refresh_from_db()
    assert note.text == "Say it more plainly."


def test_a_sheet_of_an_earlier_revision_is_placed_in_the_new_text(
    editor: Member, asked: list[Agency], dlr: Agency, delegate_a: Member
) -> None:
    first = world.in_consultation(editor, asked, now=commenting.yesterday() - 60 * world.DAY)
    data = filled(first, dlr, delegate_a, put("Old sheet."))
    newer = world.TEXT.replace("1. Participating", "1. Agencies name a person.\n1. Participating", 1)
    rec = first.recommendation
    world.rewritten(rec, editor, newer, now=first.closes_at + world.DAY)
    second = commenting.open_now(editor, asked, recommendation=world.again(rec))
    found = upload_sheet(second, by=delegate_a, agency=dlr, name="s.xlsx", data=data)
    assert (found.revision, verdicts(found)) == (1, ["added, moved to paragraph 3 (in the sheet: 2)"])
    import_sheet(found, by=delegate_a)
    assert Comment.objects.get().key == commenting.key_of(first, "2")


def test_a_sheet_of_another_recommendation_is_refused(
    upload: Callable[..., Upload], editor: Member, asked: list[Agency], dlr: Agency, delegate_a: Member
) -> None:
    other = commenting.open_now(editor, asked)
    data = filled(other, dlr, delegate_a, put("x"))
    with pytest.raises(ValidationError, match=f"made for recommendation {other.recommendation.number}"):
        upload(data)


def test_a_sheet_of_another_agency_is_refused(
    upload: Callable[..., Upload], asking: Consultation, jaxa: Agency, delegate_b: Member
) -> None:
    data = filled(asking, jaxa, delegate_b, put("x"))
    with pytest.raises(ValidationError, match="not made for your agency"):
        upload(data)


def test_upload_is_for_who_writes_for_the_agency(
    upload: Callable[..., Upload], editor: Member, delegate_b: Member, observer_a: Member
) -> None:
    for person in (editor, delegate_b, observer_a):
        with pytest.raises(PermissionDenied, match="Only the delegation of an agency comments for it"):
            upload(workbook([NEW]), by=person)


def test_after_the_end_nothing_is_taken(
    upload: Callable[..., Upload], asking: Consultation, delegate_a: Member
) -> None:
    found = upload(workbook([NEW]))
    for late in (
        lambda: upload(workbook([NEW]), now=asking.closes_at),
        lambda: import_sheet(found, by=delegate_a, now=asking.closes_at),
    ):
        with pytest.raises(WrongMoment, match="The consultation ended"):
            late()
    assert not Comment.objects.exists()


def test_it_leaves_no_trace_outside_the_agency(upload: Callable[..., Upload], delegate_a: Member) -> None:
    before = Event.objects.count(), Message.objects.count()
    import_sheet(upload(workbook([NEW])), by=delegate_a)
    assert (Event.objects.count(), Message.objects.count()) == before
    assert mail.outbox == []


def test_a_new_upload_takes_the_place_of_one_left_lying(upload: Callable[..., Upload]) -> None:
    upload(workbook([NEW]))
    newer = upload(workbook([NEW]), name="newer.xlsx")
    assert [each.pk for each in Upload.objects.all()] == [newer.pk]


# Pages


def page(asking: Consultation, rest: str = "sheet/") -> str:
    return f"/recommendations/{asking.recommendation.number}/{rest}"


def send(browser: Client, asking: Consultation, data: bytes) -> Any:
    file = SimpleUploadedFile("filled.xlsx", data)
    fields = {"token": uuid.uuid4(), "agency": "dlr", "file": file}
    return browser.post(page(asking), fields, follow=True)


def test_the_page_shows_every_row_and_then_takes_them_over(
    asking: Consultation, note: Comment, dlr: Agency, delegate_a: Member, sign_in: Browser
) -> None:
    browser = sign_in(delegate_a)

    def change(sheet: Any) -> None:
        put("Otherwise.")(sheet)
        put("New.", at=11)(sheet)
        put("=1+1", at=12)(sheet)

    answer = send(browser, asking, filled(asking, dlr, delegate_a, change))
    said = answer.content.decode()
    assert "1 row is added, 1 row is updated, 1 row is not understood." in said
    assert "holds a formula; only words are taken" in said
    assert "Take over 2 rows" in said
    done = browser.post(answer.request["PATH_INFO"], follow=True).content.decode()
    assert "2 rows were taken over into your agency&#x27;s working notes." in done
    assert sorted(Comment.objects.values_list("text", flat=True)) == ["New.", "Otherwise."]


def test_the_page_says_when_notes_changed_meanwhile(
    asking: Consultation, note: Comment, dlr: Agency, delegate_a: Member, sign_in: Browser
) -> None:
    browser = sign_in(delegate_a)
    shown = send(browser, asking, filled(asking, dlr, delegate_a, put("Otherwise.")))
    commenting_services.remove_comment(note, by=delegate_a, version=1)
    answer = browser.post(shown.request["PATH_INFO"])
    assert answer.status_code == 409
    assert "Nothing was taken over" in answer.content.decode()


def test_the_same_form_sent_twice_is_one_upload(
    asking: Consultation, delegate_a: Member, sign_in: Browser
) -> None:
    browser, token = sign_in(delegate_a), uuid.uuid4()
    for _ in range(2):
        file = SimpleUploadedFile("filled.xlsx", workbook([NEW]))
        browser.post(page(asking), {"token": token, "agency": "dlr", "file": file})
    assert Upload.objects.count() == 1


def test_an_upload_is_its_makers_alone(
    asking: Consultation, delegate_a: Member, head_a: Member, head_b: Member, editor: Member, sign_in: Browser
) -> None:
    shown = send(sign_in(delegate_a), asking, workbook([NEW])).request["PATH_INFO"]
    for other in (head_a, head_b, editor):
        assert sign_in(other).get(shown).status_code == 404
        assert sign_in(other).post(shown).status_code == 404


def test_who_lost_the_mandate_takes_nothing_over(
    asking: Consultation, delegate_a: Member, sign_in: Browser
) -> None:
    browser = sign_in(delegate_a)
    shown = send(browser, asking, workbook([NEW])).request["PATH_INFO"]
    Mandate.objects.filter(member=delegate_a).delete()
    assert browser.post(shown).status_code == 404
    assert not Comment.objects.exists()


def test_a_forged_agency_is_refused(asking: Consultation, delegate_a: Member, sign_in: Browser) -> None:
    file = SimpleUploadedFile("filled.xlsx", workbook([NEW]))
    answer = sign_in(delegate_a).post(page(asking), {"token": uuid.uuid4(), "agency": "jaxa", "file": file})
    assert (answer.status_code, Upload.objects.count()) == (422, 0)


def test_a_thousand_rows_are_recognised_in_seconds(
    upload: Callable[..., Upload], django_assert_max_num_queries: Any
) -> None:
    rows = [("DLR", "2", "te", f"Comment {number}", "", "") for number in range(1000)]
    with django_assert_max_num_queries(30):
        found = upload(workbook(rows))
    assert {each["verdict"] for each in found.rows} == {Verdict.ADDED.value}
