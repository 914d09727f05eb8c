"""The secretariat's desk for a year: rendering, the next step, the gate, the editions."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from agencies.models import Agency
from members.models import Member
from reports.models import AnnualReport, Contribution, Edition, Goal, Publication, Rendering, State

WORKSHOP = "/reports/2025/workshop/"
Walk = Callable[..., AnnualReport]
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
    assert "Without an entry in the period, and named as such: WP-01." in text(desk.get(WORKSHOP))


def test_the_next_step_of_a_year_that_was_opened(report: AnnualReport, desk: Client) -> None:
    page = text(desk.get(WORKSHOP))
    assert "0 agencies will be asked." in page
    assert 'href="/reports/2025/collect/"' in page


def test_the_next_step_while_agencies_write_names_who_has_not_submitted(
    report: AnnualReport, dlr: Agency, walk: Walk, desk: Client
) -> None:
    Contribution.objects.create(report=report, agency=dlr)
    walk(report, State.COLLECTING)
    page = text(desk.get(WORKSHOP))
    assert "Not submitted yet: DLR." in page
    assert 'href="/reports/2025/collection/"' in page


def test_the_next_step_when_the_deadline_has_passed_is_editing(
    report: AnnualReport, dlr: Agency, walk: Walk, desk: Client
) -> None:
    Contribution.objects.create(report=report, agency=dlr)
    walk(report, State.COLLECTING)
    AnnualReport.objects.update(due_at=timezone.now() - dt.timedelta(days=1))
    assert "The deadline has passed. Not submitted: DLR." in text(desk.get(WORKSHOP))


def test_the_next_step_of_edited_texts_is_the_pdf_that_goes_round(
    report: AnnualReport, walk: Walk, desk: Client
) -> None:
    walk(report, State.EDITING)
    assert "make the PDF that goes round" in text(desk.get(WORKSHOP))


def test_the_next_step_with_a_fresh_edition_is_to_ask(edition: Edition, walk: Walk, desk: Client) -> None:
    walk(edition.report, State.EDITING)
    assert 'href="/reports/2025/ask-to-confirm/"' in text(desk.get(WORKSHOP))


def test_the_next_step_while_confirming_is_the_chair_s(
    chair: Member, edition: Edition, walk: Walk, desk: Client
) -> None:
    walk(edition.report, State.CONFIRMING)
    page = text(desk.get(WORKSHOP))
    assert "Everybody stands behind edition 1: now the chair approves it." in page
    assert "Only the chair approves a report: the head of delegation of the chairing agency." in page


def test_the_next_step_while_confirming_is_what_the_gate_lacks(
    edition: Edition, walk: Walk, desk: Client
) -> None:
    Goal.objects.create(year=2025, number=3, text="Agree.")
    walk(edition.report, State.CONFIRMING)
    assert "A goal of 2025 has no outcome: number 3." in text(desk.get(WORKSHOP))


def test_the_next_step_of_an_approved_report(edition: Edition, walk: Walk, desk: Client) -> None:
    walk(edition.report, State.APPROVED)
    page = text(desk.get(WORKSHOP))
    assert "The chair has approved edition 1." in page
    assert 'href="/reports/2025/publish/1/"' in page


def test_nothing_waits_when_readers_see_what_the_records_say(published: Publication, desk: Client) -> None:
    assert "Nothing waits: readers see what the records say." in text(desk.get(WORKSHOP))


def test_the_next_step_of_a_correction_that_is_ready(
    published: Publication, remake: Callable[[str], Edition], desk: Client
) -> None:
    remake("Other words.")
    assert 'href="/reports/2025/correct/2/"' in text(desk.get(WORKSHOP))


def test_the_line_of_steps_has_the_days_of_the_log(published: Publication, desk: Client) -> None:
    steps = desk.get(WORKSHOP).context["life"]
    assert [(step.stands, step.at is not None) for step in steps] == [
        ("done", False),  # the fixture opened it behind the portal's back
        *[("done", True)] * 4,
        ("now", True),
    ]
