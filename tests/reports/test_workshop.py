"""Rendering, publishing and withdrawing in the browser."""

import re
import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from members.models import Member
from reports.models import AnnualReport, Edition, Publication, Rendering

WORKSHOP = "/reports/2025/workshop/"
Browser = Callable[[Member | None], Client]


@pytest.fixture
def desk(editor: Member, sign_in: Browser) -> Client:
    return sign_in(editor)


def text(answer: object) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())  # type: ignore[attr-defined]


def test_render_makes_one_rendering_of_two_clicks(report: AnnualReport, desk: Client) -> None:
    for _click in range(2):
        answer = desk.post("/reports/2025/render/")
        assert answer.headers["Location"] == f"{WORKSHOP}#rendering"
    assert Rendering.objects.count() == 1


def test_render_shows_how_far_it_is(report: AnnualReport, desk: Client) -> None:
    desk.post("/reports/2025/render/")
    Rendering.objects.update(state="rendering", phase="laying_out", percent=40)
    page = text(desk.get(WORKSHOP))
    assert "laying out pages · 40 %" in page
    assert f'hx-get="/renderings/{Rendering.objects.get().pk}/"' in page


def test_render_of_what_has_not_changed_answers_with_the_edition(edition: Edition, desk: Client) -> None:
    page = text(desk.post("/reports/2025/render/", follow=True))
    assert "Nothing has changed since Annual report 2025, edition 1" in page
    assert Rendering.objects.count() == 1


def test_render_after_a_change_is_proposed(edition: Edition, desk: Client) -> None:
    assert "Edition 1 says exactly what the records say now" in text(desk.get(WORKSHOP))
    AnnualReport.objects.update(foreword="Other words.")
    assert "The records have changed since the newest edition" in text(desk.get(WORKSHOP))


def test_a_failed_rendering_says_why_and_can_be_tried_again(report: AnnualReport, desk: Client) -> None:
    desk.post("/reports/2025/render/")
    Rendering.objects.update(state="failed", failure="A photograph is missing.", ended_at=timezone.now())
    page = text(desk.get(WORKSHOP))
    assert "A photograph is missing." in page
    assert "Try again" in page
    desk.post("/reports/2025/render/")
    assert sorted(Rendering.objects.values_list("state", flat=True)) == ["failed", "queued"]


def test_render_by_a_delegate_is_refused_with_the_reason(
    published: Publication, head_a: Member, sign_in: Browser
) -> None:
    answer = sign_in(head_a).post("/reports/2025/render/")
    assert answer.status_code == 403
    assert "Only the secretariat makes the PDF of a report." in text(answer)
    assert Rendering.objects.count() == 1


def test_render_of_a_report_one_does_not_know(report: AnnualReport, head_a: Member, sign_in: Browser) -> None:
    assert sign_in(head_a).post("/reports/2025/render/").status_code == 404
    assert not Rendering.objects.exists()


