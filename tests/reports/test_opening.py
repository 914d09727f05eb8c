"""Opening the report of a year, and writing what it says of itself."""

import datetime as dt
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from agencies.models import Agency, Membership
from isecg.audit.models import Event
from isecg.deadlines import end_of
from isecg.mail.models import Message
from members.models import Member
from reports.models import AnnualReport, Section
from tests.reports.world import photograph, upload

Browser = Callable[[Member | None], Client]
NEXT_YEAR = dt.datetime.now(tz=dt.UTC).year + 1


@pytest.fixture
def desk(editor: Member, sign_in: Browser) -> Client:
    return sign_in(editor)


def text(answer: object) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())  # type: ignore[attr-defined]


def fields_of(*agencies: Agency, **more: Any) -> dict[str, Any]:
    return {
        "token": uuid.uuid4(),
        "year": NEXT_YEAR,
        "period_start": f"{NEXT_YEAR}-01-01",
        "due_at_day": f"{NEXT_YEAR + 1}-03-01",
        "confirm_by_day": f"{NEXT_YEAR + 1}-04-01",
        "agencies": [agency.pk for agency in agencies],
        "languages": ["en"],
        "papers": ["a4"],
        "arrangement": "agency",
        **more,
    }


def test_open_in_the_browser(desk: Client, dlr: Agency, jaxa: Agency) -> None:
    answer = desk.post("/reports/open/", fields_of(dlr, languages=["en", "de"], papers=["letter"]))
    assert answer.headers["Location"] == f"/reports/{NEXT_YEAR}/workshop/"
    report = AnnualReport.objects.get()
    assert [row.agency for row in report.contributions.all()] == [dlr]
    assert (report.languages, report.papers) == (["en", "de"], ["letter"])
    assert report.due_at == end_of(dt.date(NEXT_YEAR + 1, 3, 1))


def test_open_tells_nobody_and_asks_nobody_yet(desk: Client, dlr: Agency, head_a: Member) -> None:
    desk.post("/reports/open/", fields_of(dlr))
    assert not Message.objects.exists()
    assert AnnualReport.objects.get().contributions.get().asked_at is None


def test_open_is_in_the_log_with_who_will_be_asked(desk: Client, dlr: Agency, jaxa: Agency) -> None:
    desk.post("/reports/open/", fields_of(dlr, jaxa))
    event = Event.objects.about(AnnualReport.objects.get()).get(verb="open_report")
    assert event.changes["agencies"] == ["", "DLR, JAXA"]


def test_open_proposes_every_member_of_the_period(
    desk: Client, dlr: Agency, jaxa: Agency, make_agency: Callable[..., Agency]
) -> None:
    left, joined = make_agency("OLD"), make_agency("NEW", joined=dt.date(2025, 11, 1))
    Membership.objects.filter(agency=left).update(end=dt.date(2025, 2, 1))
    gone = make_agency("GONE")
    Membership.objects.filter(agency=gone).update(end=dt.date(2025, 1, 1))
    form = desk.get("/reports/open/?year=2025").context["form"]
    assert set(form.initial["agencies"]) == {dlr.pk, jaxa.pk, left.pk, joined.pk}


def test_open_proposes_the_year_after_and_what_the_last_report_was_like(
    report: AnnualReport, desk: Client, editor: Member
) -> None:
    AnnualReport.objects.update(languages=["de", "en"], papers=["letter"], arrangement="destination")
    Section.objects.create(report=report, kind="secretariat", slug="outlook", title="Outlook", owner=editor)
    initial = desk.get("/reports/open/").context["form"].initial
    assert (initial["year"], initial["period_start"]) == (2026, dt.date(2026, 1, 1))
    assert (initial["languages"], initial["papers"]) == (["de", "en"], ["letter"])
    assert initial["arrangement"] == "destination"
    assert initial["sections"] == [Section.objects.get().pk]


def test_open_takes_over_sections_without_their_texts(
    report: AnnualReport, desk: Client, editor: Member, dlr: Agency
) -> None:
    section = Section.objects.create(
        report=report, kind="secretariat", slug="outlook", title="Outlook", text="Old words.", owner=editor
    )
    desk.post("/reports/open/", fields_of(dlr, sections=[section.pk]))
    taken = AnnualReport.objects.get(year=NEXT_YEAR).sections.get()
    assert (taken.title, taken.slug, taken.owner, taken.text) == ("Outlook", "outlook", editor, "")


def test_open_with_a_picture_of_the_year(desk: Client, dlr: Agency) -> None:
    picture = upload(photograph())
    desk.post(
        "/reports/open/",
        fields_of(dlr, picture=picture, cover_credit="DLR", cover_alt="A grey plain with craters."),
    )
    report = AnnualReport.objects.get()
    assert report.cover_picture is not None
    assert (report.cover_credit, report.cover_alt) == ("DLR", "A grey plain with craters.")


def test_open_with_a_picture_without_words_for_it(desk: Client, dlr: Agency) -> None:
    answer = desk.post("/reports/open/", fields_of(dlr, picture=upload(photograph()), cover_credit="DLR"))
    assert answer.status_code == 422
    assert "Say what the picture shows, for people who do not see it." in text(answer)
    assert not AnnualReport.objects.exists()


def test_open_with_a_picture_that_is_none(desk: Client, dlr: Agency) -> None:
    fields = fields_of(dlr, picture=upload(b"no picture"), cover_credit="DLR", cover_alt="Nothing.")
    answer = desk.post("/reports/open/", fields)
    assert answer.status_code == 422
    assert "error-picture" in text(answer) or "id_picture" in text(answer)
    assert not AnnualReport.objects.exists()


def test_open_a_year_twice(report: AnnualReport, desk: Client, dlr: Agency) -> None:
    answer = desk.post("/reports/open/", fields_of(dlr, year=2025, period_start="2025-01-01"))
    assert answer.status_code == 422
    assert "There already is a report of this year." in text(answer)


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "middle of a month": ({"period_start": f"{NEXT_YEAR}-01-15"}, "first day of a month"),
    "another year": ({"period_start": "2012-01-01"}, "in this year or in the one before"),
    "passed": ({"due_at_day": "2020-01-01"}, "This instant has passed."),
    "confirmed before written": ({"confirm_by_day": f"{NEXT_YEAR + 1}-02-01"}, "after they have written"),
    "no agency": ({"agencies": []}, "Choose at least one agency"),
    "no language": ({"languages": []}, "This field is required."),
    "no such language": ({"languages": ["tlh"]}, "Select a valid choice."),
    "no such agency": ({"agencies": [999999]}, "Select a valid choice."),
    "odd agency": ({"agencies": ["\x00"]}, ""),
    "year of long ago": ({"year": 1}, "greater than or equal to 2007"),
    "no year": ({"year": "9" * 400}, ""),
    "NUL in words": ({"cover_credit": "a\x00b"}, ""),
    "too long": ({"cover_credit": "x" * 5000}, "at most 200 characters"),
}


@pytest.mark.parametrize("case", WRONG)
def test_open_with_something_wrong_is_refused_with_a_sentence(desk: Client, dlr: Agency, case: str) -> None:
    more, sentence = WRONG[case]
    answer = desk.post("/reports/open/", fields_of(dlr, **more))
    assert answer.status_code in (400, 422)
    assert sentence in text(answer)
    assert not AnnualReport.objects.exists()


@pytest.mark.parametrize("year", ["", "1", "99999999999999999999", "\x00", "x", "²"])
def test_open_for_an_odd_year_of_the_address_proposes_one(desk: Client, year: str) -> None:
    assert desk.get("/reports/open/", {"year": year}).context["form"].initial["year"] == NEXT_YEAR - 1


def test_open_by_a_delegate(head_a: Member, sign_in: Browser) -> None:
    answer = sign_in(head_a).get("/reports/open/")
    assert answer.status_code == 403
    assert "Only the secretariat opens the report of a year." in text(answer)


def written(report: AnnualReport, **more: Any) -> dict[str, Any]:
    return {
        "version": report.version,
        "period_start": "2025-01-01",
        "languages": report.languages,
        "papers": report.papers,
        "arrangement": report.arrangement,
        "foreword": "Words.",
        **more,
    }


def test_edit_keeps_the_main_language_first(report: AnnualReport, desk: Client) -> None:
    AnnualReport.objects.update(languages=["de"])
    report.refresh_from_db()
    desk.post("/reports/2025/edit/", written(report, languages=["en", "de"]))
    assert AnnualReport.objects.get().languages == ["de", "en"]


def test_edit_takes_the_picture_out_with_its_words(report: AnnualReport, desk: Client) -> None:
    with_one = written(report, picture=upload(photograph()), cover_credit="DLR", cover_alt="A plain.")
    desk.post("/reports/2025/edit/", with_one)
    report.refresh_from_db()
    assert report.cover_picture is not None
    desk.post("/reports/2025/edit/", written(report, remove_picture="on"))
    report.refresh_from_db()
    assert (report.cover_picture_id, report.cover_credit, report.cover_alt) == (None, "", "")


def test_edit_moves_a_deadline(report: AnnualReport, desk: Client) -> None:
    desk.post("/reports/2025/edit/", written(report, due_at_day="2026-03-01", due_at_time=""))
    assert AnnualReport.objects.get().due_at == end_of(dt.date(2026, 3, 1))