def test_render_by_opening_the_address(report: AnnualReport, desk: Client) -> None:
    answer = desk.get("/reports/2025/render/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "This address belongs to a button" in text(answer)
    assert not Rendering.objects.exists()


def test_the_part_that_htmx_asks_for_is_the_progress_alone(report: AnnualReport, desk: Client) -> None:
    desk.post("/reports/2025/render/")
    answer = desk.get(f"/renderings/{Rendering.objects.get().pk}/", headers={"HX-Request": "true"})
    assert "<html" not in text(answer)
    assert "waiting for a worker" in text(answer)
    assert "HX-Refresh" not in answer.headers


def test_the_page_is_loaded_anew_when_the_rendering_has_ended(edition: Edition, desk: Client) -> None:
    answer = desk.get(f"/renderings/{edition.rendering_id}/", headers={"HX-Request": "true"})
    assert answer.headers["HX-Refresh"] == "true"


def test_the_page_of_a_rendering_leads_to_the_file(edition: Edition, desk: Client) -> None:
    assert "/reports/2025/edition-1.pdf" in text(desk.get(f"/renderings/{edition.rendering_id}/"))


@pytest.mark.parametrize("pk", ["0", "999", "9" * 30])
def test_an_unknown_rendering(pk: str, desk: Client) -> None:
    assert desk.get(f"/renderings/{pk}/").status_code == 404


def test_a_rendering_is_no_page_for_a_delegate(edition: Edition, head_a: Member, sign_in: Browser) -> None:
    assert sign_in(head_a).get(f"/renderings/{edition.rendering_id}/").status_code == 404


def test_the_workshop_is_the_secretariat_s(published: Publication, head_a: Member, sign_in: Browser) -> None:
    answer = sign_in(head_a).get(WORKSHOP)
    assert answer.status_code == 403
    assert "Only the secretariat puts the report together." in text(answer)


def test_the_checklist_names_what_is_missing(
    report: AnnualReport, item: object, jaxa: object, desk: Client
) -> None:
    AnnualReport.objects.update(foreword="")
    page = text(desk.get(WORKSHOP))
    assert "Not written yet." in page
    assert "0 of 2 agencies have a highlight." in page
    assert "0 goals for 2026." in page
    assert "Every work item of the period has an entry in it." in page


def test_the_checklist_names_items_without_an_entry(report: AnnualReport, item: object, desk: Client) -> None:
    item.entries.all().delete()  # type: ignore[attr-defined]
    assert "Without an entry in the period: WP-01." in text(desk.get(WORKSHOP))


def test_publish_asks_first(edition: Edition, head_a: Member, desk: Client) -> None:
    page = text(desk.get("/reports/2025/publish/1/"))
    assert edition.main.sha256 in page
    assert "12 pages" in page
    assert "1 person is told by mail" in page
    assert not Publication.objects.exists()


def test_publish_twice_with_one_form_publishes_once(edition: Edition, desk: Client) -> None:
    token = uuid.uuid4()
    for _click in range(2):
        answer = desk.post("/reports/2025/publish/1/", {"token": token, "note": ""}, follow=True)
        assert "this is what readers see now" in text(answer)
    assert Publication.objects.count() == 1


def test_publish_what_is_published_is_the_wrong_moment(published: Publication, desk: Client) -> None:
    answer = desk.post("/reports/2025/publish/1/", {"token": uuid.uuid4(), "note": "again"})
    assert answer.status_code == 409
    assert "This edition is the published one already." in text(answer)


def test_publish_a_correction_needs_a_note(
    published: Publication, remake: Callable[[str], Edition], desk: Client
) -> None:
    remake("Other words.")
    answer = desk.post("/reports/2025/publish/2/", {"token": uuid.uuid4(), "note": ""})
    assert answer.status_code == 422
    assert Publication.objects.count() == 1


def test_publish_a_correction_shows_its_note_to_readers(
    published: Publication, remake: Callable[[str], Edition], desk: Client, client: Client
) -> None:
    remake("Other words.")
    desk.post("/reports/2025/publish/2/", {"token": uuid.uuid4(), "note": "The foreword was shortened."})
    page = text(client.get("/reports/2025/"))
    assert "The foreword was shortened." in page
    assert "replaced by a later edition" in page


def test_publish_an_edition_that_does_not_exist(edition: Edition, desk: Client) -> None:
    assert desk.get("/reports/2025/publish/7/").status_code == 404


def test_publish_by_a_delegate(published: Publication, head_a: Member, sign_in: Browser) -> None:
    answer = sign_in(head_a).post("/reports/2025/publish/1/", {"token": uuid.uuid4(), "note": "x"})
    assert answer.status_code == 403
    assert "Only the secretariat publishes a report." in text(answer)


def test_withdraw_by_an_editor_is_refused_with_the_reason(published: Publication, desk: Client) -> None:
    reason = "Only an administrator of the secretariat takes a published report back."
    assert reason in text(desk.get(WORKSHOP))
    answer = desk.post("/reports/2025/withdraw/", {"token": uuid.uuid4(), "reason": "x"})
    assert answer.status_code == 403
    assert reason in text(answer)


def test_withdraw_in_the_browser(published: Publication, administrator: Member, sign_in: Browser) -> None:
    desk = sign_in(administrator)
    assert "all its editions" in text(desk.get("/reports/2025/withdraw/"))
    desk.post("/reports/2025/withdraw/", {"token": uuid.uuid4(), "reason": "Wrong figures."})
    assert AnnualReport.objects.get().state == AnnualReport.State.WITHDRAWN


def test_open_the_report_of_a_year(desk: Client) -> None:
    fields = {"token": uuid.uuid4(), "year": "2027", "period_start": "2027-01-01"}
    answer = desk.post("/reports/open/", fields)
    assert answer.headers["Location"] == "/reports/2027/workshop/"
    assert AnnualReport.objects.get().period_end.isoformat() == "2028-01-01"


def test_open_a_year_twice(report: AnnualReport, desk: Client) -> None:
    fields = {"token": uuid.uuid4(), "year": "2025", "period_start": "2025-01-01"}
    answer = desk.post("/reports/open/", fields)
    assert answer.status_code == 422
    assert "There already is a report of this year." in text(answer)


def test_open_a_period_that_begins_in_the_middle_of_a_month(desk: Client) -> None:
    fields = {"token": uuid.uuid4(), "year": "2026", "period_start": "2026-01-15"}
    answer = desk.post("/reports/open/", fields)
    assert "The period begins on the first day of a month." in text(answer)
